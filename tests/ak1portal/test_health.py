"""/healthz: each part that does not do its work is named, and nothing else."""

import errno
import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from ak1portal import health, installation
from ak1portal.models import Installation
from ak1portal.sealed import SealedStorage
from services.issuance.models import Card, Letter
from services.issuance.workflow import Status
from services.office.models import Heartbeat
from tests import factories

pytestmark = pytest.mark.django_db

PARTS = ("database", "disk", "files", "keys", "sweep", "worker", "letters", "cards")


@pytest.fixture(autouse=True)
def worker():
    Heartbeat.objects.create(worker="a:1", seen_at=timezone.now())


def failing(client) -> list[str]:
    response = client.get(reverse("healthz"))
    state = response.json()
    assert tuple(state) == PARTS
    wrong = [part for part, word in state.items() if word != "ok"]
    assert response.status_code == (503 if wrong else 200)
    assert response.headers.get("Retry-After") == ("30" if wrong else None)
    return wrong


def test_a_house_in_order_says_so_and_leaves_nothing_behind(client):
    assert failing(client) == []
    assert client.get(reverse("healthz")).headers["Cache-Control"] == "no-store"
    assert os.listdir(default_storage.path("")) == [installation.MARK]


@pytest.mark.parametrize(
    ("seconds", "is_alive"),
    [(-61, False), (-50, True), (-1, True), (10, False), (86_400, False)],
)
def test_only_a_sign_of_life_of_the_last_minute_counts(client, seconds, is_alive):
    seen = timezone.now() + timedelta(seconds=seconds)
    Heartbeat.objects.update(seen_at=seen)

    assert failing(client) == ([] if is_alive else ["worker"])


def test_a_house_without_a_worker_is_not_in_order(client):
    Heartbeat.objects.all().delete()

    assert failing(client) == ["worker"]


@pytest.mark.django_db(transaction=True)
def test_a_house_without_a_database_says_so_without_its_words(client, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/no/such/folder")

    assert failing(client) == [part for part in PARTS if part != "disk"]


@pytest.mark.parametrize("place", ["/dev/full", "/proc/read-only"])
def test_a_disk_that_is_full_or_read_only_is_named(client, place):
    """Real files of the kernel's: the test is root, whom no mode of a folder stops."""
    os.symlink(place, default_storage.path(health.PROBE))

    assert failing(client) == ["files"]
    assert os.listdir(default_storage.path("")) == [installation.MARK]


def test_a_folder_that_was_not_mounted_is_named_and_nothing_is_written_there(client):
    unmounted = default_storage.path("")
    os.rename(unmounted, unmounted.rstrip("/") + "-elsewhere")
    os.mkdir(unmounted)

    assert failing(client) == ["files"]
    assert os.listdir(unmounted) == []


def test_a_folder_that_is_closed_to_the_portal_is_named(client, monkeypatch):
    """As after a restore by root. The test is root, so the kernel is not asked."""
    factories.applicant()
    monkeypatch.setattr(os, "access", lambda path, mode: "documents" not in path)

    assert failing(client) == ["files"]


def test_a_disk_that_is_broken_is_named(client, monkeypatch):
    def broken(storage, name):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(SealedStorage, "read_plain", broken)

    assert failing(client) == ["files"]


def test_files_of_another_installation_are_named(client):
    installation._write_mark("another")

    assert failing(client) == ["files"]


@pytest.mark.parametrize("variable", ["DATA_KEYS", "CARD_KEYS", "INDEX_KEY"])
def test_a_wrong_key_is_named(client, settings, variable):
    number = "" if variable == "INDEX_KEY" else "1:"
    other = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktMDE="
    setattr(settings, variable, number + other)

    assert failing(client) == ["keys"]


def test_a_sweep_that_stopped_is_named(client):
    Installation.objects.update(held_sweeps={"documents": "1785 of 1786 files"})

    assert failing(client) == ["sweep"]


def test_a_letter_that_has_waited_for_an_hour_is_named(client):
    factories.application(Status.SUBMITTED)
    assert failing(client) == []

    Letter.objects.update(written_at=timezone.now() - timedelta(minutes=61))
    assert failing(client) == ["letters"]

    Letter.objects.update(attempts=Letter.MAX_ATTEMPTS)
    assert failing(client) == []


def test_a_card_that_has_waited_for_its_page_is_named(client):
    factories.card()
    assert failing(client) == []

    Card.objects.update(authorised_at=timezone.now() - timedelta(minutes=16))
    assert failing(client) == ["cards"]

    factories.finish()
    assert failing(client) == []


@pytest.mark.parametrize("attempts", [1, Card.MAX_ATTEMPTS])
def test_a_card_that_backs_off_or_was_given_up_is_late_too(client, attempts):
    """It waits for its page all the same; only a finished or withdrawn one does not."""
    card = factories.card()
    now = timezone.now()
    Card.objects.update(
        authorised_at=now - timedelta(minutes=16),
        finish_attempts=attempts,
        finish_try_at=now + timedelta(minutes=8),
    )
    assert failing(client) == ["cards"]

    factories.void(card)
    assert failing(client) == []
