from datetime import date, time

import pytest

from services.office.forms_hours import ClockField, HolidayForm, WeekForm
from services.office.hours import USUAL, Hours
from tests import factories

EIGHT, NOON, ONE, FOUR = time(8), time(12), time(13), time(16)


def typed(**answers) -> WeekForm:
    return WeekForm(answers, week=USUAL)


def wrong(form) -> list[str]:
    return list(form.errors)


@pytest.mark.parametrize("word", ["8", "08", "8.00", "08:00", "0800", " 08.00 "])
def test_a_time_is_read_as_people_write_it(word):
    assert ClockField().clean(word) == EIGHT


@pytest.mark.parametrize("word", ["pagi", "25.00", "8.60", "8.0", "80000", "-8"])
def test_what_is_no_time_is_told(word):
    assert wrong(typed(opens_0_0=word, closes_0_0="16")) == ["opens_0_0"]


def test_the_week_is_shown_as_it_is():
    form = WeekForm(week={4: ((EIGHT, NOON), (ONE, FOUR))})

    boxes = [
        box.value() for _day, spans in form.rows() for pair in spans for box in pair
    ]

    friday = boxes[16:20]
    assert friday == ["08.00", "12.00", "13.00", "16.00"]
    assert set(boxes[:16] + boxes[20:]) == {None}


def test_two_spans_a_day_are_taken_in_order():
    form = typed(opens_0_0="13", closes_0_0="16", opens_0_1="8", closes_0_1="12")

    assert form.is_valid()
    assert form.week() == {0: ((EIGHT, NOON), (ONE, FOUR))}


def test_a_span_that_ends_where_the_next_begins_does_not_overlap():
    form = typed(opens_0_0="8", closes_0_0="12", opens_0_1="12", closes_0_1="16")

    assert form.is_valid()
    assert Hours(form.week()).week[0] == ((EIGHT, NOON), (NOON, FOUR))


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"opens_2_0": "16", "closes_2_0": "8"}, ["closes_2_0"]),
        ({"opens_2_0": "8", "closes_2_0": "8"}, ["closes_2_0"]),
        ({"opens_2_0": "8"}, ["closes_2_0"]),
        ({"closes_2_1": "16"}, ["opens_2_1"]),
        (
            {
                "opens_2_0": "8",
                "closes_2_0": "13",
                "opens_2_1": "12",
                "closes_2_1": "16",
            },
            ["opens_2_1"],
        ),
        (
            {
                "opens_2_0": "12",
                "closes_2_0": "16",
                "opens_2_1": "8",
                "closes_2_1": "13",
            },
            ["opens_2_1"],
        ),
    ],
)
def test_hours_that_cannot_be_are_told_beside_them_with_their_day(answers, fields):
    form = typed(**answers)

    assert wrong(form) == fields
    assert form.errors[fields[0]][0].startswith("Rabu: ")


def test_no_hours_at_all_are_none():
    form = typed()

    assert form.is_valid()
    assert form.week() == {}


@pytest.mark.django_db
def test_a_day_that_is_a_holiday_already_is_told():
    office = factories.office()
    office.holidays.create(day=date(2026, 12, 25), name="Natal")
    day = {"day_day": "25", "day_month": "12", "day_year": "2026", "name": "Natal"}

    form = HolidayForm(day, office=office)
    elsewhere = HolidayForm(day, office=factories.office("3372"))

    assert wrong(form) == ["day"]
    assert elsewhere.is_valid()
    assert elsewhere.cleaned_data == {"day": date(2026, 12, 25), "name": "Natal"}
