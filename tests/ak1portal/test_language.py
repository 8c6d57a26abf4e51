import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def language(client, **headers):
    html = client.get(reverse("home"), **headers).content.decode()
    return html.split('lang="')[1][:2]


def test_a_phone_that_speaks_english_opens_the_portal_in_indonesian(client):
    assert language(client, HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9") == "id"


def test_who_asked_for_english_stays_in_english(client):
    client.post(reverse("set_language"), {"language": "en", "next": "/"})

    assert language(client) == "en"


def test_a_language_that_is_not_ours_is_indonesian(client):
    client.cookies["django_language"] = "xx"

    assert language(client) == "id"
