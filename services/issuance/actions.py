"""Everything that can happen to an application at this counter.

An action is one sentence of the office's day, and one transaction. It locks, asks the
rules, moves, and leaves its letter in the same transaction.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ak1portal.refusals import refuse_if
from ak1portal.tokens import new_receipt
from applicants.models import Applicant, User
from services.issuance import notices, rules, rules_cards
from services.issuance.models import Application, Card, Kind, Via
from services.issuance.workflow import Status
from services.office.models import Office


def start(*, applicant: Applicant, office: Office) -> Application:
    """The applicant's open application; a new draft if there is none."""
    open_one = applicant.applications.open().first()
    if open_one:
        return open_one
    today = today_at(office)
    refuse_if(rules.bars_start(applicant, today))
    had_one = Card.objects.filter(application__applicant=applicant).exists()
    # The constraint of one open application decides when two tabs come at once.
    application, _created = Application.objects.open().get_or_create(
        applicant=applicant,
        defaults={"office": office, "kind": Kind.RENEWAL if had_one else Kind.NEW},
    )
    return application


@transaction.atomic
def choose_office(application: Application, *, office: Office) -> None:
    """Turn an application to another office. It keeps its receipt number."""
    application.lock()
    refuse_if(rules.bars_choosing_office(application))
    application.office = office
    application.save(update_fields=["office"])


@transaction.atomic
def bring_to_desk(application: Application) -> None:
    """An officer goes on with it at the counter, beside the person."""
    application.lock()
    refuse_if(rules.bars_desk_work(application))
    application.via = Via.DESK
    application.save(update_fields=["via"])


@transaction.atomic
def submit(
    application: Application,
    *,
    by: User,
    via: Via = Via.ONLINE,
    key: UUID | None = None,
) -> None:
    """Hand the application in, for the first time or after a return.

    The answers stand still from here until the office has decided or sent it back.
    """
    application.lock()
    if application.has_done(key):
        return
    applicant, office = application.applicant, application.office
    applicant.lock()
    now = timezone.now()
    refuse_if(rules.bars_submission(application, today_at(office)))
    application.move(
        Status.SUBMITTED,
        by=by,
        key=key,
        via=via,
        receipt=application.receipt or new_receipt(),
        submitted_at=application.submitted_at or now,
        due_at=office.promised_by(now),
    )
    _hold(applicant, now)
    notices.submitted(application)


@transaction.atomic
def withdraw(
    application: Application, *, by: User, note: str = "", key: UUID | None = None
) -> None:
    """The applicant takes the application back."""
    application.lock()
    if application.has_done(key):
        return
    refuse_if(rules.bars_withdrawal(application))
    application.move(
        Status.WITHDRAWN, by=by, note=note, key=key, decided_at=timezone.now()
    )
    _hold(application.applicant, None)


def let_go(applications: Sequence[Application]) -> None:
    """Free the answers of applications that their caller has locked and decided."""
    people = {application.applicant_id for application in applications}
    Applicant.objects.filter(pk__in=people).update(held_at=None)


def start_correction(card: Card, *, by: User) -> Application:
    """The open application that puts a card right (perbaikan); a new draft if none.

    The number and the dates stay; the corrected card replaces this one.
    """
    applicant = card.application.applicant
    open_one = applicant.applications.open().first()
    if open_one:
        return open_one
    refuse_if(rules_cards.bars_correction(card, today_at(card.office)))
    application, _created = Application.objects.open().get_or_create(
        applicant=applicant,
        defaults={"office": card.office, "kind": Kind.CORRECTION, "corrects": card},
    )
    return application


def _hold(applicant: Applicant, moment) -> None:
    applicant.held_at = moment
    applicant.save(update_fields=["held_at"])


def today_at(office: Office) -> date:
    """The date at the office, which may be two hours ahead of the capital."""
    return timezone.now().astimezone(office.zone).date()
