import string
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from applicants import nik

BORN = date(1990, 5, 15)
MAN = "3301011505900001"
WOMAN = "3301015505900001"

births = st.dates(date(1920, 1, 1), date(2026, 12, 31))
sexes = st.sampled_from("LP")


@st.composite
def composed(draw):
    """(NIK, birth date, sex) of one made-up person."""
    born, sex = draw(births), draw(sexes)
    regency = draw(st.sampled_from(sorted(nik.PROVINCES))) + draw(digits(2))
    serial = draw(st.integers(1, 9999))
    return nik.compose(regency, draw(digits(2)), born, sex, serial), born, sex


def digits(count):
    return st.text(string.digits, min_size=count, max_size=count)


def problems(number, birth_date=None, sex=None):
    if bar := nik.bars(number):
        return [bar]
    return nik.doubts(number, birth_date=birth_date, sex=sex)


@pytest.mark.parametrize(
    "typed",
    [
        "3301 0115 0590 0001",
        "3301.0115.0590.0001",
        " 33010115-05900001\n",
        "330101–150590—0001",
        "330101\N{MINUS SIGN}150590\N{NON-BREAKING HYPHEN}0001",
        "3301\N{NO-BREAK SPACE}0115\N{NARROW NO-BREAK SPACE}05900001",
        "\N{ZERO WIDTH SPACE}3301011505900001\N{ZERO WIDTH NO-BREAK SPACE}",
    ],
)
def test_what_people_type_between_digits_is_taken_out(typed):
    assert nik.normalise(typed) == MAN


@pytest.mark.parametrize("typed", ["33o1", "33/01", "3301'", "٣٣٠١", "３３０１"])
def test_everything_else_stays_to_be_seen(typed):
    assert nik.normalise(typed) == typed


@given(composed())
def test_a_composed_nik_has_no_problems(person):
    number, born, sex = person

    assert problems(number, born, sex) == []


@pytest.mark.parametrize(
    "number",
    [
        "",
        MAN[:-1],
        MAN + "1",
        MAN + "\n",
        " " + MAN[1:],
        MAN.replace("9", "O"),
        "٣" + MAN[1:],
        "３" + MAN[1:],
        "²" + MAN[1:],
    ],
)
def test_anything_but_sixteen_ascii_digits_is_a_wrong_shape(number):
    assert problems(number, BORN, "L") == ["shape"]


@given(st.text() | digits(16), births | st.none(), sexes | st.none())
@example("0" * 16, None, None)
@example("9" * 16, BORN, "P")
def test_no_text_at_all_makes_it_raise(text, born, sex):
    known = ["shape", "province", "date", "birth_date", "sex", "serial"]

    found = problems(nik.normalise(text), born, sex)

    assert found == [code for code in known if code in found]


@given(composed(), st.integers(6, 11), st.integers(1, 9))
def test_one_wrong_digit_in_the_date_is_caught(person, position, shift):
    number, born, sex = person
    wrong = str((int(number[position]) + shift) % 10)

    found = problems(number[:position] + wrong + number[position + 1 :], born, sex)

    assert set(found) & {"date", "birth_date", "sex"} == set(found) != set()


@given(composed(), births)
def test_another_birth_date_is_caught(person, other):
    number, born, sex = person
    assume((other.day, other.month, other.year % 100) != _digits_of(born))

    assert problems(number, other, sex) == ["birth_date"]


@given(composed())
def test_the_other_sex_is_caught(person):
    number, born, sex = person

    assert problems(number, born, "L" if sex == "P" else "P") == ["sex"]


def test_doubts_come_in_the_order_of_the_digits():
    assert problems("3301015505900000", date(1991, 5, 15), "L") == [
        "birth_date",
        "sex",
        "serial",
    ]


@pytest.mark.parametrize(
    ("six", "found"),
    [
        ("290200", []),  # 2000 was a leap year
        ("690200", []),
        ("290204", []),
        ("290201", ["date"]),
        ("690201", ["date"]),
        ("300204", ["date"]),
        ("310490", ["date"]),
        ("710190", []),
        ("000190", ["date"]),
        ("320190", ["date"]),
        ("400190", ["date"]),
        ("410190", []),
        ("720190", ["date"]),
        ("150090", ["date"]),
        ("151390", ["date"]),
    ],
)
def test_only_days_of_the_calendar_are_dates(six, found):
    assert problems(f"330101{six}0001") == found


@pytest.mark.parametrize("year", [1926, 2026])
def test_two_digits_of_the_year_fit_every_century(year):
    assert problems("3301011505260001", date(year, 5, 15), "L") == []


def test_what_was_not_given_is_not_compared():
    assert problems(WOMAN) == []


def test_an_impossible_date_is_not_compared():
    assert problems("3301013202900001", BORN, "P") == ["date"]


def test_the_number_is_shown_in_fours():
    assert nik.grouped(MAN) == "3301 0115 0590 0001"


def test_the_mask_hides_the_birthday_and_most_of_the_serial():
    assert nik.masked("3301011505900123") == "3301 •••• •••• ••23"


def test_the_front_is_the_regency():
    assert nik.regency_code(MAN) == "3301"


def test_a_woman_has_forty_added_to_her_day():
    assert nik.compose("3301", "01", BORN, "P", 1) == WOMAN


def _digits_of(day):
    return day.day, day.month, day.year % 100


@pytest.mark.parametrize("province", ["00", "09", "10", "20", "55", "97", "99"])
def test_a_province_that_never_was_bars_a_number(province):
    assert nik.bars(province + MAN[2:]) == "province"


@pytest.mark.parametrize("province", ["11", "54", "65", "91", "96"])
def test_a_province_that_is_or_was_does_not(province):
    assert nik.bars(province + MAN[2:]) is None
