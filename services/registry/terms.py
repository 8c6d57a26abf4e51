"""When a report is due, can be made, and is missed: pure functions of dates.

A card asks for three reports, at months 6, 12 and 18 (ketentuan 4 on the card). Of
what happens to somebody who does not report no common rule was found: the office sets
it (Office.lapse_days), or sets nothing, and then nothing happens.

A report can be made from 30 days before it is due (or from the reminder) until the next
one opens. Who lapsed without a report returns by reporting late; whoever found work or
left for another reason returns at the desk.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from services.issuance import terms

# A report can be made this early, or from the day of the office's reminder.
OPEN_DAYS_BEFORE = 30
# A worker that stood still for so long after the due day reminds no more.
REMIND_DAYS_LATE = 14
# Nobody lapses without having been told so many days before.
NOTICE_DAYS = 7
# From when the desk may believe an employer although the holder said nothing.
ANSWER_DAYS = 7
SLACK = timedelta(days=4)
# How long the link in a message works.
LINK_DAYS = 120


@dataclass(frozen=True)
class Slot:
    """One of the three rows of the report table: made from `opens_on` to `closes_on`.

    A late report counts for its own row until the next row opens, the last one until
    the card ends; so there is never more than one to make.
    """

    ordinal: int
    due_on: date
    opens_on: date
    closes_on: date

    def is_open_on(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


def slots(issued_on: date, expires_on: date, remind_days: int) -> list[Slot]:
    """The rows of a card. `remind_days`: how early the office reminds."""
    early = timedelta(days=max(OPEN_DAYS_BEFORE, remind_days))
    due = terms.reports_due(issued_on)
    opens = [day - early for day in due]
    closes = [day - timedelta(days=1) for day in opens[1:]] + [expires_on]
    return [
        Slot(number, *days)
        for number, days in enumerate(zip(due, opens, closes, strict=True), start=1)
    ]


def is_time_to_remind(due_on: date, remind_days: int, today: date) -> bool:
    early, late = timedelta(days=remind_days), timedelta(days=REMIND_DAYS_LATE)
    return due_on - early <= today <= due_on + late


def missed(
    rows: list[Slot], made: Collection[int], back_on: date | None, today: date
) -> Slot | None:
    """The first row whose day has passed since the holder was last heard of.

    `made`: the rows that were reported; `back_on`: when the card was last made active
    again. Whoever reported later, or came back later, is not asked for what was before.
    """
    heard = max(made, default=0)
    for row in rows:
        is_over = row.ordinal > heard and row.due_on < today
        if is_over and (back_on is None or row.due_on > back_on):
            return row
    return None


def lapses_on(due_on: date, lapse_days: int, told_on: date) -> date:
    """The first day on which the card of somebody who was told is not active."""
    return max(
        due_on + timedelta(days=lapse_days), told_on + timedelta(days=NOTICE_DAYS)
    )


def warn_on(due_on: date, lapse_days: int) -> date:
    """From when the holder is told that the card will lapse."""
    return due_on + timedelta(days=lapse_days - NOTICE_DAYS)


def issued_between(months: int, due_from: date, due_to: date) -> tuple[date, date]:
    """Between which days a card was issued whose report is due in this time.

    A few days too wide, because months are not equally long: ask the card itself.
    """
    first = terms.months_after(due_from, -months) - SLACK
    return first, terms.months_after(due_to, -months) + SLACK


class AgeGroup(Enum):
    """The columns of IPK III/1: years from and to; the last one has no end."""

    TO_19 = (15, 19)
    TO_29 = (20, 29)
    TO_44 = (30, 44)
    TO_54 = (45, 54)
    OLDER = (55, None)

    @property
    def label(self) -> str:
        first, last = self.value
        return f"{first}–{last}" if last else f"{first}+"

    @property
    def middle(self) -> int:
        """The age that stands for all of them: 17, 24, 37, 49, 60."""
        first, last = self.value
        return (first + (last or first + 10)) // 2
