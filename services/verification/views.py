"""What anybody may know about a card who holds it in the hand: is it good?

Never NIK, birth date, address, phone or photo. The code itself carries the name, so
that it can be checked without a network; online only its first letters are shown: the
page can be opened by whoever has the link, and who has the paper can compare.
"""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ak1portal.audience import public
from ak1portal.forms import posted
from ak1portal.throttle import throttle
from services.issuance.actions import today_at
from services.issuance.validity import validity
from services.verification.codes import code_in
from services.verification.forms import CheckForm
from services.verification.lookup import card_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def masked_name(name: str) -> str:
    """First letters only: the name can be compared, not read. S••• R•••••."""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in name.split())


@get_or_post
@public
def start(request):
    """How to check a card; and the way in for a code that is typed.

    By POST: what somebody types instead of a code, such as a NIK, is in no address.
    """
    form = CheckForm(posted(request))
    if form.is_valid():
        return redirect("verification:card", form.cleaned_data["code"])
    return TemplateResponse(request, "verification/start.html", {"form": form})


@require_safe
@public
@never_cache
def card(request, token):
    """The state of the card with this code; 404 and what to do when it is not ours."""
    throttle(request, "verification")
    card = card_of(token)
    if card is None:
        context = {"code": code_in(token)}
        return TemplateResponse(
            request, "verification/unknown.html", context, status=404
        )
    context = {
        "card": card,
        "validity": validity(card, today_at(card.office)),
        "name": masked_name(card.holder_name),
    }
    return TemplateResponse(request, "verification/card.html", context)
