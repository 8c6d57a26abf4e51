"""How a letter leaves the portal: one small interface, and a channel for each way.

A channel delivers one letter and gives back what the provider calls it, or raises.
`UndeliverableError` means that another try is of no use, `UnreachableError` that no
letter gets through there at the moment.
"""

import json
from http.client import HTTPException
from smtplib import SMTPConnectError, SMTPServerDisconnected
from socket import gaierror
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import EmailMessage

from services.issuance.models import Channel, Letter

TIMEOUT_SECONDS = 10
# The provider will never take this message: a wrong number, no consent.
HOPELESS = (400, 404, 410, 422)
# The provider itself is ill or has too much to do.
ILL = (429, 500, 502, 503, 504)
NOBODY_THERE = (ConnectionError, TimeoutError, gaierror)


class UndeliverableError(Exception):
    """The provider will not take this letter, today or tomorrow."""


class UnreachableError(Exception):
    """Nobody takes letters there at the moment: no fault of this letter."""


class Way(Protocol):
    def deliver(self, letter: Letter) -> str:
        """Hand `letter` over; the provider's name for it, "" if it gives none."""


class Email:
    """Through the SMTP server of the settings."""

    def deliver(self, letter: Letter) -> str:
        try:
            EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
        except (SMTPConnectError, SMTPServerDisconnected, *NOBODY_THERE) as error:
            raise UnreachableError(type(error).__name__) from error
        return ""


class WhatsApp:
    """Through a provider's HTTP API.

    POST {"to", "text", "id"} as JSON with a bearer token; 2xx with {"id"} is taken. The
    key `Idempotency-Key` is the same at every try of a letter, so that a provider that
    took it and whose answer was lost does not send it twice.
    """

    def deliver(self, letter: Letter) -> str:
        message = {"to": letter.to, "text": letter.body, "id": f"ak1-{letter.pk}"}
        request = Request(  # noqa: S310  the address is a setting, http or https
            settings.WHATSAPP_URL,
            data=json.dumps(message).encode(),
            headers={
                "Authorization": f"Bearer {settings.WHATSAPP_TOKEN}",
                "Content-Type": "application/json",
                "Idempotency-Key": f"ak1-{letter.pk}",
            },
        )
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                return _id_in(answer.read(10_000))
        except HTTPError as error:
            if error.code in HOPELESS:
                raise UndeliverableError(f"HTTP {error.code}") from None
            if error.code in ILL:
                raise UnreachableError(f"HTTP {error.code}") from None
            raise
        except (URLError, HTTPException, *NOBODY_THERE) as error:
            raise UnreachableError(type(error).__name__) from error


def _id_in(answer: bytes) -> str:
    """What the provider calls the message; an answer we cannot read is no failure."""
    try:
        return str(json.loads(answer)["id"])[:100]
    except (ValueError, KeyError, TypeError):
        return ""


WAYS: dict[str, Way] = {Channel.EMAIL: Email(), Channel.WHATSAPP: WhatsApp()}
