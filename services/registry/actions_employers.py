"""What employers say of the holder of a card, and what comes of it.

An employer's word changes nothing until the holder confirms it, or the desk after seven
days.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from ak1portal.refusals import refuse_if
from applicants.models import User
from services.issuance.actions import today_at
from services.issuance.models import Card
from services.office.models import Officer
from services.registry import lists, notices, rules
from services.registry.actions import place, settle
from services.registry.models import EmployerReport, Placement, Via


@transaction.atomic
def hear(
    card: Card, *, key: UUID, company: str, contact: str, started_on: date
) -> EmployerReport:
    """Somebody without an account says that the holder works there now.

    Nothing changes yet: the holder is asked. The same form sent twice is one report.
    """
    card.lock()
    if done := EmployerReport.objects.filter(key=key).first():
        return done
    refuse_if(rules.bars_hearing(card, company, today_at(card.office)))
    report = EmployerReport(key=key, card=card, company=company, started_on=started_on)
    report.contact = contact
    report.save(force_insert=True)
    notices.employer_reported(report, answer_by=rules.holder_answers_until(report))
    return report


@transaction.atomic
def confirm(
    report: EmployerReport,
    *,
    via: Via,
    by: User,
    officer: Officer | None = None,
    **found,
) -> Placement:
    """What the employer said is so; `found` as for `actions.place`.

    The card is locked before the report, as everywhere.
    """
    card = lists.now_of(report.card)
    card.lock()
    report.lock()
    if report.placement and report.settled_by_id == by.pk:
        return report.placement
    refuse_if(rules.bars_confirming(report, today_at(card.office), officer=officer))
    placement = place(card, via=via, by=by, **found)
    settle(report, EmployerReport.State.CONFIRMED, by=by, placement=placement)
    return placement


@transaction.atomic
def refuse(report: EmployerReport, *, by: User) -> None:
    """What the employer said is not so; the card stays as it is."""
    report.lock()
    if report.state == EmployerReport.State.REFUSED and report.settled_by_id == by.pk:
        return
    refuse_if(rules.bars_settling(report))
    settle(report, EmployerReport.State.REFUSED, by=by)
