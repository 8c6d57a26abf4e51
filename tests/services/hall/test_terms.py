"""Hours, days and turns: no clock and no database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.hall import terms
from services.office.hours import Hours

MONDAY = date(2026, 11, 23)
NOON_BREAK = Hours({0: ((time(8), time(12)), (time(13), time(15, 30)))})


@dataclass(frozen=True)
class One:
    number: int
    slot: time | None = None


def test_a_slot_is_a_whole_hour_of_opening_time():
    slots = terms.slots_on(NOON_BREAK, MONDAY)

    assert slots == [time(8), time(9), time(10), time(11), time(13), time(14)]


def test_a_day_on_which_the_office_is_closed_has_no_slots():
    closed = Hours(holidays=frozenset({MONDAY}))

    assert terms.slots_on(closed, MONDAY) == []
    assert terms.slots_on(Hours(), MONDAY - timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("day", "hour", "over"),
    [(23, 7, False), (23, 15, False), (23, 16, True), (22, 10, True)],
)
def test_the_day_is_over_at_the_last_close(day, hour, over):
    assert terms.is_over(Hours(), datetime(2026, 11, day, hour)) is over


def days(moment, *, ahead=2, opens_at=time(6), hours=None):
    found = terms.days_offered(hours or Hours(), moment, ahead=ahead, opens_at=opens_at)
    return [day.day for day in found]


def test_today_and_the_next_open_days_are_offered():
    assert days(datetime(2026, 11, 26, 9)) == [26, 27, 30]


def test_a_new_last_day_opens_at_its_hour():
    assert days(datetime(2026, 11, 26, 5, 59)) == [26, 27]
    assert days(datetime(2026, 11, 26, 6)) == [26, 27, 30]


def test_a_closed_day_opens_no_new_one_and_takes_none_away():
    """On Saturday the list is what it was on Friday, at every hour of the day."""
    assert days(datetime(2026, 11, 27, 23)) == [27, 30, 1]
    assert days(datetime(2026, 11, 28, 1)) == [30, 1]


def test_an_office_that_gives_tickets_for_the_day_only_begins_at_its_hour():
    assert days(datetime(2026, 11, 23, 5), ahead=0) == []
    assert days(datetime(2026, 11, 23, 6), ahead=0) == [23]


def test_an_office_that_never_opens_offers_no_day():
    assert days(datetime(2026, 11, 23, 9), hours=Hours({})) == []


# Whose turn it is -----------------------------------------------------------------


def test_a_booked_hour_comes_first_once_it_has_begun():
    door, ten = One(1), One(7, time(10))

    assert terms.in_turn([door, ten], time(9, 59)) == [door]
    assert terms.in_turn([door, ten], time(10)) == [ten, door]


def test_an_earlier_hour_comes_before_a_later_one_and_a_lower_number_first():
    nine, ten, ten_later = One(5, time(9)), One(2, time(10)), One(3, time(10))

    line = terms.in_turn([One(2), ten_later, One(1), ten, nine], time(10, 30))

    assert line == [nine, ten, ten_later, One(1), One(2)]


HOURS = st.one_of(st.none(), st.integers(8, 15).map(time))


@given(
    st.lists(st.builds(One, st.integers(1, 99), HOURS), unique=True),
    st.integers(8, 16).map(time),
)
def test_who_has_begun_is_called_and_nobody_waits_behind_a_later_one(everybody, now):
    line = terms.in_turn(everybody, now)

    begun = {one for one in everybody if one.slot is None or one.slot <= now}
    assert set(line) == begun
    door = [one.number for one in line if one.slot is None]
    booked = [(one.slot, one.number) for one in line if one.slot]
    assert door == sorted(door)
    assert booked == sorted(booked)
    assert line[: len(booked)] == [one for one in line if one.slot]


def test_how_many_come_before_somebody():
    nine, ten, door = One(5, time(9)), One(2, time(10)), One(1)
    waiting = [nine, ten, door]

    assert terms.before(nine, waiting, time(8)) == 0
    assert terms.before(ten, waiting, time(8)) == 1
    assert terms.before(door, waiting, time(8)) == 0
    assert terms.before(door, waiting, time(9, 30)) == 1


# How long -------------------------------------------------------------------------


def test_too_few_people_say_nothing_about_the_wait():
    assert terms.usual_wait([5, 60]) is None


def test_the_wait_is_the_middle_of_the_last_ten():
    assert terms.usual_wait([10, 90, 20]) == 20
    assert terms.usual_wait([7] * 10 + [500] * 30) == 7
