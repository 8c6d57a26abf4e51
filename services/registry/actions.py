"""Everything that can happen to a card that is in force: the life of a registration.

An act locks the card, asks the rules, changes it, writes the line of the register and
leaves the letter, all in one transaction. The second click of the same hand is
answered with what the first one did; anybody else is told what was done, by whom.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from ak1portal.refusals import refuse_if
from applicants import codes
from applicants.models import User
from services.issuance import register
from services.issuance.actions import today_at
from services.issuance.models import Card, EventKind, Inactive
from services.office.models import Officer
from services.registry import lists, notices, rules
from services.registry.models import (
    Answer,
    EmployerReport,
    Placement,
    Report,
    Via,
)

# The version of KBLI in which new placements are written down.
KBLI = codes.KBLI_VERSIONS[-1]


@transaction.atomic
def report(
    card: Card, *, via: Via, by: User | None = None, ordinal: int | None = None
) -> Report:
    """The holder still looks for work: stamp the row that is open.

    `ordinal`: the report that the link is for.
    """
    card.lock()
    today = today_at(card.office)
    if done := _same_report(card, today, ordinal, via, by):
        return done
    refuse_if(rules.bars_report(card, today, ordinal))
    return _stamp(card, Answer.LOOKING, via=via, by=by)  # type: ignore[return-value]


def _same_report(card, today, ordinal, via, by) -> Report | None:
    """What the same hand has just reported in the same way."""
    made = [
        row.report
        for row in lists.table(card, today)
        if row.report
        and row.slot.is_open_on(today)
        and ordinal in (None, row.slot.ordinal)
    ]
    asked = (Answer.LOOKING, via, by.pk if by else None)
    return next((r for r in made if (r.answer, r.via, r.by_id) == asked), None)


def _stamp(card: Card, answer: Answer, *, via: Via, by: User | None) -> Report | None:
    """The row that is open now, if one is."""
    row = lists.open_row(card, today_at(card.office))
    if row is None:
        return None
    register.write(EventKind.REPORTED, card, by=by)
    return Report.objects.create(
        card=card,
        ordinal=row.slot.ordinal,
        due_on=row.slot.due_on,
        via=via,
        by=by,
        answer=answer,
    )


@transaction.atomic
def place(
    card: Card,
    *,
    via: Via,
    by: User | None = None,
    employer: str,
    sector: str,
    job_title: str,
    job_group: str,
    kind: str,
    receiver: str,
    started_on: date,
    ordinal: int | None = None,
) -> Placement:
    """The holder found work: the card becomes inactive, as its third clause says.

    A report that was open is made with it. `sector` is a section of the newest KBLI;
    `ordinal`: the report that the link is for, which ends with it.
    """
    card.lock()
    found = {
        "employer": employer,
        "sector": sector,
        "sector_version": KBLI,
        "job_title": job_title,
        "job_group": job_group,
        "kind": kind,
        "receiver": receiver,
        "started_on": started_on,
    }
    same = {"card": card, "ended_at": None, "via": via, "by": by, **found}
    if done := Placement.objects.filter(**same).first():
        return done
    refuse_if(rules.bars_placing(card, today_at(card.office), ordinal))
    return _place(card, found, via=via, by=by)


def _place(card: Card, found: dict, *, via: Via, by: User | None) -> Placement:
    _stamp(card, Answer.HIRED, via=via, by=by)
    event = register.write(
        EventKind.PLACED,
        card,
        by=by,
        sector=found["sector"],
        sector_version=found["sector_version"],
        placement=found["kind"],
        receiver=found["receiver"],
    )
    placement = Placement.objects.create(
        card=card, event=event, via=via, by=by, **found
    )
    _rest(card, Inactive.PLACED)
    _overtake(card, by=by)
    notices.placed(placement)
    return placement


@transaction.atomic
def remove(card: Card, *, why: Inactive, by: User) -> None:
    """Asked for, moved away or died: nobody looks for work with this card any more."""
    card.lock()
    if _just_done(card, EventKind.REMOVED, by) and card.inactive_why == why:
        return
    refuse_if(rules.bars_removal(card, today_at(card.office)))
    close(card, why, by=by)
    if why != Inactive.DIED:
        notices.removed(card)


def close(card: Card, why: Inactive, *, by: User | None) -> None:
    """Take a card that its caller has locked out of the register."""
    if register.is_open(card):
        register.write(EventKind.REMOVED, card, by=by, why=why)
    _rest(card, why)
    _overtake(card, by=by)


def _just_done(card: Card, kind: EventKind, by: User) -> bool:
    """Whether the same hand did the same as the last thing."""
    last = register.events_of(card).exclude(kind=EventKind.REPORTED).last()
    return last is not None and (last.kind, last.by_id) == (kind, by.pk)


@transaction.atomic
def reactivate(
    card: Card, *, via: Via, by: User, officer: Officer | None = None
) -> None:
    """The holder looks for work again; a report that was open is made with it."""
    card.lock()
    if _just_done(card, EventKind.REACTIVATED, by):
        return
    refuse_if(rules.bars_reactivation(card, today_at(card.office), officer))
    register.write(EventKind.REACTIVATED, card, by=by)
    ended = Placement.objects.filter(lists.same_number(card), ended_at=None)
    ended.update(ended_at=timezone.now())
    card.inactive_since, card.inactive_why = None, ""
    card.save(update_fields=["inactive_since", "inactive_why"])
    _stamp(card, Answer.LOOKING, via=via, by=by)
    notices.reactivated(card)


def _rest(card: Card, why: Inactive) -> None:
    card.inactive_since, card.inactive_why = timezone.now(), why
    card.save(update_fields=["inactive_since", "inactive_why"])


def _overtake(card: Card, *, by: User | None) -> None:
    """What employers said of the holder before has been settled by something else."""
    for report in lists.waiting_for(card).select_for_update(of=("self",)):
        settle(report, EmployerReport.State.OVERTAKEN, by=by)


def settle(
    report: EmployerReport,
    state: str,
    *,
    by: User | None,
    placement: Placement | None = None,
) -> None:
    """Answer a report that its caller has locked."""
    report.state, report.settled_at = state, timezone.now()
    report.settled_by, report.placement = by, placement
    report.save(update_fields=["state", "settled_at", "settled_by", "placement"])
