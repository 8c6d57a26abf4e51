"""The signed record in the QR of a card: enough to check it without a network.

10 bytes of facts, number and name packed three letters into two bytes, and an Ed25519
signature (RFC 8032). No NIK and nothing that comes from one. The name stands in it so
that whoever checks can compare it with the card in the hand.

    0  version (1)          4  issued (days since 1 January 2020)
    1  id of the key        6  expires (the same)
    2  region of the office 8  revision
                            9  letters in the number; + 128: the name is cut

A record is an assertion of the portal and never changes; whether the card has been
withdrawn since, only the portal knows. static/js/verify-record.js reads the same.
"""

import base64
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from ak1portal.sealed import numbered_keys

VERSION = 1
FIRST_DAY = date(2020, 1, 1)
SIGNATURE_BYTES = 64
# With a host of 30 letters the QR is then of version 8, at error level M.
MAX_BYTES = 102
HEAD_BYTES = 10
CUT = 0x80
ELLIPSIS = "…"
# Forty letters, so that three of them are fewer than 65,536.
LETTERS = " ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./"
# Letters that Unicode does not take apart, and signs that stand for one of ours.
SPELT = str.maketrans(
    {"Æ": "AE", "Œ": "OE", "Ø": "O", "Đ": "D", "Ð": "D", "Ł": "L", "Þ": "TH"}
    | dict.fromkeys("‐‑‒–—", "-")
)


class NotARecordError(ValueError):
    """The code is not a record, or not one that our keys have signed."""


@dataclass(frozen=True)
class Record:
    """What a card says of itself. `region` is four digits.

    Number and name come back folded; a name that found no room ends with “…”.
    """

    region: str
    number: str
    revision: int
    issued_on: date
    expires_on: date
    name: str


def write(record: Record) -> str:
    """The code of a card: upper-case base32 without padding, signed with our key."""
    key_id = next(iter(_keys()))
    facts = _pack(record, key_id)
    return _base32(facts + _keys()[key_id].sign(facts))


def read(code: str) -> Record:
    """The record in `code`. Raises NotARecordError unless one of our keys signed it."""
    raw = _from_base32(code)
    facts, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    if len(facts) < HEAD_BYTES or facts[0] != VERSION:
        raise NotARecordError
    key = _keys().get(facts[1])
    if key is None:
        raise NotARecordError
    try:
        key.public_key().verify(signature, facts)
    except InvalidSignature:
        raise NotARecordError from None
    return _unpack(facts)


def sign(message: bytes) -> tuple[int, bytes]:
    """Key id and signature of something else that the check without network reads.

    Raises ValueError for what could pass as a record: a signature says one thing.
    """
    if message[:1] < b" ":
        raise ValueError("A signed message begins with a letter.")
    key_id = next(iter(_keys()))
    return key_id, _keys()[key_id].sign(message)


def public_keys() -> dict[int, bytes]:
    """Key id -> 32 bytes, for whoever checks; the one in use first."""
    return {
        key_id: key.public_key().public_bytes_raw() for key_id, key in _keys().items()
    }


def folded(words: str) -> str:
    """`words` in the letters of a record: capitals without accents, nothing else."""
    plain = unicodedata.normalize("NFKD", words).upper().translate(SPELT)
    kept = "".join(letter for letter in plain if letter in LETTERS)
    return " ".join(kept.split())


def _pack(record: Record, key_id: int) -> bytes:
    number = folded(record.number)
    room = MAX_BYTES - SIGNATURE_BYTES - HEAD_BYTES - len(_packed(number))
    whole = folded(record.name)
    name = whole[: room // 2 * 3]
    head = bytes([VERSION, key_id])
    head += int(record.region).to_bytes(2)
    head += _days(record.issued_on) + _days(record.expires_on)
    head += bytes([record.revision, len(number) | (CUT if name != whole else 0)])
    return head + _packed(number) + _packed(name)


def _unpack(facts: bytes) -> Record:
    length = facts[9] & ~CUT
    end = HEAD_BYTES + (length + 2) // 3 * 2
    return Record(
        region=f"{int.from_bytes(facts[2:4]):04}",
        number=_letters(facts[HEAD_BYTES:end])[:length],
        revision=facts[8],
        issued_on=_day(facts[4:6]),
        expires_on=_day(facts[6:8]),
        name=_letters(facts[end:]).rstrip() + (ELLIPSIS if facts[9] & CUT else ""),
    )


def _packed(words: str) -> bytes:
    words += " " * (-len(words) % 3)
    out = b""
    for at in range(0, len(words), 3):
        first, second, third = (LETTERS.index(x) for x in words[at : at + 3])
        out += (first * 1600 + second * 40 + third).to_bytes(2)
    return out


def _letters(packed: bytes) -> str:
    out = ""
    for at in range(0, len(packed) - 1, 2):
        value = int.from_bytes(packed[at : at + 2])
        out += "".join(LETTERS[value // place % 40] for place in (1600, 40, 1))
    return out


def _days(day: date) -> bytes:
    return (day - FIRST_DAY).days.to_bytes(2)


def _day(raw: bytes) -> date:
    return FIRST_DAY + timedelta(days=int.from_bytes(raw))


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def _from_base32(code: str) -> bytes:
    # Some other letters have an ASCII capital (ı, ſ): they are not in a code.
    code = code.upper() if code.isascii() else ""
    try:
        raw = base64.b32decode(code + "=" * (-len(code) % 8))
    except ValueError:  # binascii.Error too
        raise NotARecordError from None
    # One record has one code: spare bits at its end must be empty.
    if _base32(raw) != code:
        raise NotARecordError
    return raw


def _keys() -> dict[int, Ed25519PrivateKey]:
    return _read_keys(settings.CARD_KEYS)


@cache
def _read_keys(text: str) -> dict[int, Ed25519PrivateKey]:
    return {
        key_id: Ed25519PrivateKey.from_private_bytes(seed)
        for key_id, seed in numbered_keys(text, "CARD_KEYS").items()
    }
