import pytest

from applicants import codes
from applicants.forms import (
    EducationForm,
    ExperienceForm,
    LanguageForm,
    TrainingForm,
)
from applicants.models import Education, Experience, Language, Training
from tests import factories
from tests.applicants.forms.told import told

pytestmark = pytest.mark.django_db


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
