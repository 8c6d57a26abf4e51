import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.issuance.models import Card, PrintRun
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("chosen", "facts"),
    [
        ("sahkan", {"authorised": False}),
        ("cetak", {}),
        ("serahkan", {"printed": True}),
        ("semua", {"handed_over": True}),
    ],
)
def test_the_list_asks_the_same_for_one_row_and_for_three(chosen, facts):
    client = factories.signed_in(factories.supervisor().user)
    path = reverse("cards:list") + f"?daftar={chosen}"
    factories.card(**facts)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    factories.card(**facts)
    factories.card(**facts)

    with CaptureQueriesContext(connection) as three:
        client.get(path)

    # A run is listed with how many cards it holds, and there are at most five.
    assert len(three) == len(one)


def test_authorise_and_print_in_one_press():
    client = factories.signed_in(factories.supervisor().user)
    cards = [factories.card(authorised=False) for _ in range(2)]

    response = client.post(
        reverse("cards:authorise"),
        {"cards": [c.token for c in cards], "key": uuid.uuid4(), "print": "1"},
    )

    run = PrintRun.objects.get()
    assert response.url == run.get_absolute_url()
    assert Card.objects.filter(authorised_at__isnull=False).count() == 2
    assert run.prints.count() == 2


def test_a_print_run_can_be_fetched_again_byte_for_byte():
    card = factories.card(printed=True)
    client = factories.signed_in(factories.supervisor().user)
    path = reverse("cards:print_pdf", args=[card.prints.get().run.token])

    first, second = client.get(path), client.get(path)

    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert first.content == second.content


def test_choosing_no_card_is_a_sentence_and_prints_nothing():
    client = factories.signed_in(factories.supervisor().user)

    response = client.post(reverse("cards:print"), {"key": uuid.uuid4()}, follow=True)

    assert len(list(response.context["messages"])) == 1
    assert not PrintRun.objects.exists()


def test_ones_own_card_is_refused_with_the_reason():
    head = factories.supervisor()
    own = factories.card(authorised=False, by=head)

    response = factories.signed_in(head.user).post(
        reverse("cards:authorise"), {"cards": own.token, "key": uuid.uuid4()}
    )

    assert response.status_code == 409
    assert own.number in response.content.decode()


def test_hand_over_writes_to_whom_and_what_was_seen():
    card = factories.card(printed=True)
    client = factories.signed_in(factories.supervisor().user)

    client.post(
        reverse("cards:hand_over", args=[card.token]),
        {"to": "Ibu Contoh", "identity_seen": "Kuasa"},
    )

    card.refresh_from_db()
    assert (card.handed_over_to, card.identity_seen) == ("Ibu Contoh", "Kuasa")


def test_void_needs_a_reason():
    card = factories.card()
    client = factories.signed_in(factories.supervisor().user)

    response = client.post(reverse("cards:void", args=[card.token]), {"reason": ""})

    assert response.status_code == 422
    card.refresh_from_db()
    assert card.voided_at is None
