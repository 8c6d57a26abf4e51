"""Days of reports: pure."""

from datetime import date

import pytest

from services.issuance.terms import ends_on
from services.registry import terms
from services.registry.terms import AgeGroup

ISSUED = date(2026, 1, 5)


def slots(issued_on=ISSUED, remind_days=14):
    return terms.slots(issued_on, ends_on(issued_on), remind_days)


def test_there_are_three_rows_and_no_day_has_two():
    first, second, third = slots()

    assert [row.due_on for row in (first, second, third)] == [
        date(2026, 7, 5),
        date(2027, 1, 5),
        date(2027, 7, 5),
    ]
    assert first.opens_on == date(2026, 6, 5)
    assert (first.closes_on, second.opens_on) == (date(2026, 12, 5), date(2026, 12, 6))
    assert third.closes_on == date(2028, 1, 5)


def test_a_report_can_be_made_from_the_day_of_the_reminder():
    assert slots(remind_days=60)[0].opens_on == date(2026, 5, 6)


@pytest.mark.parametrize(
    ("issued_on", "due"),
    [
        (date(2024, 2, 29), ["2024-08-29", "2025-02-28", "2025-08-29"]),
        (date(2025, 8, 31), ["2026-02-28", "2026-08-31", "2027-02-28"]),
        (date(2023, 8, 29), ["2024-02-29", "2024-08-29", "2025-02-28"]),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(issued_on, due):
    assert [row.due_on.isoformat() for row in slots(issued_on)] == due


@pytest.mark.parametrize(
    ("today", "made", "back_on", "ordinal"),
    [
        (date(2026, 7, 5), [], None, None),
        (date(2026, 7, 6), [], None, 1),
        (date(2026, 7, 6), [1], None, None),
        (date(2027, 1, 6), [], None, 1),
        (date(2027, 1, 6), [2], None, None),
        (date(2027, 1, 6), [1], None, 2),
        (date(2027, 1, 6), [], date(2026, 9, 1), 2),
        (date(2027, 1, 6), [], date(2027, 1, 5), None),
        (date(2027, 9, 1), [1, 2, 3], None, None),
    ],
)
def test_what_is_missed_since_the_holder_was_heard_of(today, made, back_on, ordinal):
    found = terms.missed(slots(), made, back_on, today)

    assert (found and found.ordinal) == ordinal


def test_nobody_lapses_before_a_week_after_being_told():
    due = date(2026, 7, 5)

    assert terms.warn_on(due, 60) == date(2026, 8, 27)
    assert terms.lapses_on(due, 60, date(2026, 8, 27)) == date(2026, 9, 3)
    assert terms.lapses_on(due, 60, date(2026, 12, 1)) == date(2026, 12, 8)


@pytest.mark.parametrize("months", [6, 12, 18])
@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2025, 8, 31), ISSUED])
def test_every_card_that_is_due_is_among_those_that_are_looked_at(day, months):
    due = slots(day)[months // 6 - 1].due_on

    first, last = terms.issued_between(months, due, due)

    assert first <= day <= last


def test_a_group_of_ages_is_counted_in_its_own_column():
    assert [group.middle for group in AgeGroup] == [17, 24, 37, 49, 60]
    assert [group.label for group in AgeGroup][::4] == ["15–19", "55+"]
