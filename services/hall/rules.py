"""What may be done with queue tickets, and when. Answers with the reason why not.

Where somebody was faster, the reason says what was done, when and by whom.
"""

from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from services.hall import terms
from services.hall.models import Counter, HallRule, Ticket
from services.hall.workflow import AT_COUNTER, TRANSITIONS, Status
from services.office.hours import Hours


def bars_tickets(rule: HallRule) -> str | None:
    """Why this office gives no queue numbers now, or None."""
    if not rule.gives_tickets:
        return _("This office gives no queue tickets. Come in its opening hours.")
    return None


def bars_taking(
    rule: HallRule,
    hours: Hours,
    *,
    day: date,
    slot: time,
    taken: int,
    now: datetime,
) -> str | None:
    """Why this hour may not be booked, or None.

    A booked hour. `taken`: its places that are gone; `now`: the office's clock.
    """
    if reason := bars_tickets(rule):
        return reason
    days = terms.days_offered(hours, now, ahead=rule.days_ahead, opens_at=rule.opens_at)
    if day not in days or slot not in terms.slots_on(hours, day):
        return _("This hour cannot be booked. Please choose another one.")
    if day == now.date() and slot <= now.time():
        return _("This hour has already begun. Please choose a later one.")
    if taken >= rule.quota:
        return _(
            "The last place at %(hour)s on %(day)s has just been taken by somebody"
            " else. You have no ticket yet: please choose another hour."
        ) % {"hour": f"{slot:%H.%M}", "day": date_format(day, "j F Y")}
    return None


def taken_before(ticket: Ticket) -> str:
    """What somebody is told who takes a second number for one day."""
    local = ticket.taken_at.astimezone(ticket.office.zone)
    return _(
        "You already took number %(number)s for this day, at %(office)s (%(time)s). It"
        " stays as it is, and no other one was taken."
    ) % {
        "number": ticket.label,
        "office": ticket.office.name,
        "time": date_format(local, "j F Y, H.i"),
    }


def bars_giving(rule: HallRule, hours: Hours, now: datetime) -> str | None:
    """Why no number may be given at the door, or None.

    A number at the door, for whoever has come.
    """
    if reason := bars_tickets(rule):
        return reason
    if terms.is_over(hours, now):
        return _("The office is closed for today. No more numbers are given.")
    return None


def bars_coming(ticket: Ticket, hours: Hours) -> str | None:
    """Why a booked ticket does not hold any more, or None.

    A holiday or other hours may be set after somebody booked.
    """
    is_booked = ticket.status == Status.WAITING and ticket.slot is not None
    if is_booked and ticket.slot not in terms.slots_on(hours, ticket.day):
        return _(
            "The office will be closed at this hour. Please do not come then: give the"
            " number back and book another hour."
        )
    return None


def bars_cancelling(ticket: Ticket) -> str | None:
    """Why this ticket may not be given back, or None."""
    if ticket.status in AT_COUNTER:
        return _("Number %(number)s is being called: please come to %(counter)s.") % {
            "number": ticket.label,
            "counter": ticket.counter.name,
        }
    if ticket.status != Status.WAITING:
        return stands(ticket)
    return None


def bars_desk(counter: Counter | None) -> str | None:
    """Why this officer may not call from the counter, or None.

    `counter`: where the officer sits; None: nowhere yet.
    """
    if counter is None:
        return _("Choose first at which counter you sit.")
    return bars_counter(counter)


def bars_counter(counter: Counter) -> str | None:
    """Why a counter may not be chosen, or None."""
    if not counter.is_active:
        return _("%(counter)s is not in use. Please choose another counter.") % {
            "counter": counter.name
        }
    return None


def bars_call(
    ticket: Ticket,
    counter: Counter,
    *,
    today: date,
    at_counter: Ticket | None,
    other: Ticket | None,
) -> str | None:
    """Why this ticket may not be called once more, or None.

    Calling once more: who stands at this counter, or who did not come before.

    `at_counter`: who is at the counter now; `other`: what the same person has taken
    since.
    """
    if ticket.status == Status.CALLED and ticket.counter_id == counter.pk:
        return None
    if ticket.status != Status.MISSED:
        return stands(ticket)
    if reason := bars_counter(counter):
        return reason
    if ticket.day != today:
        return _("Number %(number)s was for another day.") % {"number": ticket.label}
    if at_counter:
        return occupied(at_counter)
    if other:
        return _("This person has taken another number since: %(number)s.") % {
            "number": other.label
        }
    return None


def bars_step(ticket: Ticket, to: Status, counter: Counter) -> str | None:
    """Why this ticket may not go on to the next state, or None.

    The counter that called somebody serves them and sends them off.
    """
    if to not in TRANSITIONS[ticket.status] or ticket.counter_id != counter.pk:  # type: ignore[index]
        return stands(ticket)
    return None


def occupied(ticket: Ticket) -> str:
    """`ticket` stands at its counter: nobody else is called there."""
    return _(
        "Number %(number)s is still at %(counter)s. Say first what became of it."
    ) % {"number": ticket.label, "counter": ticket.counter.name}


def stands(ticket: Ticket) -> str:
    """What became of a ticket, where, through whom and when."""
    words = {
        "number": ticket.label,
        "status": ticket.get_status_display(),
        "time": _clock(ticket),
    }
    officer = getattr(ticket.by, "officer", None)
    if officer and ticket.counter:
        words |= {"name": officer.name, "counter": ticket.counter.name}
        return (
            _(
                "Number %(number)s is now “%(status)s” (%(counter)s, %(name)s,"
                " %(time)s)."
            )
            % words
        )
    return _("Number %(number)s is now “%(status)s” since %(time)s.") % words


def _clock(ticket: Ticket) -> str:
    local = ticket.moved_at.astimezone(ticket.office.zone)
    return f"{local:%H.%M} {ticket.office.get_time_zone_display()}"
