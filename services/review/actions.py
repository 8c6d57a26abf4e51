"""What an officer can do with an application, and what becomes of an empty desk."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from ak1portal.refusals import refuse_if
from applicants.models import Applicant
from services.issuance import notices
from services.issuance.actions import let_go
from services.issuance.actions_cards import issue_card
from services.issuance.items import ITEM_TITLES
from services.issuance.models import Application, Card, Correction
from services.issuance.workflow import Status
from services.office import actions as office
from services.office.models import Officer
from services.review import rules
from services.review.models import DeskNote, Verdict


@transaction.atomic
def take_next(*, officer: Officer) -> Application | None:
    """The waiting application that is due first, or the one already on this desk.

    SKIP LOCKED: two officers who press at once get two applications, and neither waits.
    """
    # Two sessions of one officer: the second finds what the first has taken.
    officer = _hold(officer)
    if on_desk := _desk_of(officer).first():
        return on_desk
    application = (
        Application.objects.waiting()
        .filter(office=officer.office)
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if application:
        refuse_if(rules.bars_taking(application, officer))
        application.move(Status.IN_REVIEW, by=officer.user, reviewer=officer.user)
    return application


@transaction.atomic
def take(application: Application, *, officer: Officer) -> None:
    officer = _hold(officer)
    application.lock()
    if rules.is_on_desk_of(application, officer):
        return
    refuse_if(rules.bars_taking(application, officer))
    application.move(Status.IN_REVIEW, by=officer.user, reviewer=officer.user)


@transaction.atomic
def release(application: Application, *, officer: Officer) -> None:
    """Put a taken application back into the queue, at its old place."""
    application.lock()
    refuse_if(rules.bars_release(application, officer))
    application.move(Status.SUBMITTED, by=officer.user, reviewer=None)


@transaction.atomic
def change_officer(officer: Officer, *, by: Officer, **facts) -> int:
    """Change what somebody is here; how many cases went from their desk to the queue.

    Who leaves, or decides no longer, leaves no case behind that nobody else may take.
    """
    office.change_officer(officer, by=by, **facts)
    if rules.bars_desk(officer) is None:
        return 0
    left = list(_desk_of(officer).select_for_update(of=("self",)))
    for application in left:
        application.move(Status.SUBMITTED, by=by.user, reviewer=None)
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
    _write(application, officer, verdicts)
    DeskNote.objects.create(application=application, note=note, name_agrees=name_agrees)


@transaction.atomic
def send_back(
    application: Application,
    *,
    officer: Officer,
    verdicts: Mapping[str, str],
    note: str = "",
    key=None,
) -> None:
    """Ask the applicant to correct something. The reasons are what they will read."""
    application.lock()
    if application.has_done(key):
        return
    refuse_if(rules.bars_decision(application, officer))
    refuse_if(rules.bars_sending_back(verdicts, note))
    _write(application, officer, verdicts)
    step = application.move(
        Status.RETURNED, by=officer.user, note=note, key=key, reviewer=None
    )
    against = [(item, reason) for item, reason in verdicts.items() if reason]
    Correction.objects.bulk_create(
        Correction(step=step, item=item, reason=reason) for item, reason in against
    )
    let_go(application)
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
    key=None,
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
        decided_at=timezone.now(),
    )
    let_go(application)
    notices.rejected(application, note)


@transaction.atomic
def approve(
    application: Application,
    *,
    officer: Officer,
    verdicts: Mapping[str, str],
    key=None,
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
        decided_at=timezone.now(),
    )
    applicant.nik_proven_at = timezone.now()
    applicant.save(update_fields=["nik_proven_at"])
    # The answers go on standing still until a supervisor has seen them too.
    card = issue_card(application, by=officer.user)
    notices.approved(application)
    return card


def _hold(officer: Officer) -> Officer:
    """The officer as they are now: whoever changes them was before us, or waits."""
    return Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)


def _desk_of(officer: Officer):
    return Application.objects.filter(
        office=officer.office, status=Status.IN_REVIEW, reviewer=officer.user
    ).order_by("due_at")


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
