from datetime import date

import pytest

from applicants import nik
from applicants.forms import IdentityForm
from applicants.forms.identity import NikField
from tests.applicants.forms.told import told

pytestmark = pytest.mark.django_db

WOMAN = "3301015705990001"
IDENTITY = {
    "nik": WOMAN,
    "name": "Siti Contoh",
    "birth_place": "Cilacap",
    "birth_date_day": "17",
    "birth_date_month": "5",
    "birth_date_year": "1999",
    "sex": "P",
}


def identity(**answers) -> IdentityForm:
    return IdentityForm({**IDENTITY, **answers})


def test_an_identity_is_cleaned_to_what_is_kept():
    assert identity().is_valid()
    assert identity().errors == {}
    form = identity(name="  Siti   Contoh ")
    form.is_valid()
    assert form.cleaned_data == {
        "nik": WOMAN,
        "name": "Siti Contoh",
        "birth_place": "Cilacap",
        "birth_date": date(1999, 5, 17),
        "sex": "P",
    }


@pytest.mark.parametrize(
    "typed",
    [
        "3301 0157 0599 0001",
        "3301-0157-0599-0001",
        " 330101.570599.0001 ",
        "3301 0157–0599–0001",
    ],
)
def test_a_nik_may_be_written_in_groups(typed):
    form = identity(nik=typed)

    assert form.is_valid()
    assert form.cleaned_data["nik"] == WOMAN


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"nik": ""}, "Enter your NIK: 16 digits."),
        ({"nik": "330101570599000"}, NikField.MESSAGES["shape"]),
        ({"nik": "33010157059900011"}, NikField.MESSAGES["shape"]),
        ({"nik": "33O1015705990001"}, NikField.MESSAGES["shape"]),
        ({"nik": "9901015705990001"}, NikField.MESSAGES["province"]),
        ({"nik": "3301013213990001"}, NikField.MESSAGES["date"]),
        ({"nik": "3301015705990000"}, NikField.MESSAGES["serial"]),
        ({"birth_date_year": "1998"}, NikField.MESSAGES["birth_date"]),
        ({"birth_date_day": "18"}, NikField.MESSAGES["birth_date"]),
        ({"sex": "L"}, NikField.MESSAGES["sex"]),
        ({"nik": "3301011705990001"}, NikField.MESSAGES["sex"]),
    ],
)
def test_what_is_wrong_with_a_nik_is_its_own_sentence(answers, sentence):
    assert told(identity(**answers)) == {"nik": [str(sentence)]}


def test_every_problem_of_a_nik_has_a_sentence():
    found = nik.problems("9901015705990000", birth_date=date(1990, 1, 1), sex="L")
    found += nik.problems("1", birth_date=None, sex=None)
    found += nik.problems("3301013213990001", birth_date=None, sex=None)

    assert set(found) == set(NikField.MESSAGES)
    assert len({str(text) for text in NikField.MESSAGES.values()}) == 6


def test_a_nik_is_not_compared_with_a_date_that_is_none():
    assert told(identity(birth_date_month="13")) == {
        "birth_date": ["Enter a real date, for example 17 8 2001."]
    }


@pytest.mark.parametrize(
    "name",
    [
        "Suharto",
        "O'Neil",
        "O’Neil",
        "Ni Luh",
        "I Gusti Ngurah Rai",
        "Dr. Hj. Siti Contoh, S.Pd.",
        "Anne-Marie",
        "Müller",
        "Nur'aini",
        "Y",
    ],
)
def test_a_name_is_taken_as_it_is(name):
    form = identity(name=name)

    assert form.is_valid()
    assert form.cleaned_data["name"] == name


@pytest.mark.parametrize(
    "name",
    [
        "Siti 2",
        "2Siti",
        "Siti_Contoh",
        "<b>Siti</b>",
        "siti@contoh.test",
        "{{ siti }}",
        "=HYPERLINK(1)",
        "-Siti",
        "Siti/Contoh",
        "Siti\\Contoh",
        "Siti|Contoh",
        ".",
    ],
)
def test_what_is_no_name_is_refused(name):
    assert told(identity(name=name)) == {
        "name": ["A name has letters only, as on your KTP."]
    }


@pytest.mark.parametrize("name", ["", "   "])
def test_a_name_is_needed(name):
    assert told(identity(name=name)) == {"name": ["Enter your name."]}


def test_a_name_that_the_column_cannot_hold_is_refused():
    assert list(identity(name="S" * 101).errors) == ["name"]
    assert identity(name="S" * 100).is_valid()


def test_a_nul_byte_is_an_answer_that_is_refused():
    assert list(identity(birth_place="Cila\x00cap").errors) == ["birth_place"]


@pytest.mark.parametrize(
    ("year", "sentence"),
    [("2999", "This date has not come yet."), ("1899", "Check the year of birth.")],
)
def test_a_birth_date_lies_in_a_lifetime(year, sentence):
    assert told(identity(birth_date_year=year)) == {"birth_date": [sentence]}


def test_every_answer_about_the_identity_is_asked_for():
    assert told(IdentityForm({})) == {
        "nik": ["Enter your NIK: 16 digits."],
        "name": ["Enter your name."],
        "birth_place": ["Enter the place where you were born."],
        "birth_date": ["Enter the date, for example 17 8 2001."],
        "sex": ["Choose male or female."],
    }


@pytest.mark.parametrize(
    "name",
    [
        "李小龙",
        "محمد",
        "Budi\u202eidarG",
        "Zet" + "\u0336" * 9,
        "Budi\nSantoso\x07",
        "Siti 😀",
    ],
)
def test_a_name_that_the_card_cannot_print_is_refused(name):
    form = IdentityForm({"name": name})

    assert "name" in form.errors
