from datetime import timedelta

import pytest
from django.urls import reverse

from services.issuance import actions
from services.issuance.verification import Validity, masked_name, validity
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_public_state_of_a_card_by_what_happened_to_it():
    waiting = factories.card(authorised=False)
    valid = factories.card()
    void = factories.card()
    actions.void(void, officer=factories.supervisor(), reason="Salah cetak.")
    today = valid.issued_on

    assert validity(waiting, today) is Validity.UNAUTHORISED
    assert validity(valid, today) is Validity.VALID
    assert validity(valid, valid.expires_on + timedelta(days=1)) is Validity.EXPIRED
    assert validity(void, today) is Validity.VOID


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Siti Rahayu", "S••• R•••••"),
        ("Suharto", "S••••••"),
        ("A B Cd", "A B C•"),
    ],
)
def test_a_masked_name_can_be_compared_and_not_read(name, masked):
    assert masked_name(name) == masked


def test_the_page_says_no_more_than_it_may(client):
    card = factories.card()
    person = card.application.applicant

    html = client.get(reverse("verification:card", args=[card.token])).content.decode()

    assert card.number in html
    assert masked_name(person.name) in html
    for secret in (person.name, person.nik, person.nik_grouped, "1999", "Melati"):
        assert secret not in html
    assert "foto.jpg" not in html


def test_a_withdrawn_card_does_not_tell_strangers_why(client):
    card = factories.card()
    actions.void(card, officer=factories.supervisor(), reason="Alasan rahasia.")

    response = client.get(reverse("verification:card", args=[card.token]))

    assert response.context["validity"] is Validity.VOID
    assert "Alasan rahasia." not in response.content.decode()


def test_an_unknown_token_is_not_found(client):
    assert client.get(f"/periksa/{'0' * 26}/").status_code == 404


def test_a_token_may_be_typed_with_its_whole_link_and_in_capitals(client):
    card = factories.card()
    typed = f"HTTPS://AK1.EXAMPLE/PERIKSA/{card.token.upper()}/"

    response = client.get(reverse("verification:start"), {"kode": typed})

    assert response.url == reverse("verification:card", args=[card.token])


def test_something_else_that_is_typed_gets_a_sentence(client):
    response = client.get(reverse("verification:start"), {"kode": "bukan kode"})

    assert response.status_code == 422


def test_the_page_is_throttled_by_address(client):
    card = factories.card()
    path = reverse("verification:card", args=[card.token])

    codes = [client.get(path).status_code for _ in range(61)]

    assert codes == [200] * 60 + [429]
