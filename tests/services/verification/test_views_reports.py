import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from services.verification.models import ForgeryReport
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db

TOLD = {
    "seen": "3301 999999 010126",
    "where": "Gerbang pabrik contoh",
    "seen_on_day": "20",
    "seen_on_month": "11",
    "seen_on_year": "2026",
    "wrong": "Foto ditempel ulang.",
}
PATH = "/periksa/lapor/"


def send(client=None, **answers):
    data = {"key": str(uuid.uuid4()), **TOLD, **answers}
    return (client or Client()).post(PATH, data)


def errors(response) -> dict:
    return {
        name: list(found) for name, found in response.context["form"].errors.items()
    }


def test_somebody_without_an_account_reports_and_reads_a_reference():
    office = factories.office()

    page = Person().opens(PATH + "?kode=ABC")
    page.presses(_("Send the report"), **TOLD)

    report = ForgeryReport.objects.get()
    assert page.path == reverse("verification:reported", args=[report.token])
    page.sees(report.reference, office.name).misses(TOLD["wrong"], TOLD["seen"])
    assert report.told == {
        "seen": TOLD["seen"],
        "where": TOLD["where"],
        "seen_on": "2026-11-20",
        "wrong": TOLD["wrong"],
    }


def test_the_code_that_was_checked_is_filled_in(client):
    html = client.get(PATH, {"kode": "ABCDEF"}).content.decode()

    assert 'value="ABCDEF"' in html


def test_nothing_that_was_told_is_readable_in_the_database():
    factories.office()
    send(name="Rina Contohwati", phone="0812 3456 7890", email="rina@contoh.test")

    report = ForgeryReport.objects.get()

    assert report.told["name"] == "Rina Contohwati"
    assert report.told["phone"] == "+6281234567890"
    assert report.told["email"] == "rina@contoh.test"
    for secret in (b"Rina", b"rina@", b"34567890", b"Gerbang", b"999999"):
        assert secret not in bytes(report.told_sealed)


def test_the_office_is_found_from_the_code():
    factories.office("3372")
    card = factories.card()

    for seen in (card.code, card.token, card.number, f"x/{card.code}/"):
        assert send(seen=seen).status_code == 302

    reports = ForgeryReport.objects.all()
    assert {(r.office, r.card) for r in reports} == {(card.office, card)}


def test_nobody_is_asked_for_an_office_that_the_code_names(client):
    card = factories.card()
    factories.office("3372")

    with_code = client.get(PATH, {"kode": card.code}).content.decode()
    without = client.get(PATH).content.decode()

    assert 'name="office"' not in with_code
    assert 'name="office"' in without


def test_without_a_code_of_ours_the_reporter_picks_the_office():
    factories.office()
    other = factories.office("3372")

    asked = send()
    strange = send(office="0")
    picked = send(office=str(other.pk))

    assert list(errors(strange)) == ["office"]
    assert asked.status_code == 422
    assert list(errors(asked)) == ["office"]
    assert picked.status_code == 302
    assert ForgeryReport.objects.get().office == other


def test_the_only_office_need_not_be_picked():
    office = factories.office()

    send()

    assert ForgeryReport.objects.get().office == office


def test_the_second_click_is_no_second_report():
    factories.office()
    key = str(uuid.uuid4())

    first, second = send(key=key), send(key=key)

    assert first.url == second.url
    assert ForgeryReport.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("seen", {"seen": ""}),
        ("where", {"where": " "}),
        ("wrong", {"wrong": ""}),
        ("seen_on", {"seen_on_day": ""}),
        ("seen_on", {"seen_on_year": "2199"}),
        ("phone", {"phone": "12"}),
        ("email", {"email": "bukan email"}),
        ("key", {"key": "x"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(field, wrong):
    factories.office()

    response = send(**wrong)

    assert response.status_code == 422
    assert list(errors(response)) == [field]
    if field != "seen":
        assert TOLD["seen"] in response.content.decode()
    assert not ForgeryReport.objects.exists()


def test_a_photo_is_drawn_anew_and_kept_sealed(settings):
    factories.office()
    sent = factories.picture(900, 600)

    send(photo=SimpleUploadedFile("kartu.jpg", sent, "image/jpeg"))

    report = ForgeryReport.objects.get()
    assert report.read_photo().startswith(b"\xff\xd8\xff")
    assert report.read_photo() != sent
    (file,) = (settings.VAR_DIR / "files" / "reports").iterdir()
    assert b"\xff\xd8\xff" not in file.read_bytes()[:40]


def test_a_file_that_is_no_picture_is_refused_beside_its_field():
    factories.office()

    response = send(photo=SimpleUploadedFile("kartu.jpg", b"MZ\x90" * 50))

    assert response.status_code == 422
    assert list(errors(response)) == ["photo"]


def test_a_photo_is_not_opened_while_something_else_is_wrong(monkeypatch):
    """The decoder is a process: nobody starts it with an empty form."""
    factories.office()
    monkeypatch.setattr(
        "applicants.uploads._decode", lambda *_: pytest.fail("it was opened")
    )
    photo = SimpleUploadedFile("kartu.jpg", factories.picture(900, 600))

    assert list(errors(send(photo=photo, where=""))) == ["where"]


def test_reports_are_throttled_by_address_and_reading_the_form_is_not():
    factories.office()
    client = Client()
    assert [client.get(PATH).status_code for _ in range(20)] == [200] * 20

    codes = [send(client).status_code for _ in range(11)]

    assert codes == [302] * 10 + [429]


def test_an_unknown_reference_page_is_not_found(client):
    path = reverse("verification:reported", args=["0" * 26])

    assert client.get(path).status_code == 404
