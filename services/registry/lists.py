"""What is known of the life of a card, and which cards wait for what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.issuance import register
from services.issuance.models import Card, EventKind
from services.issuance.terms import REPORT_MONTHS
from services.office.models import Office
from services.registry import terms
from services.registry.models import (
    EmployerReport,
    Ordinal,
    Placement,
    Reminder,
    Report,
)
from services.registry.terms import Slot
from services.review.search import compact

# One card -------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A row of the report table: what was to be made, and what was made of it."""

    slot: Slot
    report: Report | None
    is_open: bool
    is_late: bool

    @property
    def label(self):
        return Ordinal(self.slot.ordinal).label


def same_number(card: Card) -> Q:
    """The rows that belong to any revision of `card`: they share its number."""
    return Q(
        card__office=card.office_id, card__year=card.year, card__serial=card.serial
    )


def table(card: Card, today: date) -> list[Row]:
    """The three rows; open is the one that can be made today and is not made yet."""
    made = {r.ordinal: r for r in reports_of(card)}
    rows = terms.slots(card.issued_on, card.expires_on, card.office.remind_days)
    return [
        Row(
            slot,
            made.get(slot.ordinal),
            is_open=slot.is_open_on(today) and slot.ordinal not in made,
            is_late=slot.due_on < today and slot.ordinal not in made,
        )
        for slot in rows
    ]


def open_row(card: Card, today: date) -> Row | None:
    return next((row for row in table(card, today) if row.is_open), None)


def reports_of(card: Card) -> QuerySet[Report]:
    return Report.objects.filter(same_number(card)).select_related("by__officer")


def placement_of(card: Card) -> Placement | None:
    """The work for which the card is not active."""
    placements = Placement.objects.filter(same_number(card), ended_at=None)
    return placements.select_related("by__officer", "employer_report").first()


def waiting_for(card: Card) -> QuerySet[EmployerReport]:
    """What employers said of the holder and nobody has answered."""
    reports = EmployerReport.objects.of(card.application.applicant_id)
    return reports.pending().select_related("card__office")


def missed_slot(card: Card, today: date) -> Slot | None:
    """The report for which this card lapses, if its office lets cards lapse."""
    rows = terms.slots(card.issued_on, card.expires_on, card.office.remind_days)
    made = reports_of(card).values_list("ordinal", flat=True)
    return terms.missed(rows, made, back_on(card), today)


def reminders_of(card: Card) -> QuerySet[Reminder]:
    return Reminder.objects.filter(same_number(card))


def lapses_on(card: Card, slot: Slot) -> date | None:
    """From when the card will not be active for this report; None: not foreseen."""
    told = reminders_of(card).filter(kind=Reminder.Kind.LAPSE, ordinal=slot.ordinal)
    told_on = told.values_list("day", flat=True).first()
    if card.office.lapse_days is None or told_on is None:
        return None
    return terms.lapses_on(slot.due_on, card.office.lapse_days, told_on)


def back_on(card: Card) -> date | None:
    """The day on which the card was last made active again."""
    events = register.events_of(card).filter(kind=EventKind.REACTIVATED)
    return events.values_list("day", flat=True).last()


def newest_with(number: str, office: Office) -> Card | None:
    """The card of this number, as anybody types it: spaces and dots do not matter."""
    key = compact(number)
    cards = office.cards.filter(number_key=key, authorised_at__isnull=False)
    return cards.order_by("-revision").first() if key else None


def now_of(card: Card) -> Card:
    """The card that stands in the place of `card` today."""
    while card.replaced_by_id:
        card = card.replaced_by  # type: ignore[assignment]
    return card


# What the worker looks for -----------------------------------------------------------


def to_remind(office: Office, today: date) -> Iterator[tuple[int, Card]]:
    """(report, card) for which the holder is to be reminded; ask the card itself."""
    first = today - timedelta(days=terms.REMIND_DAYS_LATE)
    last = today + timedelta(days=office.remind_days)
    for ordinal, months in enumerate(REPORT_MONTHS, start=1):
        cards = _silent(office, ordinal, Reminder.Kind.DUE, today)
        between = terms.issued_between(months, first, last)
        for card in cards.filter(issued_on__range=between):
            yield ordinal, card


def to_warn(office: Office, today: date) -> Iterator[tuple[int, Card]]:
    """(report, card) for which the holder is to be told that the card will lapse."""
    last = today - timedelta(days=office.lapse_days - terms.NOTICE_DAYS)  # type: ignore[operator]
    for ordinal, months in enumerate(REPORT_MONTHS, start=1):
        cards = _silent(office, ordinal, Reminder.Kind.LAPSE, today)
        _first, latest = terms.issued_between(months, last, last)
        for card in cards.filter(issued_on__lte=latest):
            yield ordinal, card


def _silent(office, ordinal, kind, today) -> QuerySet[Card]:
    """In force, not reported since, and not yet told."""
    mine = Q(card=OuterRef("pk"))
    return office.cards.valid_on(today).filter(
        ~Exists(Report.objects.filter(mine, ordinal__gte=ordinal)),
        ~Exists(Reminder.objects.filter(mine, ordinal=ordinal, kind=kind)),
    )


def to_lapse(office: Office, today: date) -> QuerySet[Card]:
    """In force, and told long enough ago; ask the card itself."""
    told = Reminder.objects.filter(
        card=OuterRef("pk"),
        kind=Reminder.Kind.LAPSE,
        day__lte=today - timedelta(days=terms.NOTICE_DAYS),
    )
    heard = Report.objects.filter(
        card=OuterRef("card"), ordinal__gte=OuterRef("ordinal")
    )
    return office.cards.valid_on(today).filter(Exists(told.filter(~Exists(heard))))


def to_end(office: Office, today: date) -> QuerySet[Card]:
    """Ended, and the register does not know it yet."""
    return office.cards.standing().filter(expires_on__lt=today, inactive_since=None)


# The desk --------------------------------------------------------------------------


def employer_reports(office: Office) -> QuerySet[EmployerReport]:
    return EmployerReport.objects.filter(card__office=office).select_related(
        "card__office", "settled_by__officer"
    )
