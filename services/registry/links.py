"""The link in a message with which a report is made by one tap, without signing in.

It names one report of one card, is signed, and works for a limited time. Who has it can
say “still looking” or “found work” for this report and do nothing else; the page shows
no more than the public check. Signed with a key of its own purpose (`salt`), and
written so that it is one word of a URL.
"""

import base64
import binascii
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from services.issuance.models import Card
from services.registry import terms
from services.registry.models import Ordinal

MAX_AGE = timedelta(days=terms.LINK_DAYS)


class BrokenLinkError(Exception):
    """Not a link of ours, or one that has ended."""


def write(card: Card, ordinal: int) -> str:
    """What stands in the URL: letters, digits, hyphens and underscores."""
    signed = _signer().sign(f"{card.token}.{ordinal}")
    return base64.urlsafe_b64encode(signed.encode()).decode().rstrip("=")


def read(word: str) -> tuple[str, int]:
    """Token of the card and which report. Raises BrokenLinkError."""
    try:
        padded = word.encode() + b"=" * (-len(word) % 4)
        signed = base64.urlsafe_b64decode(padded).decode()
        token, ordinal = _signer().unsign(signed, max_age=MAX_AGE).split(".")
    except (signing.BadSignature, binascii.Error, ValueError):
        raise BrokenLinkError from None
    return token, Ordinal(int(ordinal))


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="registry.report")


def address(card: Card, ordinal: int) -> str:
    """The whole link, as a message carries it."""
    return settings.PUBLIC_URL + reverse("registry:link", args=[write(card, ordinal)])
