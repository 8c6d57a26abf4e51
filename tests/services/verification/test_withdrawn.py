"""The signed list: which cards stand in it, what its signature covers, how large."""

import base64
import gzip
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone

from services.issuance.models import Card, Inactive
from services.signing import record
from services.verification import withdrawn
from services.verification.withdrawn import signed_list
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def entries(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()[3:-1]]


def verified(text: str) -> None:
    """Raises InvalidSignature unless the key that the list names has signed it."""
    body, _, signature = text.partition("tanda-tangan ")
    key_id = int(body.splitlines()[2].removeprefix("kunci "))
    key = Ed25519PublicKey.from_public_bytes(record.public_keys()[key_id])
    key.verify(base64.b64decode(signature), body.encode())


def replace(old, new) -> Card:
    old.replaced_at, old.replaced_by = timezone.now(), new
    old.needs_print = False
    old.save()
    return old


def test_withdrawn_and_replaced_cards_stand_in_it_and_no_others():
    good, other = factories.card(), factories.card()
    replaced = replace(factories.card(), other)
    void = factories.card()
    factories.void(void)
    never_authorised = factories.card(authorised=False)
    factories.void(never_authorised)
    placed = factories.card()
    placed.inactive_since, placed.inactive_why = timezone.now(), Inactive.PLACED
    placed.save()

    found = entries(signed_list(timezone.now()))

    assert found == sorted(
        [
            ["3301", replaced.number, "1", "replaced"],
            ["3301", void.number, "1", "void"],
        ]
    )
    assert good.number not in str(found)


def test_a_corrected_card_is_told_from_the_one_before_by_its_revision():
    old = factories.card()
    new = factories.card()
    Card.objects.filter(pk=new.pk).update(
        number=old.number, serial=old.serial, revision=2
    )
    replace(old, new)

    assert entries(signed_list(timezone.now())) == [
        ["3301", old.number, "1", "replaced"]
    ]


def test_a_card_leaves_the_list_when_its_date_has_passed_everywhere():
    void = factories.card()
    factories.void(void)
    last_moment = datetime.combine(void.expires_on, datetime.min.time(), UTC)

    assert len(entries(signed_list(last_moment + timedelta(hours=23)))) == 1
    assert entries(signed_list(last_moment + timedelta(days=2))) == []


def test_a_number_is_written_in_the_letters_of_a_record():
    void = factories.card()
    Card.objects.filter(pk=void.pk).update(number="dtk–ak1 0001")
    void.refresh_from_db()
    factories.void(void)

    ((_region, number, *_rest),) = entries(signed_list(timezone.now()))

    assert number == "DTK-AK1 0001"


def test_the_signature_covers_every_line_above_it():
    factories.void(factories.card())
    text = signed_list(NOW)
    verified(text)

    for changed in (
        text.replace("2026", "2027", 1),
        text.replace("\tvoid", "\tgood"),
        text.replace("kunci 1\n", "kunci 1\n3301\tX\t1\tvoid\n"),
    ):
        with pytest.raises(InvalidSignature):
            verified(changed)


def test_the_newest_key_signs_it(settings):
    settings.CARD_KEYS = (
        f"7:ZGV2ZWxvcG1lbnQtb25seS1jYXJkLWtleS0wMDAwMDI=,{settings.CARD_KEYS}"
    )

    text = signed_list(NOW)

    assert text.splitlines()[:3] == [
        "AK-1 ditarik 1",
        "dibuat 2026-11-22T06:00:00Z",
        "kunci 7",
    ]
    verified(text)


def test_a_thousand_entries_are_light(monkeypatch):
    """31 to 35 bytes an entry, 3 as a web server with gzip sends them."""
    made_up = [f"3301\t3301 {n:06} 221126\t1\tvoid" for n in range(1000)]
    monkeypatch.setattr(withdrawn, "_entries", lambda _now: made_up)

    text = signed_list(NOW).encode()

    assert len(text) < 33_000
    assert len(gzip.compress(text, 6)) < 8_000
