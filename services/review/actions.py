"""What an officer can do with an application, and what becomes of an empty desk.

A case is leased for 15 minutes, renewed by whoever works on it. A lease that ended
takes nothing away: the case goes to whoever asks for it, and until somebody does, its
holder may still decide it.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Least
from django.utils import timezone

from ak1portal.refusals import refuse_if
from applicants.models import Applicant
from services.issuance import notices
from services.issuance.actions import let_go
from services.issuance.actions_cards import issue_card
from services.issuance.items import ITEM_TITLES
from services.issuance.models import Application, Card, Correction, Letter
from services.issuance.workflow import Status
from services.office import actions as office
from services.office.models import Officer
from services.review import earlier, lists, rules
from services.review.models import Decision, DeskNote, StaffNote, Verdict


@transaction.atomic
def take_next(*, officer: Officer) -> Application | None:
    """The waiting application that is due first, or the one already on this desk.

    SKIP LOCKED: two officers who press at once get two applications, and neither waits.
    """
    # Two sessions of one officer: the second finds what the first has taken.
    officer, now = _hold(officer), timezone.now()
    if on_desk := lists.desk_of(officer).first():
        renew(on_desk, officer=officer)
        return on_desk
    application = (
        lists.waiting(officer.office, now)
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if application:
        refuse_if(rules.bars_taking(application, officer, now))
        _put_on_desk(application, officer, by=officer, now=now)
    return application


@transaction.atomic
def take(application: Application, *, officer: Officer) -> None:
    officer, now = _hold(officer), timezone.now()
    application.lock()
    if rules.is_on_desk_of(application, officer):
        return
    refuse_if(rules.bars_taking(application, officer, now))
    _put_on_desk(application, officer, by=officer, now=now)


def renew(application: Application, *, officer: Officer) -> bool:
    """Whoever works on the case keeps it for another while; whether it is theirs."""
    theirs = lists.desk_of(officer).filter(pk=application.pk)
    return bool(theirs.update(lease_until=timezone.now() + rules.LEASE))


@transaction.atomic
def hand_over(application: Application, *, to: Officer, by: Officer) -> None:
    """Put a case on the desk of a colleague, with the marks that were made so far."""
    to, now = _hold(to), timezone.now()
    application.lock()
    refuse_if(rules.bars_handing_over(application, by, to))
    _put_on_desk(application, to, by=by, now=now)


@transaction.atomic
def release(application: Application, *, officer: Officer) -> None:
    """Put a taken application back into the queue, at its old place."""
    application.lock()
    refuse_if(rules.bars_release(application, officer))
    _put_back(application, by=officer)


@transaction.atomic
def change_officer(officer: Officer, *, by: Officer, **facts) -> int:
    """Change what somebody is here; how many cases went from their desk to the queue.

    Who leaves, or decides no longer, leaves no case behind that nobody else may take.
    """
    office.change_officer(officer, by=by, **facts)
    if rules.bars_desk(officer) is None:
        return 0
    left = list(lists.held_by(officer).select_for_update(of=("self",)))
    for application in left:
        # What they decided a moment ago is not theirs to decide any more.
        Decision.objects.filter(application=application).delete()
        _put_back(application, by=by)
    return len(left)


@transaction.atomic
def keep(
    application: Application,
    *,
    officer: Officer,
    verdicts: Mapping[str, str],
    note: str = "",
    name_agrees: bool = False,
) -> None:
    """Keep what was marked and written so far; nothing is decided."""
    application.lock()
    refuse_if(rules.bars_decision(application, officer))
    keep_marks(application, officer, verdicts, note=note, name_agrees=name_agrees)
    renew(application, officer=officer)


def keep_marks(
    application: Application,
    officer: Officer,
    verdicts: Mapping[str, str],
    *,
    note: str = "",
    name_agrees: bool = False,
) -> None:
    """Marks and message of a case that its caller has locked, for when it is opened."""
    _write(application, officer, verdicts)
    DeskNote.objects.create(application=application, note=note, name_agrees=name_agrees)


@transaction.atomic
def send_back(
    application: Application,
    *,
    officer: Officer,
    verdicts: Mapping[str, str],
    note: str = "",
    key: UUID | None = None,
) -> None:
    """Ask the applicant to correct something. The reasons are what they will read."""
    application.lock()
    if application.has_done(key):
        return
    refuse_if(rules.bars_decision(application, officer))
    refuse_if(rules.bars_sending_back(verdicts, note))
    _write(application, officer, verdicts)
    step = application.move(
        Status.RETURNED,
        by=officer.user,
        note=note,
        key=key,
        reviewer=None,
        lease_until=None,
    )
    against = [(item, reason) for item, reason in verdicts.items() if reason]
    Correction.objects.bulk_create(
        Correction(step=step, item=item, reason=reason) for item, reason in against
    )
    earlier.remember(application)
    let_go([application])
    notices.returned(
        application, [(ITEM_TITLES[item], reason) for item, reason in against], note
    )


@transaction.atomic
def reject(
    application: Application,
    *,
    officer: Officer,
    verdicts: Mapping[str, str],
    note: str,
    key: UUID | None = None,
) -> None:
    """End the application. `note` is the reason that the applicant will read."""
    application.lock()
    if application.has_done(key):
        return
    refuse_if(rules.bars_decision(application, officer))
    _write(application, officer, verdicts)
    application.move(
        Status.REJECTED,
        by=officer.user,
        note=note,
        key=key,
        reviewer=None,
        lease_until=None,
        decided_at=timezone.now(),
    )
    earlier.forget(application)
    let_go([application])
    notices.rejected(application, note)


@transaction.atomic
def approve(
    application: Application,
    *,
    officer: Officer,
    verdicts: Mapping[str, str],
    key: UUID | None = None,
) -> Card:
    """Approval and card are one act: neither exists without the other."""
    application.lock()
    if application.has_done(key):
        return application.card
    applicant = application.applicant
    # Everybody who claims this NIK: two offices may be deciding at this moment.
    claims = Applicant.objects.filter(nik_index=applicant.nik_index).order_by("pk")
    list(claims.select_for_update())
    applicant.lock()
    refuse_if(rules.bars_decision(application, officer))
    refuse_if(rules.bars_approval(application, verdicts))
    _write(application, officer, verdicts)
    application.move(
        Status.APPROVED,
        by=officer.user,
        key=key,
        reviewer=None,
        lease_until=None,
        decided_at=timezone.now(),
    )
    earlier.forget(application)
    applicant.nik_proven_at = timezone.now()
    applicant.save(update_fields=["nik_proven_at"])
    # The answers go on standing still until a supervisor has seen them too.
    card = issue_card(application, by=officer.user)
    notices.approved(application)
    return card


@transaction.atomic
def write_note(application: Application, *, officer: Officer, text: str) -> None:
    """For colleagues only. Written once; the double click writes nothing."""
    application.applicant.lock()
    refuse_if(rules.bars_desk(officer))
    notes = StaffNote.objects.filter(
        office=officer.office, applicant=application.applicant
    )
    last = notes.first()
    if last is None or (last.text, last.by_id) != (text, officer.pk):
        notes.create(
            office=officer.office,
            applicant=application.applicant,
            by=officer,
            text=text,
        )


@transaction.atomic
def try_letter_again(letter: Letter, *, officer: Officer) -> None:
    """A letter that was given up goes back to the worker, once for two clicks."""
    refuse_if(rules.bars_desk(officer))
    held = Letter.objects.select_for_update().given_up().filter(pk=letter.pk)
    # One that may have arrived leaves once more, and no oftener.
    again = Least("unknowns", Letter.MAX_UNKNOWNS - 1)
    now = timezone.now()
    held.update(attempts=0, unknowns=again, try_at=now, written_at=now)


def _hold(officer: Officer) -> Officer:
    """The officer as they are now: whoever changes them was before us, or waits."""
    return Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)


def _put_on_desk(application, officer: Officer, *, by: Officer, now) -> None:
    """Give an officer a case that its caller has locked."""
    # Whoever decides has compared the names themselves.
    DeskNote.objects.filter(application=application).update(name_agrees=False)
    application.move(
        Status.IN_REVIEW,
        by=by.user,
        note="" if by == officer else officer.name,
        reviewer=officer.user,
        lease_until=now + rules.LEASE,
    )


def _put_back(application, *, by: Officer) -> None:
    """Give the queue a case that its caller has locked."""
    application.move(Status.SUBMITTED, by=by.user, reviewer=None, lease_until=None)


def _write(application, officer, verdicts) -> None:
    """One verdict for every item, in the place of whatever was kept before."""
    DeskNote.objects.filter(application=application).delete()
    application.verdicts.all().delete()
    Verdict.objects.bulk_create(
        Verdict(
            application=application,
            item=item,
            is_fine=not reason,
            reason=reason,
            by=officer.user,
        )
        for item, reason in verdicts.items()
    )
