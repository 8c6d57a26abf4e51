"""Which hours can be booked, whose turn it is, how long people wait. Pure functions.

All times are those of the office's own clock.

A booked hour comes before the door, once it has begun, and never earlier: whoever
booked may not be here yet. The quota keeps the door from starving.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Protocol

from services.office.hours import HORIZON_DAYS, ONE_DAY, Hours

ONE_HOUR = timedelta(hours=1)
# A waiting time is said only when so many people were called, and of the last ones.
ENOUGH = 3
RECENT = 10


class InLine(Protocol):
    """Somebody who waits: a ticket, with the hour that was booked or None."""

    slot: time | None
    number: int


def slots_on(hours: Hours, day: date) -> list[time]:
    """The whole hours of opening time on `day`, by when they begin.

    What is left over at the end of a span is for those who wait at the door.
    """
    spans = hours.week[day.weekday()] if hours.is_open_on(day) else ()
    return [slot for span in spans for slot in _whole_hours(day, *span)]


def _whole_hours(day: date, opens: time, closes: time) -> Iterable[time]:
    begins, ends = datetime.combine(day, opens), datetime.combine(day, closes)
    while begins + ONE_HOUR <= ends:
        yield begins.time()
        begins += ONE_HOUR


def slot_ends(slot: time) -> time:
    return (datetime.combine(date.min, slot) + ONE_HOUR).time()


def is_over(hours: Hours, now: datetime) -> bool:
    """Whether the office serves nobody any more today."""
    if not hours.is_open_on(now.date()):
        return True
    _opens, closes = hours.week[now.weekday()][-1]
    return now.time() >= closes


def days_offered(
    hours: Hours, now: datetime, *, ahead: int, opens_at: time
) -> list[date]:
    """Today, if the office is open, and the next `ahead` days on which it is.

    Each open day brings a new last one, which can be booked from `opens_at`.
    """
    today = now.date()
    days = [today] if hours.is_open_on(today) else []
    length = len(days) + ahead
    for distance in range(1, HORIZON_DAYS):
        if len(days) == length:
            break
        day = today + distance * ONE_DAY
        if hours.is_open_on(day):
            days.append(day)
    if hours.is_open_on(today) and now.time() < opens_at:
        days.pop()
    return days


def in_turn(waiting: Iterable, moment: time) -> list:
    """Who may be called at `moment`, in the order in which they are.

    A booked hour comes before those who took a number at the door, once it has begun,
    the earlier hour first; not before: whoever booked may not be here yet. Among equals
    the lower number comes first. A ticket has `slot` (None: at the door) and `number`.
    """
    here = [one for one in waiting if one.slot is None or one.slot <= moment]
    return sorted(here, key=lambda one: (one.slot is None, one.slot, one.number))


def before(ticket: InLine, waiting: Iterable, moment: time) -> int:
    """How many come before `ticket`; where its hour has not begun, at that hour."""
    line = in_turn(waiting, max(moment, ticket.slot or moment))
    return next(
        place
        for place, one in enumerate(line)
        if (one.slot, one.number) == (ticket.slot, ticket.number)
    )


def usual_wait(minutes: Sequence[int]) -> int | None:
    """What the last people waited, in minutes, newest first; None: too few to say."""
    if len(minutes) < ENOUGH:
        return None
    return round(median(minutes[:RECENT]))
