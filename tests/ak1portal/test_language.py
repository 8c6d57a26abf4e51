import html
import re

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def language(client, **headers):
    page = client.get(reverse("home"), **headers).content.decode()
    return page.split('lang="')[1][:2]


def test_a_phone_that_speaks_english_opens_the_portal_in_indonesian(client):
    assert language(client, HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9") == "id"


def test_who_asked_for_english_stays_in_english(client):
    client.post(reverse("set_language"), {"language": "en", "next": "/"})

    assert language(client) == "en"


def test_a_language_that_is_not_ours_is_indonesian(client):
    client.cookies["django_language"] = "xx"

    assert language(client) == "id"


@pytest.mark.parametrize(
    "address",
    [
        lambda head: reverse("cards:authorise"),
        lambda head: reverse("cards:print"),
        lambda head: reverse("cards:receive_blanks"),
        lambda head: reverse("forgery:close", args=[factories.forgery_report().token]),
    ],
)
def test_a_page_that_cannot_be_opened_leads_to_one_that_can(address):
    """In the other language: what was sent in vain was not an address to come back."""
    factories.office(counts_blanks=True)
    head = factories.supervisor()
    client = factories.signed_in(head.user)
    address = address(head)

    page = client.post(address, {})

    assert page.status_code == 422
    assert client.get(address).status_code == 405
    (back,) = re.findall(r'name="next" value="([^"]+)"', page.content.decode())
    assert client.get(html.unescape(back)).status_code == 200
