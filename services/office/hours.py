"""When an office serves, and by when a promise is kept. Pure: no clock, no database.

A promise is counted in working days or in minutes of opening time; holidays and hours
are the office's own. All moments are in the office's own time zone.

A promise in minutes counts opening time of the office's own hours and holidays; a
promise in days ends with the close of business.

A promise that was given stands. A change of hours, holidays or the promise counts for
what is handed in afterwards. An office without hours of its own keeps the usual ones,
Monday to Friday 8 to 16; an empty week goes back to them, so that no office is closed
by mistake.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

ONE_DAY = timedelta(days=1)
# An office that has set no hours: Monday to Friday, eight to four.
USUAL = {weekday: ((time(8), time(16)),) for weekday in range(5)}
# An office that never opens keeps no promise; nobody looks further than this.
HORIZON_DAYS = 400


Span = tuple[time, time]
Week = dict[int, tuple[Span, ...]]


class NeverOpenError(ValueError):
    """The office has no opening time within the next year."""


@dataclass(frozen=True)
class Hours:
    """`week`: 0 (Monday) to 6 -> spans in order; `holidays`: days it is closed."""

    week: Week = field(default_factory=lambda: dict(USUAL))
    holidays: frozenset[date] = frozenset()

    def is_open_on(self, day: date) -> bool:
        return bool(self.week.get(day.weekday())) and day not in self.holidays

    def is_open_at(self, moment: datetime) -> bool:
        return any(
            opens <= moment.time() < closes
            for opens, closes in self._spans_on(moment.date())
        )

    def after_minutes(self, moment: datetime, minutes: int) -> datetime:
        """When `minutes` of opening time have passed since `moment`."""
        left = timedelta(minutes=minutes)
        for opens, closes in self._spans_from(moment):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise NeverOpenError

    def after_days(self, moment: datetime, days: int) -> datetime:
        """The close of business `days` working days after the day of `moment`.

        What arrives when the office is closed for the day counts from the next one.
        """
        days_open = self._days_from(moment.date())
        try:
            for _ in range(days + 1):
                day = next(days_open)
        except StopIteration:
            raise NeverOpenError from None
        _opens, closes = self._spans_on(day)[-1]
        return datetime.combine(day, closes, tzinfo=moment.tzinfo)

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole minutes of opening time from `start` to `end`; 0 if `end` is before."""
        passed = timedelta()
        for opens, closes in self._spans_from(start):
            if opens >= end:
                break
            passed += min(closes, end) - opens
        return int(passed.total_seconds() // 60)

    def _spans_on(self, day: date) -> tuple[Span, ...]:
        return self.week.get(day.weekday(), ()) if self.is_open_on(day) else ()

    def _days_from(self, day: date) -> Iterator[date]:
        for _ in range(HORIZON_DAYS):
            if self.is_open_on(day):
                yield day
            day += ONE_DAY

    def _spans_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of each span from `moment` on."""
        for day in self._days_from(moment.date()):
            for opens, closes in self._spans_on(day):
                begins = datetime.combine(day, opens, tzinfo=moment.tzinfo)
                ends = datetime.combine(day, closes, tzinfo=moment.tzinfo)
                if ends > moment:
                    yield max(begins, moment), ends


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans of a day, the earlier first."""
    return tuple(sorted(spans))


def is_reversed(span: Span) -> bool:
    """Whether it closes before, or just when, it opens."""
    opens, closes = span
    return closes <= opens


def overlap(spans: Iterable[Span]) -> bool:
    """Whether one span of a day begins before the one before it has ended."""
    return any(later[0] < earlier[1] for earlier, later in pairwise(in_order(spans)))


def alike(week: Week) -> list[tuple[int, int, tuple[Span, ...]]]:
    """Days on end that have the same hours: (first, last, spans); closed days left out.

    Monday is 0.
    """
    found = []
    for day in sorted(day for day, spans in week.items() if spans):
        if found and found[-1][1] == day - 1 and found[-1][2] == week[day]:
            found[-1] = (found[-1][0], day, week[day])
        else:
            found.append((day, day, week[day]))
    return found


def written(spans: Iterable[Span]) -> str:
    """“08.00–12.00, 13.00–16.00”, as the office writes it on its door."""
    return ", ".join(f"{a:%H.%M}–{b:%H.%M}" for a, b in spans)
