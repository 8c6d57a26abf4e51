from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.office.hours import Hours, NeverOpenError, alike, overlap

WIB = ZoneInfo("Asia/Jakarta")
# Friday closes earlier and has a long noon; Thursday 24 December is joint leave.
WEEK = {
    **{day: ((time(8), time(12)), (time(13), time(16))) for day in range(4)},
    4: ((time(8), time(11)), (time(13, 30), time(15))),
}
OFFICE = Hours(WEEK, frozenset({date(2026, 12, 24), date(2026, 12, 25)}))


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("moment", "minutes", "due"),
    [
        (at(23, 9), 60, at(23, 10)),
        (at(23, 11, 30), 60, at(23, 13, 30)),  # over noon
        (at(23, 15, 30), 60, at(24, 8, 30)),  # over night
        (at(20, 14, 30), 60, at(23, 8, 30)),  # Friday afternoon, to Monday
        (at(21, 10), 60, at(23, 9)),  # from a Saturday
        (at(23, 6), 60, at(23, 9)),  # before it opens
        (at(23, 8), 7 * 60, at(23, 16)),
    ],
)
def test_minutes_count_only_while_the_office_is_open(moment, minutes, due):
    assert OFFICE.after_minutes(moment, minutes) == due


@pytest.mark.parametrize(
    ("moment", "days", "due"),
    [
        (at(23, 9), 1, at(24, 16)),
        (at(19, 9), 1, at(20, 15)),  # Friday closes at three
        (at(20, 9), 1, at(23, 16)),
        (at(21, 9), 1, at(24, 16)),  # a Saturday counts from Monday
        (
            datetime(2026, 12, 23, 9, tzinfo=WIB),
            1,
            datetime(2026, 12, 28, 16, tzinfo=WIB),
        ),
    ],
)
def test_working_days_end_with_the_close_of_business(moment, days, due):
    assert OFFICE.after_days(moment, days) == due


def test_it_is_open_in_its_hours_and_closed_on_holidays():
    assert OFFICE.is_open_at(at(23, 9))
    assert not OFFICE.is_open_at(at(23, 12, 30))
    assert not OFFICE.is_open_at(at(22, 9))
    assert not OFFICE.is_open_at(datetime(2026, 12, 24, 9, tzinfo=WIB))


def test_an_office_that_has_set_nothing_keeps_the_usual_hours():
    assert Hours().after_minutes(at(20, 15, 30), 60) == at(23, 8, 30)


def test_an_office_that_never_opens_is_told():
    with pytest.raises(NeverOpenError):
        Hours({}).after_minutes(at(23, 9), 1)
    with pytest.raises(NeverOpenError):
        Hours({}).after_days(at(23, 9), 1)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    st.integers(min_value=1, max_value=3000),
)
def test_what_passes_until_it_is_due_is_what_was_promised(moment, minutes):
    moment = moment.replace(second=0, microsecond=0, tzinfo=WIB)

    due = OFFICE.after_minutes(moment, minutes)

    assert OFFICE.minutes_between(moment, due) == minutes
    assert OFFICE.is_open_on(due.date())


def test_days_on_end_with_the_same_hours_are_told_together():
    morning, day = ((time(8), time(12)),), ((time(8), time(16)),)
    week = {0: day, 1: day, 2: morning, 3: (), 4: morning, 6: morning}

    assert alike(week) == [
        (0, 1, day),
        (2, 2, morning),
        (4, 4, morning),
        (6, 6, morning),
    ]


def test_spans_that_touch_do_not_overlap():
    eight, noon, one, four = (time(hour) for hour in (8, 12, 13, 16))

    assert not overlap([(eight, noon), (noon, four)])
    assert not overlap([(one, four), (eight, noon)])
    assert overlap([(eight, one), (noon, four)])
    assert overlap([(noon, four), (eight, one)])
    assert overlap([(eight, four), (eight, four)])
