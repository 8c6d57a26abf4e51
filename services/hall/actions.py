"""What happens in the hall: a number is taken, called, served, missed, given back.

The second click of the same hand is answered with what the first one did; anybody else
is told what was done, when and by whom.

Two series of queue numbers, A at the door and B booked, so that nobody hears their own
line skipped. Both run without a gap from one locked row per office, day and series.
"""

from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ak1portal.refusals import refuse_if
from applicants.models import Applicant
from services.hall import lists, rules
from services.hall.models import (
    Counter,
    HallRule,
    Purpose,
    Series,
    Ticket,
    TicketSerial,
)
from services.hall.workflow import OPEN, Status
from services.office.models import Office, Officer


@transaction.atomic
def take(
    *, applicant: Applicant, office: Office, day: date, slot: time, purpose: Purpose
) -> tuple[Ticket, bool]:
    """Book an hour; or the ticket this person has for that day. Whether it is new."""
    applicant.lock()
    if standing := Ticket.objects.open().filter(applicant=applicant, day=day).first():
        return standing, False
    # Whoever holds this row counts the places of the day and draws its next number.
    serial = _hold(office, day, Series.BOOKED)
    taken = Ticket.objects.filter(office=office, day=day, slot=slot).exclude(
        status=Status.CANCELLED
    )
    refuse_if(
        rules.bars_taking(
            HallRule.of(office),
            office.hours(),
            day=day,
            slot=slot,
            taken=taken.count(),
            now=lists.clock_at(office),
        )
    )
    ticket = Ticket.objects.create(
        office=office,
        day=day,
        slot=slot,
        series=Series.BOOKED,
        number=_draw(serial),
        applicant=applicant,
        purpose=purpose,
        by=applicant.user,
    )
    return ticket, True


@transaction.atomic
def give(
    office: Office, *, by: Officer, purpose: Purpose, key: UUID | None = None
) -> Ticket:
    """A number at the door. `key`: the form's, which draws one number only."""
    now = lists.clock_at(office)
    serial = _hold(office, now.date(), Series.DOOR)
    if key and (drawn := Ticket.objects.filter(office=office, key=key).first()):
        return drawn
    refuse_if(rules.bars_giving(HallRule.of(office), office.hours(), now))
    return Ticket.objects.create(
        office=office,
        day=now.date(),
        series=Series.DOOR,
        number=_draw(serial),
        purpose=purpose,
        key=key,
        by=by.user,
    )


@transaction.atomic
def cancel(ticket: Ticket, *, applicant: Applicant) -> None:
    """Give a place back before it is called; somebody else may have it."""
    ticket.lock()
    if ticket.status == Status.CANCELLED:
        return
    refuse_if(rules.bars_cancelling(ticket))
    ticket.move(Status.CANCELLED, by=applicant.user, ended_at=timezone.now())


@transaction.atomic
def call_next(counter: Counter, *, officer: Officer) -> Ticket | None:
    """Call whose turn it is; or who stands at this counter already; None: nobody.

    SKIP LOCKED: of two counters that press at once each gets somebody else, and
    neither waits.
    """
    counter.lock()
    refuse_if(rules.bars_counter(counter))
    if standing := lists.at_counter(counter):
        return standing
    now = timezone.now()
    for one in lists.in_turn(counter.office):
        ticket = (
            Ticket.objects.filter(pk=one.pk, status=Status.WAITING)
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if ticket:
            ticket.move(
                Status.CALLED,
                by=officer.user,
                counter=counter,
                called_at=now,
                first_called_at=now,
            )
            return ticket
    return None


@transaction.atomic
def call(ticket: Ticket, *, counter: Counter, officer: Officer) -> None:
    """Call once more: whoever was called here, or did not come to an earlier call."""
    counter.lock()
    if ticket.applicant:
        ticket.applicant.lock()
    ticket.lock()
    other = Ticket.objects.filter(
        applicant__isnull=False,
        applicant=ticket.applicant_id,
        day=ticket.day,
        status__in=OPEN,
    ).exclude(pk=ticket.pk)
    refuse_if(
        rules.bars_call(
            ticket,
            counter,
            today=lists.clock_at(ticket.office).date(),
            at_counter=lists.at_counter(counter),
            other=other.first(),
        )
    )
    ticket.move(
        Status.CALLED,
        by=officer.user,
        counter=counter,
        called_at=timezone.now(),
        ended_at=None,
    )


def serve(ticket: Ticket, *, counter: Counter, officer: Officer) -> None:
    """The person has come to the counter."""
    _step(ticket, Status.SERVING, counter, officer, served_at=timezone.now())


def finish(ticket: Ticket, *, counter: Counter, officer: Officer) -> None:
    _step(ticket, Status.DONE, counter, officer, ended_at=timezone.now())


def miss(ticket: Ticket, *, counter: Counter, officer: Officer) -> None:
    """Nobody came to the counter."""
    _step(ticket, Status.MISSED, counter, officer, ended_at=timezone.now())


@transaction.atomic
def _step(ticket: Ticket, to: Status, counter: Counter, officer: Officer, **facts):
    ticket.lock()
    if (ticket.status, ticket.counter_id, ticket.by_id) == (
        to,
        counter.pk,
        officer.user_id,
    ):
        return
    refuse_if(rules.bars_step(ticket, to, counter))
    ticket.move(to, by=officer.user, **facts)


@transaction.atomic
def close_days(office: Office) -> int:
    """End what earlier days left open; how many tickets that were.

    Who was at the counter was served; nobody else came, or nobody called them.
    """
    today = lists.clock_at(office).date()
    left = Ticket.objects.open().filter(office=office, day__lt=today)
    tickets = list(left.select_for_update(skip_locked=True, of=("self",)))
    now = timezone.now()
    for ticket in tickets:
        was_served = ticket.status == Status.SERVING
        to = Status.DONE if was_served else Status.MISSED
        ticket.move(to, by=None, ended_at=now)
    return len(tickets)


def _hold(office: Office, day: date, series: Series) -> TicketSerial:
    """The row that everybody holds who draws a number of this day and series."""
    found = {"office": office, "day": day, "series": series}
    TicketSerial.objects.get_or_create(**found)  # type: ignore[arg-type]
    return TicketSerial.objects.select_for_update(of=("self",)).get(**found)


def _draw(serial: TicketSerial) -> int:
    """The next number of a row that its caller has locked: none is skipped."""
    serial.last += 1
    serial.save(update_fields=["last"])
    return serial.last
