import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.office.forms import LogoForm, NewOfficerForm, OfficerForm
from services.office.models import Officer
from tests import factories

pytestmark = pytest.mark.django_db


def wrong(form) -> dict:
    return {
        field: [error.code for error in errors]
        for field, errors in form.errors.as_data().items()
    }


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
