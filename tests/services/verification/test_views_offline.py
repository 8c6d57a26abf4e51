import base64
import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from services.office.models import Role
from services.signing import record
from services.verification import views_offline
from tests import factories

pytestmark = pytest.mark.django_db


def kept(client) -> dict:
    """What the worker is told to keep."""
    script = client.get(reverse("verification:worker")).content.decode()
    return json.loads(re.match(r"self\.kept = (\{.*\});\n", script)[1])


def test_the_keys_are_public_with_the_names_of_the_offices(client, settings):
    settings.CARD_KEYS = (
        f"2:ZGV2ZWxvcG1lbnQtb25seS1jYXJkLWtleS0wMDAwMDI=,{settings.CARD_KEYS}"
    )
    office = factories.office(phone="(0282) 123456")

    said = client.get(reverse("verification:keys")).json()

    assert {int(key_id): base64.b64decode(key) for key_id, key in said["keys"].items()}
    assert list(said["keys"]) == ["2", "1"]
    assert said["offices"] == {
        "3301": {
            "name": office.name,
            "government": office.government,
            "phone": "(0282) 123456",
            "zone": "Asia/Jakarta",
        }
    }


def test_what_signs_is_nowhere_in_the_keys(client, settings):
    said = client.get(reverse("verification:keys")).content.decode()

    for part in settings.CARD_KEYS.split(","):
        assert part.partition(":")[2] not in said
    assert base64.b64encode(record.public_keys()[1]).decode() in said


def test_the_page_is_the_same_for_everybody_who_opens_it():
    """A device keeps it: no menu, no token, no name may stand on it."""
    path = reverse("verification:offline")
    stranger = Client().get(path)

    pages = [
        factories.signed_in(who.user).get(path)
        for who in (
            factories.officer(),
            factories.officer(Role.ADMINISTRATOR),
            factories.applicant(),
        )
    ]

    assert {page.content for page in pages} == {stranger.content}
    assert b"csrf" not in stranger.content
    assert {page["Cache-Control"] for page in pages} == {"no-cache"}


def test_every_file_of_the_page_is_kept(client):
    files = kept(client)["files"]

    assert {
        "/static/css/components.css",
        "/static/css/applicant.css",
        "/static/img/mark.svg",
        "/static/js/verify.js",
        "/static/js/verify-record.js",
        "/static/js/verify-ed25519.js",
    } <= set(files)
    assert [url for url in files if not url.startswith("/static/")] == []


def test_the_worker_governs_the_check_alone(client):
    response = client.get(reverse("verification:worker"))

    assert response["Content-Type"] == "text/javascript"
    assert "Service-Worker-Allowed" not in response
    assert kept(client)["page"] == reverse("verification:offline")
    policy = response["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "default-src 'none'" in policy


def test_the_version_is_what_the_files_and_the_page_say(client, monkeypatch, tmp_path):
    first = kept(client)["version"]
    assert kept(client)["version"] == first
    other = tmp_path / "verify.js"
    other.write_text("// changed")
    find = finders.find
    monkeypatch.setattr(
        views_offline.finders,
        "find",
        lambda name: str(other) if name == "js/verify.js" else find(name),
    )

    assert kept(client)["version"] != first


def test_another_language_is_another_version(client):
    indonesian = kept(client)["version"]
    client.cookies["django_language"] = "en"

    assert kept(client)["version"] != indonesian


def test_the_list_is_a_text_that_can_be_carried(client):
    response = client.get(reverse("verification:withdrawn"))

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.startswith(b"AK-1 ditarik 1\n")


def test_the_list_is_throttled_by_address(client):
    path = reverse("verification:withdrawn")

    codes = [client.get(path).status_code for _ in range(61)]

    assert codes == [200] * 60 + [429]
