from datetime import date

import pytest

from applicants.forms import IdentityForm
from applicants.forms.identity import CHECK_THEN_TICK, NikField
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
        "as_printed": False,
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
        ({"nik": "330101570599000"}, NikField.BARRED["shape"]),
        ({"nik": "33010157059900011"}, NikField.BARRED["shape"]),
        ({"nik": "33O1015705990001"}, NikField.BARRED["shape"]),
        ({"nik": "9901015705990001"}, NikField.BARRED["province"]),
    ],
)
def test_what_is_wrong_with_a_nik_is_its_own_sentence(answers, sentence):
    assert told(identity(**answers)) == {"nik": [str(sentence)]}


# A number that disagrees with its owner --------------------------------------------

MAN_OF_A_WOMANS_NUMBER = {
    "nik": "3602041211870001",
    "birth_date_day": "21",
    "birth_date_month": "11",
    "birth_date_year": "1987",
    "sex": "L",
}
DOUBTFUL = [
    # (answers, what is asked about): registry errors, days corrected by a court, and
    # birthdays that nobody knew.
    (MAN_OF_A_WOMANS_NUMBER, ["birth_date"]),
    ({"nik": "3301011705990001"}, ["sex"]),
    ({"sex": "L"}, ["sex"]),
    ({"nik": "3301017112990001"}, ["birth_date"]),
    ({"nik": "3301014107990001"}, ["birth_date"]),
    ({"birth_date_year": "1998"}, ["birth_date"]),
    ({"nik": "3301013213990001"}, ["date"]),
    ({"nik": "3301010000000001"}, ["date"]),
    ({"nik": "3301017502990001"}, ["date"]),
    ({"nik": "3301015705990000"}, ["serial"]),
    ({"nik": "3301011806990000", "sex": "P"}, ["birth_date", "sex", "serial"]),
]


def sent_again(form, **answers):
    """The form as its page sends it: with what it shows and carries along."""
    assert form.errors
    fields = {field.html_name: field.value() or "" for field in form}
    shown = {**form.data.dict(), "confirms": fields["confirms"], **answers}
    return IdentityForm(shown)


@pytest.mark.parametrize(("answers", "doubts"), DOUBTFUL)
def test_what_a_number_seems_to_say_is_asked_once_and_taken(answers, doubts):
    form = identity(**answers)
    assert told(form) == {"as_printed": [str(NikField.DOUBTS[code]) for code in doubts]}
    assert form.only_asks
    assert form["as_printed"].help_text == CHECK_THEN_TICK
    assert not form["as_printed"].is_hidden
    assert form.data["confirms"] not in (form.data["nik"], "")

    unticked = sent_again(form)
    assert list(unticked.errors) == ["as_printed"]

    ticked = sent_again(form, as_printed="on")
    assert ticked.errors == {}
    assert ticked.cleaned_data["nik"] == form.data["nik"]
    assert ticked.cleaned_data["as_printed"] is True
    assert "confirms" not in ticked.cleaned_data


def test_without_a_doubt_nothing_is_asked_or_shown():
    assert IdentityForm()["as_printed"].is_hidden
    assert identity()["as_printed"].is_hidden


@pytest.mark.parametrize(
    "changed",
    [
        {"nik": "3602041211870002"},
        {"birth_date_day": "22"},
        {"sex": "P"},
    ],
)
def test_another_answer_is_asked_about_anew(changed):
    form = identity(**MAN_OF_A_WOMANS_NUMBER)

    again = sent_again(form, as_printed="on", **changed)

    assert list(again.errors) == ["as_printed"]
    assert not again.data.get("as_printed")


def test_a_tick_of_somebodys_own_making_confirms_nothing():
    form = identity(**MAN_OF_A_WOMANS_NUMBER, as_printed="on", confirms="x" * 32)

    assert list(form.errors) == ["as_printed"]


def test_a_tick_outlives_a_mistake_elsewhere():
    form = sent_again(identity(**MAN_OF_A_WOMANS_NUMBER), as_printed="on", name="")
    assert list(form.errors) == ["name"]
    assert form["as_printed"].is_hidden

    fields = {field.html_name: field.value() for field in form}
    assert sent_again(form, as_printed=fields["as_printed"], name="Siti").is_valid()


def test_what_a_record_says_already_is_not_asked_again():
    kept = {
        "nik": "3602 0412 1187 0001",
        "birth_date": date(1987, 11, 21),
        "sex": "L",
    }
    answers = {**IDENTITY, **MAN_OF_A_WOMANS_NUMBER, "name": "Nama Baru"}

    assert IdentityForm(answers, initial=kept).is_valid()
    assert not IdentityForm({**answers, "sex": "P"}, initial=kept).is_valid()


def test_judged_twice_it_says_the_same():
    form = sent_again(identity(**MAN_OF_A_WOMANS_NUMBER), as_printed="on")
    form.full_clean()

    assert form.errors == {}


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
        "'Ufairah",
        "‘Aisyah",
        "ʻUmar",
        "Contoh 3rd",
        "Contoh Ali 2",
        "Contoh (alias Ali)",
    ],
)
def test_a_name_is_taken_as_it_is(name):
    form = identity(name=name)

    assert form.is_valid()
    assert form.cleaned_data["name"] == name


@pytest.mark.parametrize(
    "name",
    [
        "2Siti",
        "123",
        "'",
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
        "name": ["Write the name in letters, as it is on your KTP."]
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
        "Zet" + "\u0336" * 9,
        "Budi\nSantoso\x07",
        "Siti 😀",
    ],
)
def test_a_name_that_the_card_cannot_print_is_refused(name):
    form = IdentityForm({"name": name})

    assert "name" in form.errors
