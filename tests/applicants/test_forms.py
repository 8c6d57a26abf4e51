"""What people type, and what each mistake is told. Sentences are read in English."""

from datetime import date

import pytest
from django.utils import translation

from applicants import codes, nik
from applicants.forms import (
    AddressForm,
    CropForm,
    EducationForm,
    ExperienceForm,
    GeneralForm,
    IdentityForm,
    LanguageForm,
    NikField,
    TrainingForm,
    UploadForm,
    WishesForm,
)
from applicants.models import (
    Applicant,
    Education,
    Experience,
    Language,
    Region,
    Training,
)
from applicants.uploads import UploadProblem
from tests import factories

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


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def told(form) -> dict:
    """The sentences of a form, by field."""
    return {name: list(sentences) for name, sentences in form.errors.items()}


def identity(**answers) -> IdentityForm:
    return IdentityForm({**IDENTITY, **answers})


# Who somebody is ------------------------------------------------------------------


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


# Address --------------------------------------------------------------------------


ADDRESS = {
    "street": "Jl. Melati No. 3",
    "rt": "001",
    "rw": "2",
    "province": "33",
    "regency": "3301",
    "district": "330101",
    "village": factories.CILACAP_VILLAGE,
    "postal_code": "53263",
}


def address(**answers) -> AddressForm:
    return AddressForm({**ADDRESS, **answers})


def test_an_address_keeps_the_village_and_no_other_level():
    form = address()

    assert form.is_valid()
    assert form.cleaned_data == {
        "street": "Jl. Melati No. 3",
        "rt": "001",
        "rw": "2",
        "village": Region.objects.get(pk=factories.CILACAP_VILLAGE),
        "postal_code": "53263",
    }


def test_rt_rw_and_postal_code_may_be_left_out():
    assert address(rt="", rw="", postal_code="").is_valid()


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"village": ""}, {"village": ["Choose your village."]}),
        ({"village": "3372012001"}, {"village": ["Choose your village."]}),
        ({"village": "x"}, {"village": ["Choose your village."]}),
        (
            {"district": "330102"},
            {"village": ["Choose your village."]},
        ),
        (
            {"district": "337201"},
            {
                "district": ["Choose your district."],
                "village": ["Choose your village."],
            },
        ),
        (
            {"regency": "3201"},
            {
                "regency": ["Choose your regency or city."],
                "district": ["Choose your district."],
                "village": ["Choose your village."],
            },
        ),
        (
            {"province": "3301"},
            {
                "province": ["Choose your province."],
                "regency": ["Choose your regency or city."],
                "district": ["Choose your district."],
                "village": ["Choose your village."],
            },
        ),
        ({"street": ""}, {"street": ["Give your street or hamlet."]}),
        ({"rt": "1a"}, {"rt": ["Up to three digits."]}),
        (
            {"rw": "٣"},
            {
                "rw": [
                    "Up to three digits.",
                    "Write this on one line, with Latin letters, digits and signs.",
                ]
            },
        ),
        ({"postal_code": "5326"}, {"postal_code": ["Five digits."]}),
    ],
)
def test_an_address_outside_its_chain_is_refused_level_by_level(answers, errors):
    assert told(address(**answers)) == errors


def test_each_list_offers_what_lies_in_the_choice_above():
    form = AddressForm(initial={"province": "33", "regency": "3301"})

    offered = {
        level: form.fields[level].queryset.count() for level in AddressForm.LEVELS
    }

    assert offered["province"] == 38
    assert offered["regency"] == 35
    assert offered["district"] > 0
    assert offered["village"] == 0
    assert all(
        region.pk.startswith("3301") for region in form.fields["district"].queryset
    )


def test_an_address_of_before_is_shown_again():
    person = factories.applicant()

    assert AddressForm.answers(person) == {
        "street": "Jl. Melati No. 3",
        "rt": "001",
        "rw": "002",
        "postal_code": "",
        "province": "33",
        "regency": "3301",
        "district": "330101",
        "village": factories.CILACAP_VILLAGE,
    }
    assert "province" not in AddressForm.answers(factories.bare_applicant())


# Lists ----------------------------------------------------------------------------


def entry(form, model, **answers):
    """A form of somebody who was born on 17 May 1999."""
    return form(answers, instance=model(applicant=factories.bare_applicant()))


def education(**answers):
    sound = {"level": "sma", "school": "SMA Contoh", "graduated_year": "2017"}
    return entry(EducationForm, Education, **{**sound, **answers})


def training(**answers):
    return entry(TrainingForm, Training, **{"name": "Menjahit", **answers})


def experience(**answers):
    sound = {"position": "Kasir", "employer": "Toko", "started_year": "2018"}
    return entry(ExperienceForm, Experience, **{**sound, **answers})


def test_sound_entries_are_taken():
    forms = [
        education(entered_year="2014", major="IPA", grade="8,5"),
        training(year="2018"),
        experience(ended_year="2018"),
        experience(),
    ]

    assert [form.errors for form in forms] == [{}] * 4


@pytest.mark.parametrize(
    ("asked", "answers", "errors"),
    [
        (
            education,
            {"entered_year": "2018"},
            {"graduated_year": ["This year is before the year you started."]},
        ),
        (
            experience,
            {"ended_year": "2017"},
            {"ended_year": ["This year is before the year you started."]},
        ),
        (
            education,
            {"graduated_year": "2002"},
            {"graduated_year": ["You were born in 1999: check this year."]},
        ),
        (
            training,
            {"year": "1998"},
            {"year": ["You were born in 1999: check this year."]},
        ),
        (
            experience,
            {"started_year": "2001"},
            {"started_year": ["You were born in 1999: check this year."]},
        ),
        (
            education,
            {"graduated_year": "2999"},
            {"graduated_year": ["Enter a year that is not in the future."]},
        ),
        (
            education,
            {"graduated_year": ""},
            {"graduated_year": ["Enter the year, for example 2019."]},
        ),
        (
            training,
            {"year": "17"},
            {"year": ["Write the year with four digits, for example 2019."]},
        ),
        (education, {"level": ""}, {"level": ["Choose the level."]}),
        (education, {"school": ""}, {"school": ["Enter the name of the school."]}),
        (training, {"name": ""}, {"name": ["Enter the skill or course."]}),
        (experience, {"position": ""}, {"position": ["Enter what you worked as."]}),
        (experience, {"employer": ""}, {"employer": ["Enter where you worked."]}),
    ],
)
def test_an_entry_that_cannot_be_is_told_at_its_field(asked, answers, errors):
    assert told(asked(**answers)) == errors


def test_the_first_school_year_is_the_fourth_birthday_at_the_earliest():
    assert education(graduated_year="2003").errors == {}


@pytest.mark.parametrize(
    ("level", "field", "sound"),
    [
        ("smk", "3100", True),
        ("smk", "", True),
        ("sma", "", True),
        ("d3", "5200", True),
        ("s1", "6500", True),
        ("s3", "7600", True),
        ("sma", "3100", False),
        ("smk", "5200", False),
        ("s1", "5200", False),
        ("s3", "6500", False),
    ],
)
def test_a_field_belongs_to_its_level(level, field, sound):
    errors = (
        {} if sound else {"field_code": ["This field does not belong to that level."]}
    )

    assert told(education(level=level, field_code=field)) == errors


def test_a_field_that_nobody_knows_is_refused():
    assert list(education(level="smk", field_code="9999").errors) == ["field_code"]


def test_every_field_of_every_level_is_offered_once():
    offered = [
        code
        for _label, group in education().fields["field_code"].choices
        if isinstance(group, list)
        for code, _text in group
    ]

    every = {
        code for level in codes.EducationLevel for code, _ in codes.fields_of(level)
    }
    assert sorted(offered) == sorted(every)


# Languages ------------------------------------------------------------------------


def language(person, *, instance=None, **answers):
    answers = {"name": "Inggris", "mastery": "dasar", **answers}
    return LanguageForm(answers, instance=instance or Language(applicant=person))


def test_a_language_of_the_list_is_kept_by_its_name():
    form = language(factories.bare_applicant())

    assert form.is_valid()
    assert form.instance.name == "Inggris"


def test_another_language_is_written_out():
    form = language(factories.bare_applicant(), name="Lainnya", other="Rusia")

    assert form.is_valid()
    assert form.instance.name == "Rusia"


def test_another_language_must_be_named():
    form = language(factories.bare_applicant(), name="Lainnya")

    assert told(form) == {"other": ["Write which language."]}


def test_a_language_is_written_once():
    person = factories.bare_applicant()
    factories.language(person, "Inggris")
    factories.language(person, "Rusia")

    twice = [
        language(person, name="Inggris"),
        language(person, name="Lainnya", other="Rusia"),
    ]

    for form in twice:
        assert [
            sentence for sentences in told(form).values() for sentence in sentences
        ] == ["This language is already in your list."]


def test_a_language_may_be_saved_again_as_it_is():
    person = factories.bare_applicant()
    kept = factories.language(person)

    assert language(person, instance=kept, mastery="mahir").is_valid()


def test_a_written_out_language_is_shown_as_one():
    kept = factories.language(factories.bare_applicant(), "Rusia")

    form = LanguageForm(instance=kept)

    assert (form["name"].value(), form["other"].value()) == ("Lainnya", "Rusia")


def test_a_language_needs_a_name_and_how_well():
    form = language(factories.bare_applicant(), name="", mastery="")

    assert told(form) == {
        "name": ["Choose the language."],
        "mastery": ["Say how well you know the language."],
    }


# Wishes, files, crop --------------------------------------------------------------


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
    ["2,5 juta", "2.50.000", "-1", "99999", "500000001", "9" * 24, "2500000 USD"],
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


def test_a_file_that_was_not_taken_says_why_in_its_own_words():
    def refuse(file):
        raise UploadProblem("missing")

    form = UploadForm({}, {}, clean_with=refuse, accept="image/png", longest_side=900)

    assert told(form) == {"file": ["Choose a file first."]}
    assert form.fields["file"].widget.attrs["accept"] == "image/png"
    assert form.fields["file"].widget.attrs["data-shrink"] == 900


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"zoom": "99"}, ["zoom"]),
        ({"zoom": "301"}, ["zoom"]),
        ({"x": "-1"}, ["x"]),
        ({"y": "101"}, ["y"]),
        ({"x": "a"}, ["x"]),
        ({}, []),
    ],
)
def test_sliders_stay_on_their_rails(answers, wrong):
    form = CropForm({"zoom": "100", "x": "0", "y": "100", **answers})

    assert list(form.errors) == wrong


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


def test_a_street_on_two_lines_is_refused():
    form = AddressForm({"street": "Jl. Melati\r\nNo. 3"})

    assert [e.code for e in form.errors.as_data()["street"]] == ["one_line"]
