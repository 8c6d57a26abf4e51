"""The letters that belong to acts: one row each, in the act's own transaction.

What is said here also stands on the applicant's page, so nobody depends on a letter.
No NIK and no document is ever in one. Letters are written in Indonesian.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from services.issuance.models import Application, Card, Letter


def _write(application: Application, subject: str, paragraphs: list[str]) -> None:
    user = application.applicant.user
    if user is None:
        return
    link = settings.PUBLIC_URL + application.get_absolute_url()
    opening = _("Dear %(name)s,") % {"name": application.applicant.name}
    closing = _("You can read this on your own page too: %(link)s") % {"link": link}
    body = "\n\n".join([opening, *paragraphs, closing, application.office.name])
    Letter.objects.create(
        application=application, to=user.email, subject=subject, body=body + "\n"
    )


def submitted(application: Application) -> None:
    with override("id"):
        _write(
            application,
            _("We have your AK-1 application"),
            [
                _("Your receipt number is %(receipt)s.")
                % {"receipt": application.receipt},
                _("The office promises an answer by %(day)s.")
                % {"day": _day(application.due_at)},
            ],
        )


def returned(application: Application, corrections, note: str) -> None:
    """`corrections`: pairs of an item's title and what to put right."""
    with override("id"):
        lines = [f"- {title}: {reason}" for title, reason in corrections]
        _write(
            application,
            _("Please correct your AK-1 application"),
            [
                _("The officer asks you to put this right and send it again:"),
                "\n".join(lines + ([note] if note else [])),
            ],
        )


def rejected(application: Application, note: str) -> None:
    with override("id"):
        _write(
            application,
            _("Your AK-1 application was rejected"),
            [_("The reason: %(reason)s") % {"reason": note}],
        )


def approved(application: Application) -> None:
    with override("id"):
        _write(
            application,
            _("Your AK-1 application is approved"),
            [_("The card is now being authorised and printed. We will write again.")],
        )


def ready(card: Card) -> None:
    with override("id"):
        _write(
            card.application,
            _("Your AK-1 card is ready"),
            [
                _("Card %(number)s is authorised. Please collect it with your KTP:")
                % {"number": card.number},
                f"{card.office.name}\n{card.office.address}",
                _("Anyone can check the card here: %(link)s")
                % {
                    "link": settings.PUBLIC_URL
                    + reverse("verification:card", args=[card.token])
                },
            ],
        )


def voided(card: Card) -> None:
    with override("id"):
        _write(
            card.application,
            _("Your AK-1 card was withdrawn"),
            [
                _("Card %(number)s is no longer valid. The reason: %(reason)s")
                % {"number": card.number, "reason": card.void_reason}
            ],
        )


def _day(moment) -> str:
    return date_format(localtime(moment), "l, j F Y")
