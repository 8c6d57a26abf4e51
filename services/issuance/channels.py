"""How a letter leaves the portal: one small interface, and a channel for each way.

A channel delivers one letter and gives back what the provider calls it, or raises.
`UndeliverableError` means that another try is of no use, `UnreachableError` that nobody
took it, `UnknownError` that it left and the answer was lost.
"""

import json
from http.client import HTTPException
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from socket import gaierror
from ssl import SSLError
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import EmailMessage

from ak1portal.mail import OutcomeUnknownError
from services.issuance.models import Channel, Letter

TIMEOUT_SECONDS = 10
# The provider will never take this message: a wrong number, no consent.
HOPELESS = (400, 404, 410, 422)
# The provider itself is ill or has too much to do.
ILL = (429, 503)
# It took the message, and something went wrong behind it.
DOUBTFUL = (500, 502, 504)
# Before the first word of a letter: no letter would have got further.
NOBODY_TAKES_MAIL = (
    *(ConnectionError, TimeoutError, gaierror, SSLError),
    *(SMTPConnectError, SMTPServerDisconnected, SMTPHeloError),
    *(SMTPAuthenticationError, SMTPSenderRefused),
)
CLOSING = 421


class UndeliverableError(Exception):
    """The provider will not take this letter, today or tomorrow."""


class UnreachableError(Exception):
    """Nobody took it, and no word of it was said: no fault of this letter."""


class UnknownError(Exception):
    """It left, and nobody said whether it arrived."""


class Way(Protocol):
    def deliver(self, letter: Letter) -> str:
        """Hand `letter` over; the provider's name for it, "" if it gives none."""


class Email:
    """Through the SMTP server of the settings."""

    def deliver(self, letter: Letter) -> str:
        try:
            EmailMessage(
                letter.subject,
                letter.body,
                to=[letter.to],
                headers={"Message-ID": letter.message_id},
            ).send()
        except OutcomeUnknownError as error:
            raise UnknownError(str(error)) from error
        except NOBODY_TAKES_MAIL as error:
            raise UnreachableError(type(error).__name__) from error
        except SMTPRecipientsRefused as error:
            if CLOSING in (code for code, _words in error.recipients.values()):
                raise UnreachableError("SMTPServerDisconnected") from error
            raise
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
            error.close()
            if error.code in HOPELESS:
                raise UndeliverableError(f"HTTP {error.code}") from None
            if error.code in ILL:
                raise UnreachableError(f"HTTP {error.code}") from None
            if error.code in DOUBTFUL:
                raise UnknownError(f"HTTP {error.code}") from None
            raise
        except URLError as error:
            # The message did not leave, or not whole.
            raise UnreachableError(type(error).__name__) from error
        except (HTTPException, ConnectionError, TimeoutError) as error:
            raise UnknownError(type(error).__name__) from error


def _id_in(answer: bytes) -> str:
    """What the provider calls the message; an answer we cannot read is no failure."""
    try:
        return str(json.loads(answer)["id"])[:100]
    except (ValueError, KeyError, TypeError):
        return ""


WAYS: dict[str, Way] = {Channel.EMAIL: Email(), Channel.WHATSAPP: WhatsApp()}
