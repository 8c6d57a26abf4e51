import pytest

from applicants.forms import GeneralForm, WishesForm
from applicants.models import Applicant
from tests.applicants.forms.told import told

# General information --------------------------------------------------------------


GENERAL = {
    "phone": "0812 3456 7890",
    "marital_status": "1",
    "is_employed": "no",
    "height_cm": "160",
    "weight_kg": "55",
    "religion": "",
    "disability": "",
}


def general(**answers) -> GeneralForm:
    return GeneralForm({**GENERAL, **answers}, instance=Applicant())


def test_general_answers_are_cleaned_to_what_is_kept():
    form = general()

    assert form.is_valid()
    assert form.cleaned_data == {
        "phone": "+6281234567890",
        "marital_status": "1",
        "is_employed": False,
        "height_cm": 160,
        "weight_kg": 55,
        "religion": "",
        "disability": "",
        "disability_consent": False,
    }


def test_who_works_now_may_say_so():
    form = general(is_employed="yes")

    assert form.is_valid()
    assert form.cleaned_data["is_employed"] is True


def test_only_three_general_answers_are_needed():
    needed = {key: GENERAL[key] for key in ("phone", "marital_status", "is_employed")}

    assert GeneralForm(needed, instance=Applicant()).errors == {}
    assert told(GeneralForm({}, instance=Applicant())) == {
        "phone": ["Enter a telephone number, for example 0812 3456 7890."],
        "marital_status": ["Choose your marital status."],
        "is_employed": ["Say whether you are working now."],
    }


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("phone", "12"),
        ("phone", "0800-AK-SATU"),
        ("marital_status", "9"),
        ("is_employed", "maybe"),
        ("height_cm", "1,60"),
        ("height_cm", "59"),
        ("height_cm", "251"),
        ("height_cm", "9" * 30),
        ("weight_kg", "-5"),
        ("weight_kg", "301"),
        ("religion", "99"),
        ("disability", "unheard"),
    ],
)
def test_a_general_answer_that_cannot_be_is_told_at_its_field(field, typed):
    assert list(general(**{field: typed}).errors) == [field]


def test_a_disability_needs_the_consent():
    assert told(general(disability="netra")) == {
        "disability_consent": [
            "Tick this box, or choose “None, or I would rather not say”."
        ]
    }
    assert general(disability="netra", disability_consent="on").is_valid()


def test_the_consent_wording_is_the_sentence_beside_the_box():
    assert general().consent_wording == str(general()["disability_consent"].label)


@pytest.mark.parametrize(
    ("employed", "shown"), [(True, "yes"), (False, "no"), (None, None)]
)
def test_an_answer_of_before_is_shown_again(employed, shown):
    form = GeneralForm(instance=Applicant(is_employed=employed, disability="netra"))

    assert form["is_employed"].value() == shown
    assert form["disability_consent"].value() is True


# Wishes --------------------------------------------------------------------------


def wishes(**answers) -> WishesForm:
    sound = {"wanted_job": "Operator jahit", "wanted_places": ["AKL", "AKAN"]}
    return WishesForm({**sound, **answers}, instance=Applicant())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2500000", 2_500_000),
        ("2.500.000", 2_500_000),
        ("Rp 2.500.000,00", 2_500_000),
        ("rp2.500.000,-", 2_500_000),
        (" 3000000 ", 3_000_000),
        ("", None),
    ],
)
def test_a_wage_is_read_as_people_write_it(typed, kept):
    form = wishes(wanted_wage=typed)

    assert form.is_valid()
    assert form.cleaned_data["wanted_wage"] == kept


@pytest.mark.parametrize(
    "typed",
    ["2,5 dollar", "2.50.000", "-1", "99999", "500000001", "9" * 24, "2500000 USD"],
)
def test_a_wage_that_cannot_be_is_told(typed):
    assert list(wishes(wanted_wage=typed).errors) == ["wanted_wage"]


def test_a_wish_has_a_job_and_a_place():
    form = WishesForm({}, instance=Applicant())

    assert told(form) == {
        "wanted_job": ["Say which job you want."],
        "wanted_places": ["Choose at least one."],
    }
    assert list(wishes(wanted_places=["MARS"]).errors) == ["wanted_places"]


@pytest.mark.parametrize(
    ("code", "sound"), [("", True), ("52", True), ("5", False), ("77", False)]
)
def test_a_job_group_is_one_of_the_list(code, sound):
    assert wishes(wanted_job_group=code).is_valid() is sound
