from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.issuance import terms

WIB = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("issued", "ends"),
    [
        (date(2026, 11, 22), date(2028, 11, 22)),
        (date(2028, 2, 29), date(2030, 2, 28)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2028, 2, 28)),
    ],
)
def test_a_card_is_valid_for_two_years(issued, ends):
    assert terms.ends_on(issued) == ends


def test_reports_are_due_after_6_12_and_18_months():
    assert terms.reports_due(date(2026, 11, 22)) == (
        date(2027, 5, 22),
        date(2027, 11, 22),
        date(2028, 5, 22),
    )


def test_a_report_due_in_a_short_month_is_due_on_its_last_day():
    assert terms.reports_due(date(2026, 8, 31)) == (
        date(2027, 2, 28),
        date(2027, 8, 31),
        date(2028, 2, 29),
    )


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_terms_follow_each_other_whatever_the_day(day):
    first, second, third = terms.reports_due(day)

    assert day < first < second < third < terms.ends_on(day)
    assert terms.renewable_from(terms.ends_on(day)) < terms.ends_on(day)
