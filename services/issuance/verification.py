"""What anybody may know about a card who holds it in the hand: is it good?

Never NIK, birth date, address, phone or photo. An unknown token is not found, and
says no more than that.
"""

import re
from enum import Enum

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ak1portal.audience import public
from ak1portal.throttle import throttle
from services.issuance.actions import today_at
from services.issuance.models import Card


class Validity(Enum):
    """What the public is told, most serious first."""

    VOID = "void"
    UNAUTHORISED = "unauthorised"
    EXPIRED = "expired"
    VALID = "valid"

    @property
    def label(self):
        return {
            Validity.VOID: _("Withdrawn: this card is not valid"),
            Validity.UNAUTHORISED: _("Not yet authorised: this card is not valid"),
            Validity.EXPIRED: _("Expired: this card is not valid any more"),
            Validity.VALID: _("Valid"),
        }[self]


def validity(card: Card, today) -> Validity:
    """The public state of a card on the day `today` at its office."""
    if card.voided_at:
        return Validity.VOID
    if not card.authorised_at:
        return Validity.UNAUTHORISED
    if not card.is_valid_on(today):
        return Validity.EXPIRED
    return Validity.VALID


def masked_name(name: str) -> str:
    """First letters only: the name can be compared, not read. S••• R•••••."""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in name.split())


@require_safe
@public
def start(request):
    """How to check a card; and the way in for a token that is typed from the card."""
    typed = request.GET.get("kode", "").strip()
    if not typed:
        return TemplateResponse(request, "verification/start.html")
    token = re.sub(r"[\s-]", "", typed.rstrip("/").rsplit("/", 1)[-1]).lower()
    if not re.fullmatch(r"[0-9a-z]{26}", token):
        return TemplateResponse(
            request, "verification/start.html", {"typed": typed}, status=422
        )
    return redirect("verification:card", token)


@require_safe
@public
def card(request, token):
    throttle(request, "verification")
    card = Card.objects.select_related("office").filter(token=token.lower()).first()
    if card is None:
        raise Http404
    state = validity(card, today_at(card.office))
    context = {
        "card": card,
        "validity": state,
        "name": masked_name(card.holder_name),
    }
    return TemplateResponse(request, "verification/card.html", context)
