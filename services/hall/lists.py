"""What a hall shows: who is called, who waits, how long; and the papers of a ticket.

A waiting time is the median of the last ten people served today; nothing is said with
fewer than three.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.db.models import Count
from django.utils import timezone

from applicants.models import Applicant
from services.hall import terms
from services.hall.models import Counter, HallRule, Purpose, Ticket
from services.hall.workflow import AT_COUNTER, Status
from services.issuance.models import Application, Card
from services.issuance.rules import PAPERS, Paper
from services.issuance.workflow import Status as Stage
from services.office.models import Office

CALLS_SHOWN = 6
# What an officer marks on the way to one of these is no verdict yet.
DECISIONS = (Stage.RETURNED, Stage.APPROVED, Stage.REJECTED)


def clock_at(office: Office) -> datetime:
    """Now, by the clock of the office."""
    return timezone.localtime(timezone=office.zone)


@dataclass(frozen=True)
class Board:
    """A hall at one moment. `calls`: newest first; `wait`: minutes, None: unknown."""

    calls: list[Ticket]
    at_counters: list[Ticket]
    waiting: int
    wait: int | None


def board(office: Office) -> Board:
    """The hall of `office` now. Asks the database once."""
    now = clock_at(office)
    today = list(
        Ticket.objects.filter(office=office, day=now.date())
        .exclude(status=Status.CANCELLED)
        .select_related("counter")
    )
    for ticket in today:
        ticket.office = office
    called = [t for t in today if t.called_at]
    called.sort(key=lambda t: t.called_at, reverse=True)  # type: ignore[arg-type, return-value]
    waiting = [t for t in today if t.status == Status.WAITING]
    by_first = sorted(called, key=lambda t: t.first_called_at, reverse=True)  # type: ignore[arg-type, return-value]
    served = [t for t in by_first if t.status in (Status.SERVING, Status.DONE)]
    return Board(
        calls=called[:CALLS_SHOWN],
        at_counters=sorted(
            (t for t in called if t.status in AT_COUNTER), key=lambda t: t.counter.name
        ),
        waiting=len(terms.in_turn(waiting, now.time())),
        wait=terms.usual_wait([round(t.waited.total_seconds() / 60) for t in served]),
    )


def before(ticket: Ticket) -> int | None:
    """How many come before a ticket that waits; None when it does not, or no more."""
    now = clock_at(ticket.office)
    if ticket.status != Status.WAITING or ticket.day < now.date():
        return None
    waiting = Ticket.objects.waiting(ticket.office, ticket.day)
    moment = now.time() if ticket.day == now.date() else ticket.slot
    return terms.before(ticket, waiting, moment)  # type: ignore[arg-type]


def in_turn(office: Office) -> list[Ticket]:
    """Who may be called at this moment, in order."""
    now = clock_at(office)
    waiting = Ticket.objects.waiting(office, now.date()).select_related("applicant")
    return terms.in_turn(waiting, now.time())


def booked_later(office: Office) -> list[Ticket]:
    """Who booked an hour of today that has not begun."""
    now = clock_at(office)
    waiting = Ticket.objects.waiting(office, now.date()).filter(slot__gt=now.time())
    return list(waiting.order_by("slot", "number"))


def missed(office: Office) -> list[Ticket]:
    """Who was called today and did not come, newest first."""
    today = clock_at(office).date()
    tickets = Ticket.objects.filter(office=office, day=today, status=Status.MISSED)
    return list(tickets.order_by("-moved_at"))


def at_counter(counter: Counter) -> Ticket | None:
    """Who stands at a counter, or was called there; left over from yesterday too."""
    tickets = counter.tickets.filter(status__in=AT_COUNTER)
    return tickets.select_related("applicant", "office", "counter").first()


# What can be booked ---------------------------------------------------------------


@dataclass(frozen=True)
class Hour:
    """One hour of a day that can be booked. `left`: places that are free."""

    begins: datetime
    ends: datetime
    left: int

    @property
    def value(self) -> str:
        return f"{self.begins:%H:%M}"


def days_of(rule: HallRule) -> list[date]:
    """The days for which this office gives tickets now."""
    office = rule.office
    return terms.days_offered(
        office.hours(),
        clock_at(office),
        ahead=rule.days_ahead,
        opens_at=rule.opens_at,
    )


def hours_of(rule: HallRule, day: date) -> list[Hour]:
    """The hours of `day` that have not begun, full ones too."""
    office = rule.office
    taken = dict(
        Ticket.objects.filter(office=office, day=day, slot__isnull=False)
        .exclude(status=Status.CANCELLED)
        .order_by("slot")
        .values_list("slot")
        .annotate(count=Count("pk"))
    )
    found = []
    for slot in terms.slots_on(office.hours(), day):
        begins = datetime.combine(day, slot, tzinfo=office.zone)
        if begins > timezone.now():
            ends = datetime.combine(day, terms.slot_ends(slot), tzinfo=office.zone)
            found.append(Hour(begins, ends, max(rule.quota - taken.get(slot, 0), 0)))
    return found


# The person -----------------------------------------------------------------------


def case_of(ticket: Ticket) -> Application | None:
    """What this person has handed in at the office of the ticket, the latest."""
    return _latest(ticket.applicant, ticket.office) if ticket.applicant_id else None  # type: ignore[arg-type]


def _latest(applicant: Applicant, office: Office) -> Application | None:
    handed_in = applicant.applications.filter(office=office).exclude(receipt=None)
    return handed_in.select_related("card").order_by("-created_at").first()


def own(applicant: Applicant) -> list[Ticket]:
    """The tickets of this person that still count, the next one first."""
    tickets = Ticket.objects.open().filter(applicant=applicant)
    rows = tickets.select_related("office", "counter").order_by("day", "slot")
    return [t for t in rows if t.day >= clock_at(t.office).date()]


def likely_purpose(applicant: Applicant, office: Office) -> Purpose:
    """What somebody most probably comes for."""
    card = (
        Card.objects.filter(
            application__applicant=applicant,
            office=office,
            voided_at=None,
            replaced_at=None,
            finished_at__isnull=False,
        )
        .order_by("-issued_on")
        .first()
    )
    if card is None:
        return Purpose.NEW
    return Purpose.REPORT if card.is_handed_over else Purpose.COLLECT


class Known(Enum):
    """What the portal knows of a paper."""

    FINE = "fine"
    WRONG = "wrong"
    SENT = "sent"
    MISSING = "missing"


@dataclass(frozen=True)
class PaperLine:
    """One paper, what is known of it, and the officer's reason where it is wrong."""

    paper: Paper
    known: Known
    reason: str = ""


def papers(ticket: Ticket) -> list[PaperLine]:
    """Every paper that is asked for or was sent, as the last decision left it.

    Papers matter for a new card only; for other visits the list is empty.
    """
    if ticket.purpose not in (Purpose.NEW, Purpose.RENEWAL):
        return []
    documents = list(ticket.applicant.documents.all())
    verdicts = _verdicts(case_of(ticket))
    lines = [_line(paper, documents, verdicts) for paper in PAPERS]
    return [x for x in lines if x.known != Known.MISSING or x.paper.is_required]


def _line(paper: Paper, documents: Iterable, verdicts: dict) -> PaperLine:
    sent = [document for document in documents if document.kind in paper.kinds]
    if not sent:
        return PaperLine(paper, Known.MISSING)
    judged = []
    for document in sent:
        verdict = verdicts.get(document.kind)
        # What was sent anew has not been looked at.
        if verdict is None or document.uploaded_at > verdict.at:
            return PaperLine(paper, Known.SENT)
        judged.append(verdict)
    if wrong := next((verdict for verdict in judged if not verdict.is_fine), None):
        return PaperLine(paper, Known.WRONG, wrong.reason)
    return PaperLine(paper, Known.FINE)


def _verdicts(case: Application | None) -> dict:
    """The verdicts of the last decision, by item; marks on a desk are none."""
    decision = case and case.steps.filter(to_status__in=DECISIONS).last()
    if not decision:
        return {}
    return {v.item: v for v in case.verdicts.filter(at__lte=decision.at)}
