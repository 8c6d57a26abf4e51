import pytest
from django.forms.models import model_to_dict

from services.office import forms_settings
from services.office.models import Office
from tests import factories

pytestmark = pytest.mark.django_db

FORMS = (
    forms_settings.LetterheadForm,
    forms_settings.CardForm,
    forms_settings.NumberForm,
    forms_settings.RequirementsForm,
    forms_settings.PromiseForm,
    forms_settings.AfterCardForm,
    forms_settings.WorkingForm,
)


def form_with(**answers):
    """The form of the concern that the answers belong to, else as it stands."""
    office = factories.office()
    (form,) = [one for one in FORMS if set(answers) <= set(one.Meta.fields)]
    return form({**model_to_dict(office, form.Meta.fields), **answers}, instance=office)


def wrong(form) -> list[str]:
    return list(form.errors)


@pytest.mark.parametrize("form", FORMS)
def test_the_settings_as_they_stand_are_sound(form):
    office = factories.office()

    assert form(model_to_dict(office, form.Meta.fields), instance=office).is_valid()


def test_every_column_of_an_office_is_asked_for_once_or_is_fixed():
    asked = [name for form in FORMS for name in form.Meta.fields]
    columns = {field.name for field in Office._meta.fields}

    assert sorted(asked) == sorted(columns - {"id", "region_code", "logo"})


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"layout": "B", "paper": "330x120"}, ["paper"]),
        ({"layout": "B", "paper": "A4"}, []),
        ({"layout": "A", "paper": "A4"}, []),
        ({"layout": "C"}, ["layout"]),
        ({"signer_name": ""}, ["signer_name"]),
        ({"number_pattern": "{urut:6}"}, ["number_pattern"]),
        ({"number_pattern": "{nomor}{yy}"}, ["number_pattern"]),
        ({"promise_days": 0}, ["promise_days"]),
        ({"promise_days": 31}, ["promise_days"]),
        ({"promise_unit": "hours"}, ["promise_unit"]),
        ({"promise_minutes": 4}, ["promise_minutes"]),
        ({"minimum_age": 14}, ["minimum_age"]),
        ({"minimum_age": 26}, ["minimum_age"]),
        ({"required_papers": ["kk", "ktp"]}, ["required_papers"]),
        ({"required_papers": []}, []),
        ({"time_zone": "Europe/Paris"}, ["time_zone"]),
        ({"email": "dinas di contoh"}, ["email"]),
        ({"name": ""}, ["name"]),
        ({"lapse_days": 6}, ["lapse_days"]),
        ({"lapse_days": ""}, []),
    ],
)
def test_a_setting_that_cannot_be_is_told_at_its_field(answers, fields):
    assert wrong(form_with(**answers)) == fields


def test_the_papers_are_kept_in_one_order():
    form = form_with(required_papers=["pengalaman", "kk"])

    assert form.is_valid()
    assert form.cleaned_data["required_papers"] == ["kk", "pengalaman"]
