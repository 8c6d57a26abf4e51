"""The letters that belong to acts: rows written in the act's own transaction.

What is said here also stands on the applicant's page, so nobody depends on a letter.
The words are the office's (services.office.texts); one row for each channel by which
the person can be reached.

The holder is told when the card is finished, not when it is authorised: the letter and
the file are one transaction, so nobody comes for a card that cannot be printed.
"""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

from services.issuance.models import Application, Card, Channel, Letter
from services.office.texts import filled, text_of


def write(application: Application, kind: str, *, link: str = "", **values) -> None:
    """One letter of the occasion `kind` for each channel. `values` fill its places.

    `link` is the path the message leads to; the application's own page without it.
    """
    text = text_of(application.office, kind)
    Letter.objects.bulk_create(_letters(application, kind, text, link, values))


def _letters(application, kind, text, link, values) -> list[Letter]:
    office, applicant = application.office, application.applicant
    values |= {
        "nama": applicant.name,
        "kantor": office.name,
        "tautan": settings.PUBLIC_URL + (link or application.get_absolute_url()),
    }
    return [
        Letter(
            application=application,
            kind=kind,
            channel=channel,
            to=to,
            subject=filled(text.subject, values)[:120],
            body=filled(text.body, values) + "\n",
        )
        for channel, to in _ways(application)
    ]


def _ways(application: Application) -> list[tuple[Channel, str]]:
    """How the person can be reached, as far as the office and the portal can."""
    applicant, ways = application.applicant, []
    if applicant.user and applicant.user.email:
        ways.append((Channel.EMAIL, applicant.user.email))
    if application.office.whatsapp and settings.WHATSAPP_URL and applicant.phone:
        ways.append((Channel.WHATSAPP, applicant.phone))
    return ways


def submitted(application: Application) -> None:
    write(
        application,
        "submitted",
        tanda_terima=application.receipt,
        batas=_day(application.due_at),
    )


def returned(application: Application, corrections, note: str) -> None:
    """`corrections`: pairs of an item's title and what to put right."""
    with override("id"):
        lines = [f"- {title}: {reason}" for title, reason in corrections]
    write(
        application, "returned", perbaikan="\n".join(lines + ([note] if note else []))
    )


def rejected(application: Application, note: str) -> None:
    write(application, "rejected", alasan=note)


def approved(application: Application) -> None:
    write(application, "approved")


def ready(cards: Sequence[Card]) -> None:
    """Each holder learns of their own card; the words of an office are read once."""
    texts = {card.office_id: card.office for card in cards}
    own = {key: text_of(office, "ready") for key, office in texts.items()}
    letters = []
    for card in cards:
        values = {
            "nomor": card.number,
            "alamat": card.office.address,
            "tautan_periksa": settings.PUBLIC_URL + card.get_absolute_url(),
        }
        text = own[card.office_id]
        letters += _letters(card.application, "ready", text, "", values)
    Letter.objects.bulk_create(letters)


def diploma_due(card: Card) -> None:
    with override("id"):
        day = date_format(card.diploma_due_on, "j F Y")  # type: ignore[arg-type]
    page = reverse("issuance:cards")
    write(card.application, "diploma_due", link=page, nomor=card.number, batas=day)


def voided(card: Card) -> None:
    write(card.application, "voided", nomor=card.number, alasan=card.void_reason)


def _day(moment) -> str:
    with override("id"):
        return date_format(localtime(moment), "l, j F Y")
