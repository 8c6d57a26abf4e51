"""How long and by when: pure functions of dates.

A card is valid for two years; the holder reports at months 6, 12 and 18 (the
“ketentuan” printed on the card). A card of 29 February ends on 28 February.

A card on a graduation letter (SKL) is in force; the diploma is asked for by a day, not
enforced.
"""

from calendar import monthrange
from datetime import date, timedelta

VALID_MONTHS = 24
REPORT_MONTHS = (6, 12, 18)
RENEWABLE_DAYS_BEFORE = 30
DIPLOMA_REMIND_DAYS = 14


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def ends_on(issued_on: date) -> date:
    """The last day on which a card is valid."""
    return months_after(issued_on, VALID_MONTHS)


def reports_due(issued_on: date) -> tuple[date, date, date]:
    """The days by which the holder reports: first, second, third."""
    first, second, third = (months_after(issued_on, m) for m in REPORT_MONTHS)
    return first, second, third


def renewable_from(expires_on: date) -> date:
    """The first day on which a new card may be asked for."""
    return expires_on - timedelta(days=RENEWABLE_DAYS_BEFORE)
