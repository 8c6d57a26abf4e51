import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict

from services.office.forms import LogoForm, NewOfficerForm, OfficeForm, OfficerForm
from services.office.models import Office, Officer
from tests import factories

pytestmark = pytest.mark.django_db


def office_form(**answers) -> OfficeForm:
    office = factories.office()
    standing = model_to_dict(office, OfficeForm.Meta.fields)
    return OfficeForm({**standing, **answers}, instance=office)


def wrong(form) -> dict:
    return {
        field: [error.code for error in errors]
        for field, errors in form.errors.as_data().items()
    }


def test_the_settings_as_they_stand_are_sound():
    assert wrong(office_form()) == {}


def test_every_setting_stands_in_one_group():
    shown = [
        field.name for _title, fields in office_form().groups() for field in fields
    ]

    assert sorted(shown) == sorted(OfficeForm.Meta.fields)


def test_every_column_of_an_office_is_a_setting_or_is_fixed():
    columns = {field.name for field in Office._meta.fields}

    assert columns - set(OfficeForm.Meta.fields) == {"id", "region_code", "logo"}


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"layout": "B", "paper": "330x120"}, ["paper"]),
        ({"layout": "B", "paper": "A4"}, []),
        ({"layout": "A", "paper": "A4"}, []),
        ({"layout": "C"}, ["layout"]),
        ({"number_pattern": "{urut:6}"}, ["number_pattern"]),
        ({"number_pattern": "{nomor}{yy}"}, ["number_pattern"]),
        ({"promise_days": 0}, ["promise_days"]),
        ({"promise_days": 31}, ["promise_days"]),
        ({"minimum_age": 14}, ["minimum_age"]),
        ({"minimum_age": 26}, ["minimum_age"]),
        ({"time_zone": "Europe/Paris"}, ["time_zone"]),
        ({"email": "dinas di contoh"}, ["email"]),
        ({"name": ""}, ["name"]),
        ({"signer_name": ""}, ["signer_name"]),
    ],
)
def test_a_setting_that_cannot_be_is_told_at_its_field(answers, fields):
    assert list(wrong(office_form(**answers))) == fields


def test_a_logo_comes_out_as_a_clean_png():
    file = SimpleUploadedFile("logo.jpg", factories.picture(900, 600))

    form = LogoForm({}, {"logo": file})

    assert form.is_valid()
    assert form.cleaned_data["logo"].startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "missing"),
        (b"", "empty"),
        (b"%PDF-1.7", "type_photo"),
        (b"x", "type_photo"),
    ],
)
def test_a_logo_that_is_none_is_told_why(data, code):
    files = {} if data is None else {"logo": SimpleUploadedFile("logo.png", data)}

    assert wrong(LogoForm({}, files)) == {"logo": [code]}


def test_a_new_officer_needs_address_name_and_role():
    assert wrong(NewOfficerForm({})) == {
        "email": ["required"],
        "name": ["required"],
        "role": ["required"],
    }
    sound = {"email": "budi@contoh.test", "name": "Budi", "role": "officer"}
    assert NewOfficerForm(sound).is_valid()
    assert wrong(NewOfficerForm({**sound, "role": "king"})) == {
        "role": ["invalid_choice"]
    }


def test_the_form_of_an_officer_gives_nobody_another_office():
    assert OfficerForm.Meta.fields == ["name", "nip", "role", "is_active"]
    assert wrong(OfficerForm({"name": "", "role": "x"}, instance=Officer())) == {
        "name": ["required"],
        "role": ["invalid_choice"],
    }
