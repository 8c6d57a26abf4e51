"""Signatures in a real Chromium: the same answers as Python gives, with the browser's
own Ed25519 and with ours."""

import json
import random
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from playwright.sync_api import expect

from services.signing import record
from services.signing.record import NotARecordError, Record
from tests import factories
from tests.browser.offline_page import (
    NEW_KEY,
    OLD_KEY,
    PAGE,
    RECORD,
    as_code,
    check,
    opened,
    raw,
)

pytestmark = pytest.mark.django_db(transaction=True)

ORDER = 2**252 + 27742317777372353535851937790883648493
RFC_8032 = json.loads(Path(__file__).with_name("rfc8032.json").read_text())

VERIFY = """async ([how, triples]) => {
  const bytes = (hex) =>
    Uint8Array.from(hex.match(/../g) || [], (x) => parseInt(x, 16));
  return Promise.all(triples.map((triple) =>
    ed25519[how](...triple.map(bytes)).catch(() => false)));
}"""

READ = """async (codes) => {
  const { keys } = await (await fetch("/periksa/kunci.json")).json();
  const known = new Map(Object.entries(keys).map(
    ([id, key]) => [Number(id), records.bytesOfBase64(key)]));
  return Promise.all(codes.map((code) => records.read(code, known)));
}"""


def in_python(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def in_browser(page, how, triples) -> list[bool]:
    return page.evaluate(VERIFY, [how, [[p.hex() for p in t] for t in triples]])


def random_record(chance) -> Record:
    letters = record.LETTERS
    issued = date(2020, 1, 1) + timedelta(days=chance.randrange(60_000))
    return Record(
        region=f"{chance.randrange(1101, 9999)}",
        number=record.folded("".join(chance.choices(letters, k=20)) + "1"),
        revision=chance.randrange(1, 256),
        issued_on=issued,
        expires_on=issued + timedelta(days=730),
        name="".join(chance.choices(letters, k=chance.randrange(1, 45))),
    )


def as_read(record: Record) -> dict:
    """The fields as the browser names and writes them."""
    said = asdict(record)
    issued, expires = said.pop("issued_on"), said.pop("expires_on")
    return {**said, "issued": f"{issued}", "expires": f"{expires}"}


def test_two_hundred_records_are_read_as_python_reads_them(phone, settings):
    settings.CARD_KEYS = f"{NEW_KEY},{OLD_KEY}"
    chance = random.Random(8032)
    codes = [record.write(random_record(chance)) for _ in range(200)]
    page = opened(phone).page

    read = page.evaluate(READ, codes)

    assert [answer.get("record") for answer in read] == [
        as_read(record.read(code)) for code in codes
    ]


def mutated(chance, whole: bytes) -> bytes:
    """A record with something wrong: a bit, a byte, its length, its signature."""
    changed = bytearray(whole)
    match chance.randrange(5):
        case 0:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        case 1:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        case 2:
            del changed[chance.randrange(len(changed)) :]
        case 3:
            changed += bytes(chance.randrange(256) for _ in range(chance.randrange(9)))
        case 4:
            s = int.from_bytes(changed[-32:], "little") + ORDER
            changed[-32:] = s.to_bytes(32, "little")
    return bytes(changed)


def is_read(code) -> bool:
    try:
        record.read(code)
    except NotARecordError:
        return False
    return True


def test_two_hundred_spoilt_records_get_the_answers_of_python_on_both_ways(phone):
    chance = random.Random(2026)
    whole = [raw(record.write(random_record(chance))) for _ in range(200)]
    spoilt = [mutated(chance, each) for each in whole]
    key = record.public_keys()[1]
    triples = [(key, each[:-64], each[-64:]) for each in spoilt]
    page = opened(phone).page

    read = page.evaluate(READ, [as_code(each) for each in spoilt])
    ours = in_browser(page, "ours", triples)
    browsers = in_browser(page, "browsers", triples)

    expected = [in_python(*triple) for triple in triples]
    assert ours == browsers == expected
    # A byte may have been replaced by itself, or nothing added.
    assert expected.count(False) > 150
    assert ["record" in answer for answer in read] == [
        is_read(as_code(each)) for each in spoilt
    ]


@pytest.mark.parametrize("how", ["ours", "browsers"])
def test_the_vectors_of_rfc_8032_are_accepted_and_their_neighbours_not(phone, how):
    good, bad = [], []
    for vector in RFC_8032:
        key, message, signature = (
            bytes.fromhex(vector[part]) for part in ("key", "message", "signature")
        )
        good.append((key, message, signature))
        bad.append((key, message + b"\0", signature))
        bad.append((key, message, signature[:-1] + bytes([signature[-1] ^ 1])))
        bad.append((key, message, bytes([signature[0] ^ 1]) + signature[1:]))
        bad.append((bytes([key[0] ^ 1]) + key[1:], message, signature))
    page = opened(phone).page

    assert in_browser(page, how, good) == [True] * len(good)
    assert in_browser(page, how, bad) == [False] * len(bad)


def test_what_rfc_8032_forbids_is_refused_by_our_own(phone):
    vector = RFC_8032[2]
    key, message, signature = (
        bytes.fromhex(vector[part]) for part in ("key", "message", "signature")
    )
    prime = 2**255 - 19
    r, s = signature[:32], int.from_bytes(signature[32:], "little")

    def little(number):
        return number.to_bytes(32, "little")

    # y = 1 is the neutral point: with S = 0 it signs everything for itself. Written
    # as p + 1, or with the sign of an x that is 0, it is no encoding at all.
    neutral, above, signed = little(1), little(prime + 1), little(1 + 2**255)
    forbidden = [
        (key, message, r + little(s + ORDER)),
        (key, message, r + little(ORDER)),
        (key, message, r + b"\xff" * 32),
        (key, message, signature[:-1]),
        (key, message, signature + b"\0"),
        (key[:-1], message, signature),
        (above, message, neutral + little(0)),
        (signed, message, neutral + little(0)),
        (neutral, message, above + little(0)),
        (little(2), message, signature),  # no point has this y
        (b"\xff" * 32, message, signature),
    ]
    page = opened(phone).page

    assert in_browser(page, "ours", forbidden) == [False] * len(forbidden)


NO_ED25519 = """(() => {
  const whole = crypto.subtle.importKey.bind(crypto.subtle);
  crypto.subtle.importKey = (form, key, algorithm, ...rest) =>
    (algorithm.name || algorithm) === "Ed25519"
      ? Promise.reject(new DOMException("unknown", "NotSupportedError"))
      : whole(form, key, algorithm, ...rest);
})()"""


def test_a_browser_that_does_not_know_ed25519_checks_all_the_same(phone):
    factories.office()
    browser = phone()
    browser.context.add_init_script(NO_ED25519)
    page = browser.opens(PAGE)
    expect(page.locator("[data-keys=some]")).to_be_visible()
    good = record.write(RECORD)
    whole = raw(good)

    assert check(page, good) == "genuine"
    assert check(page, as_code(whole[:20] + b"X" + whole[21:])) == "forged"
