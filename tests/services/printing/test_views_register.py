"""The register of prints, on the page and as a file."""

import csv
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.issuance.models import Card
from services.office.models import Role
from services.printing.models import PrintRun
from tests import factories

pytestmark = pytest.mark.django_db

JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def head():
    return factories.supervisor()


@pytest.fixture
def client(head):
    return factories.signed_in(head.user)


def listed(client, query="") -> list[str]:
    page = client.get(reverse("cards:register") + query).context["page"]
    return [entry.card.number for entry in page]


def downloaded(client, query="") -> list[list[str]]:
    response = client.get(reverse("cards:download_register") + query)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter=";"))


def test_the_register_says_who_when_where_which_copy_and_how(client, head):
    printer = factories.printer(name="Printer loket 2")
    card = factories.card(printed=True)
    factories.lost(card)
    factories.print_run([card], by=head, printer=printer)

    page = client.get(reverse("cards:register")).content.decode()
    head_line, second, first = downloaded(client)

    assert "Printer loket 2" in page
    assert (second[1], second[2], second[3]) == (card.number, card.holder_name, "2")
    assert (second[4], second[6], second[7]) == (
        "hilang",
        "Printer loket 2",
        head.name,
    )
    assert (first[3], first[6], first[8]) == ("1", "", "baik")
    assert len(head_line) == len(first) == 12


def test_neither_page_nor_file_has_a_nik(client):
    card = factories.card(printed=True)
    nik = card.application.applicant.nik

    page = client.get(reverse("cards:register")).content.decode()

    assert nik not in page
    assert nik not in str(downloaded(client))


def test_the_register_is_filtered_by_month_printer_and_result(client, head):
    printer = factories.printer()
    old, new = factories.card(printed=True), factories.card(finished=True)
    run = factories.print_run([new], by=head, printer=printer, confirmed=False)
    _printed_at(old.prints.get().run, datetime(2026, 10, 31, 23, 59, tzinfo=JAKARTA))
    _printed_at(run, datetime(2026, 11, 1, 0, 0, tzinfo=JAKARTA))

    assert listed(client) == [new.number, old.number]
    assert listed(client, "?bulan=2026-10") == [old.number]
    assert listed(client, "?bulan=2026-11") == [new.number]
    assert listed(client, f"?printer={printer.token}") == [new.number]
    assert listed(client, "?hasil=open") == [new.number]
    assert listed(client, "?hasil=good") == [old.number]
    assert [line[1] for line in downloaded(client, "?bulan=2026-10")[1:]] == [
        old.number
    ]


def _printed_at(run, moment):
    PrintRun.objects.filter(pk=run.pk).update(at=moment)
    run.prints.update(at=moment)


@pytest.mark.parametrize("query", ["?bulan=kemarin", "?printer=%00", "?hasil=x"])
def test_nonsense_is_not_asked_for(client, query):
    card = factories.card(printed=True)

    assert listed(client, query) == [card.number]


def test_taking_the_register_along_is_written_down(client, head):
    factories.card(printed=True)

    downloaded(client, "?hasil=good")

    entry = head.office.journal.get()
    assert (entry.act, entry.subject, entry.by) == ("print_register", "good", head.user)


def test_the_file_is_sent_line_by_line_and_kept_by_nobody(client):
    factories.card(printed=True)

    response = client.get(reverse("cards:download_register"))

    assert response.streaming
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert len(list(response.streaming_content)) == 2


def test_a_holder_whose_name_is_a_formula_does_no_harm(client):
    card = factories.card(printed=True)
    Card.objects.filter(pk=card.pk).update(holder_name="=HYPERLINK(1)")

    assert downloaded(client)[1][2] == "'=HYPERLINK(1)"


def test_the_page_asks_the_same_for_one_print_and_for_three(client):
    path = reverse("cards:register")
    factories.card(printed=True)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    factories.card(printed=True)
    factories.card(printed=True)

    with CaptureQueriesContext(connection) as three:
        client.get(path)

    assert len(three) == len(one)


def test_the_file_asks_the_same_for_one_print_and_for_three(client):
    factories.card(printed=True)
    downloaded(client)
    with CaptureQueriesContext(connection) as one:
        downloaded(client)
    factories.card(printed=True)
    factories.card(printed=True)

    with CaptureQueriesContext(connection) as three:
        downloaded(client)

    assert len(three) == len(one)


def test_an_auditor_reads_it_and_another_office_does_not(head):
    factories.card(printed=True)
    auditor = factories.signed_in(factories.officer(Role.AUDITOR).user)
    elsewhere = factories.supervisor(at=factories.office("3372"))
    other = factories.signed_in(elsewhere.user)

    assert len(listed(auditor)) == 1
    assert listed(other) == []
    assert len(downloaded(other)) == 1
