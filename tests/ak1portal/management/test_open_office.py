"""The first command of a new installation."""

import pytest
from django.core.management import CommandError, call_command

from applicants.models import Region, User
from services.office.models import Office, Officer, Role
from tests import factories

pytestmark = pytest.mark.django_db

ANSWERS = {
    "region": "3301",
    "government": "PEMERINTAH KABUPATEN CONTOH",
    "name": "DINAS KETENAGAKERJAAN",
    "address": "Jl. Contoh No. 1",
    "city": "Contoh",
    "signer": "Sri Contoh, S.Sos.",
    "admin_email": "Kepala@contoh.test",
    "admin_name": "Kepala Contoh",
}


def open_office(**answers):
    call_command("open_office", **{**ANSWERS, **answers})


def test_an_office_opens_with_its_administrator(capsys):
    open_office()

    office, officer = Office.objects.get(), Officer.objects.get()
    assert (office.region_code, office.name) == ("3301", ANSWERS["name"])
    assert office.signer_name == "Sri Contoh, S.Sos."
    assert (officer.office, officer.role, officer.name) == (
        office,
        Role.ADMINISTRATOR,
        "Kepala Contoh",
    )
    assert officer.user.email == "kepala@contoh.test"
    assert not officer.user.has_usable_password()
    assert "DINAS KETENAGAKERJAAN is open" in capsys.readouterr().out


def test_a_new_office_takes_applications():
    open_office()

    application = factories.application("submitted", at=Office.objects.get())

    assert application.receipt


def test_the_same_office_opens_once():
    open_office()

    with pytest.raises(CommandError, match="Sudah ada kantor untuk 3301"):
        open_office(admin_email="lain@contoh.test")

    assert Office.objects.count() == Officer.objects.count() == 1


def test_an_address_that_has_an_account_opens_no_office():
    factories.user("kepala@contoh.test")

    with pytest.raises(CommandError):
        open_office()

    assert not Office.objects.exists()
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "region", ["33", "33.01", "abcd", "330101", "", "9999", "3399", "330101200"]
)
def test_a_region_that_is_none_opens_no_office(region):
    with pytest.raises(CommandError, match="Tidak ada kabupaten atau kota"):
        open_office(region=region)

    assert not Office.objects.exists()


def test_an_address_that_is_none_opens_no_office():
    with pytest.raises(CommandError):
        open_office(admin_email="kepala di contoh")

    assert not Office.objects.exists()
    assert not User.objects.exists()


def test_before_the_regions_are_there_it_says_what_to_run():
    Region.objects.all().delete()

    with pytest.raises(CommandError, match="run load_reference first"):
        open_office()


@pytest.mark.parametrize("answer", ["signer", "name", "city", "admin_name"])
def test_an_empty_answer_opens_no_office(answer):
    with pytest.raises(CommandError, match=r"No office was opened\. \w+"):
        open_office(**{answer: " " if answer == "admin_name" else ""})

    assert not Office.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["region", "signer", "admin_email"])
def test_every_answer_is_needed(name):
    answers = {key: value for key, value in ANSWERS.items() if key != name}

    with pytest.raises(CommandError, match=name.replace("_", "-")):
        call_command("open_office", **answers)
