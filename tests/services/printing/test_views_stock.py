"""The page of the yellow blanks."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.office.models import Role
from services.printing import actions_stock as actions
from services.printing.models import StockEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return factories.office(counts_blanks=True)


@pytest.fixture
def client(office):
    return factories.signed_in(factories.supervisor().user)


def post(client, act, prefix, **typed):
    answers = {"key": uuid.uuid4(), **typed}
    return client.post(
        reverse(f"cards:{act}"),
        {f"{prefix}-{name}": value for name, value in answers.items()},
    )


def receive(office, sheets):
    return actions.receive_blanks(office, officer=factories.supervisor(), sheets=sheets)


def test_received_spoiled_and_counted_make_the_balance(client, office):
    post(client, "receive_blanks", "terima", sheets="1.000", note="SJ 12")
    post(client, "spoil_blanks", "rusak", sheets="3", note="Basah.")
    response = post(client, "count_blanks", "hitung", counted="990")

    assert response.url == reverse("cards:stock")
    moved = StockEntry.objects.order_by("pk").values_list("movement", "sheets", "note")
    assert list(moved) == [
        ("received", 1000, "SJ 12"),
        ("spoiled", -3, "Basah."),
        ("counted", -7, ""),
    ]
    page = client.get(reverse("cards:stock"))
    assert page.context["balance"] == 990
    assert page.context["count_due"] is False


@pytest.mark.parametrize("written", ["", "0", "-5", "seratus", "1.5", "99999999"])
def test_a_wrong_number_is_a_sentence_beside_the_field(client, written):
    response = post(client, "receive_blanks", "terima", sheets=written, note="SJ 12")

    assert response.status_code == 422
    assert list(response.context["receive_form"].errors) == ["sheets"]
    assert 'value="SJ 12"' in response.content.decode()
    assert not StockEntry.objects.exists()


def test_spoiled_sheets_need_a_word_and_must_be_there(client, office):
    receive(office, 2)

    response = post(client, "spoil_blanks", "rusak", sheets="3", note="")

    assert response.status_code == 422
    assert sorted(response.context["spoil_form"].errors) == ["note", "sheets"]


def test_two_clicks_are_one_delivery(client, office):
    key = uuid.uuid4()

    for _ in range(2):
        post(client, "receive_blanks", "terima", sheets="100", key=key)

    assert office.stock.balance() == 100


@pytest.mark.parametrize(("sheets", "warned"), [(49, True), (50, False)])
def test_below_fifty_sheets_there_is_a_warning(client, office, sheets, warned):
    entry = receive(office, 200)
    actions.count_blanks(office, officer=factories.supervisor(), counted=sheets)
    assert entry.movement == "received"

    page = client.get(reverse("cards:stock")).content.decode()

    assert ('class="notice"' in page) is warned


@pytest.mark.parametrize(("days", "due"), [(30, False), (32, True)])
def test_the_count_is_due_every_month(client, office, days, due):
    receive(office, 200)
    entry = actions.count_blanks(office, officer=factories.supervisor(), counted=200)
    StockEntry.objects.filter(pk=entry.pk).update(
        at=timezone.now() - timedelta(days=days)
    )

    assert client.get(reverse("cards:stock")).context["count_due"] is due


def test_an_office_that_does_not_count_is_told_where_to_switch_it_on():
    factories.office(counts_blanks=False)
    client = factories.signed_in(factories.supervisor().user)

    page = client.get(reverse("cards:stock")).content.decode()

    assert reverse("cards:receive_blanks") not in page
    assert post(client, "receive_blanks", "terima", sheets="1").status_code == 409
    assert not StockEntry.objects.exists()


def test_an_auditor_reads_the_stock_and_moves_nothing(office):
    receive(office, 200)
    client = factories.signed_in(factories.officer(Role.AUDITOR).user)

    page = client.get(reverse("cards:stock"))

    assert page.context["balance"] == 200
    assert reverse("cards:receive_blanks") not in page.content.decode()


def test_the_page_asks_the_same_for_one_movement_and_for_three(client, office):
    path = reverse("cards:stock")
    factories.card(printed=True)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    factories.card(printed=True)
    factories.card(printed=True)

    with CaptureQueriesContext(connection) as three:
        page = client.get(path)

    assert len(page.context["page"]) == 3
    assert len(three) == len(one)


def test_the_stock_of_another_office_is_not_shown(client):
    receive(factories.office("3372", counts_blanks=True), 77)

    assert client.get(reverse("cards:stock")).context["balance"] == 0
