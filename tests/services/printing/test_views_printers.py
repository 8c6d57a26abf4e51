"""The printers' pages: what is typed, and the calibration sheet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.printing.models import Printer
from tests import factories

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Printer loket 2",
    "paper": "330x120",
    "stock": "yellow",
    "flip": "short",
    "tray_note": "Baki belakang",
    "front_x": "0,0",
    "front_y": "0,0",
    "back_x": "0,0",
    "back_y": "0,0",
}


@pytest.fixture
def client():
    return factories.signed_in(factories.supervisor().user)


def add(client, **typed):
    return client.post(reverse("cards:add_printer"), {**TYPED, **typed})


def errors(response) -> dict:
    assert response.status_code == 422
    return dict(response.context["form"].errors.items())


def calibrate(client, printer, **typed):
    path = reverse("cards:calibrate", args=[printer.token])
    shown = client.get(path).context["form"]
    return client.post(
        path,
        {
            "printed_with": shown["printed_with"].value(),
            "front_x": "0",
            "front_y": "0",
            "back_x": "0",
            "back_y": "0",
            **typed,
        },
    )


def test_a_printer_is_added_and_then_calibrated(client):
    response = add(client, front_x="-1,3", back_y="0.9")

    printer = Printer.objects.get()
    assert response.url == reverse("cards:calibrate", args=[printer.token])
    assert (printer.name, printer.stock, printer.offsets) == (
        "Printer loket 2",
        "yellow",
        (-13, 0, 0, 9),
    )


@pytest.mark.parametrize(
    ("written", "tenths"),
    [("1,3", 13), ("-0.7", -7), ("−0,7", -7), ("+2", 20), ("10", 100), (" 0,4 mm", 4)],
)
def test_millimetres_are_read_as_people_write_them(client, written, tenths):
    add(client, front_x=written)

    assert Printer.objects.get().front_x == tenths


@pytest.mark.parametrize("written", ["satu", "1,35", "1;3", "0x1", "١", "--1"])
def test_what_are_no_millimetres_is_a_sentence_beside_the_field(client, written):
    response = add(client, front_x=written)

    assert list(errors(response)) == ["front_x"]
    assert f'value="{written}"' in response.content.decode()
    assert not Printer.objects.exists()


def test_an_offset_of_five_centimetres_is_a_sentence_beside_the_field(client):
    assert "10 mm" in errors(add(client, back_y="50"))["back_y"][0]


def test_nothing_is_lost_when_something_is_missing(client):
    response = add(client, name="")

    assert list(errors(response)) == ["name"]
    assert 'value="Baki belakang"' in response.content.decode()


def test_a_name_is_given_once_in_an_office(client):
    add(client)

    assert "name" in errors(add(client, name="PRINTER loket 2"))


def test_a_printer_is_changed_and_may_leave_service(client):
    printer = factories.printer(front_x=13)
    path = reverse("cards:printer", args=[printer.token])
    assert 'value="1,3"' in client.get(path).content.decode()

    response = client.post(path, {**TYPED, "front_x": "1,3"})

    printer.refresh_from_db()
    assert response.url == reverse("cards:printers")
    assert (printer.name, printer.is_active, printer.front_x) == (
        "Printer loket 2",
        False,
        13,
    )


def test_a_wrong_change_does_not_reach_the_printer(client):
    printer = factories.printer(name="Lama")

    response = client.post(
        reverse("cards:printer", args=[printer.token]), {**TYPED, "front_x": "50"}
    )

    assert list(errors(response)) == ["front_x"]
    printer.refresh_from_db()
    assert printer.name == "Lama"


def test_what_was_measured_is_typed_in(client):
    printer = factories.printer()

    response = calibrate(client, printer, front_x="1,3", front_y="-0,7", back_y="0,9")

    assert response.status_code == 302
    printer.refresh_from_db()
    assert printer.offsets == (-13, 7, 0, -9)


def test_five_centimetres_measured_are_a_sentence_beside_the_field(client):
    printer = factories.printer()

    response = calibrate(client, printer, back_x="50", front_y="0,4")

    assert list(errors(response)) == ["back_x"]
    assert 'value="0,4"' in response.content.decode()
    printer.refresh_from_db()
    assert printer.offsets == (0, 0, 0, 0)


def test_together_with_what_is_set_it_may_be_too_much(client):
    printer = factories.printer(front_x=-95)

    assert list(errors(calibrate(client, printer, front_x="0,6"))) == ["front_x"]
    assert calibrate(client, printer, front_x="0,5").status_code == 302


@pytest.mark.parametrize("written", ["", "1 2 3", "a b c d", "99999 0 0 0"])
def test_a_page_that_was_tampered_with_is_a_sentence(client, written):
    printer = factories.printer()

    response = calibrate(client, printer, printed_with=written)

    assert list(errors(response)) == ["printed_with"]


def test_the_sheet_is_a_pdf_in_the_browser(client):
    printer = factories.printer()

    response = client.get(reverse("cards:calibration_pdf", args=[printer.token]))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_the_printers_are_listed_with_the_same_questions_for_one_and_three(client):
    path = reverse("cards:printers")
    factories.printer()
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    factories.printer()
    factories.printer(is_active=False)

    with CaptureQueriesContext(connection) as three:
        client.get(path)

    assert len(three) == len(one)


def test_the_printer_of_another_office_is_not_found(client):
    printer = factories.printer(at=factories.office("3372"))

    for name in ("printer", "calibrate", "calibration_pdf"):
        path = reverse(f"cards:{name}", args=[printer.token])
        assert client.get(path).status_code == 404
