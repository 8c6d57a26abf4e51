"""Without an account: the report by one tap, and what an employer tells.

Whoever holds a link or scans a card sees no more here than on the public check.
"""

from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ak1portal.audience import public
from ak1portal.forms import posted
from ak1portal.throttle import throttle
from services.issuance.actions import today_at
from services.issuance.models import Card
from services.registry import actions, actions_employers, links, lists, rules
from services.registry.forms import EmployerForm, HiredForm, PlacementForm
from services.registry.models import Via
from services.verification.views import masked_name

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@public
@never_cache
def link(request, word):
    """Two buttons; the second tap is told what the first one did, and when."""
    throttle(request, "report")
    card, ordinal = _linked(word)
    if card is None:
        return TemplateResponse(request, "registry/link_over.html", status=404)
    row = lists.table(card, today_at(card.office))[ordinal - 1]
    if request.method == "POST":
        if row.report is None:
            actions.report(card, via=Via.LINK, ordinal=ordinal)
        return redirect("registry:link", word)
    return TemplateResponse(request, "registry/link.html", _page(card, row, word))


@get_or_post
@public
@never_cache
def link_hired(request, word):
    """“I found work”, by the same link."""
    throttle(request, "report")
    card, ordinal = _linked(word)
    if card is None:
        return TemplateResponse(request, "registry/link_over.html", status=404)
    today = today_at(card.office)
    bar = rules.bars_report(card, today, ordinal)
    form = PlacementForm(posted(request), card=card, today=today)
    if form.is_valid():
        actions.place(card, via=Via.LINK, ordinal=ordinal, **form.cleaned_data)
        return redirect("registry:link", word)
    row = lists.table(card, today)[ordinal - 1]
    context = {**_page(card, row, word), "form": form, "bar": bar}
    return TemplateResponse(request, "registry/link_hired.html", context)


def _linked(word) -> tuple[Card | None, int]:
    """The card the link was made for, or its corrected version; and which report."""
    try:
        token, ordinal = links.read(word)
    except links.BrokenLinkError:
        return None, 0
    cards = Card.objects.select_related("office", "application__applicant")
    card = cards.filter(token=token).first()
    now = card and lists.now_of(card)
    return (now if now and now.number == card.number else None), ordinal


def _page(card, row, word) -> dict:
    return {
        "card": card,
        "name": masked_name(card.holder_name),
        "row": row,
        "word": word,
        "done": rules.report_in_words(row.report) if row.report else "",
        "bar": rules.bars_report(card, today_at(card.office), row.slot.ordinal),
    }


@get_or_post
@public
def employers(request):
    """How an employer tells; and the way in for a code that is typed."""
    throttle(request, "verification")
    form = EmployerForm(posted(request))
    if form.is_valid():
        return redirect("registry:hired", form.cleaned_data["code"].token)
    return TemplateResponse(request, "registry/employers.html", {"form": form})


@get_or_post
@public
@never_cache
def hired(request, token):
    """The holder of this card works with us now."""
    throttle(request, "verification")
    card = _scanned(token)
    today = today_at(card.office)
    form = HiredForm(posted(request), card=card, today=today)
    if form.is_valid():
        throttle(request, "employer", key=card.token)
        actions_employers.hear(card, **form.cleaned_data)
        return redirect("registry:heard", token)
    context = {
        "card": card,
        "name": masked_name(card.holder_name),
        "form": form,
        "bar": rules.bars_employer(card, today),
    }
    return TemplateResponse(request, "registry/hired.html", context)


@require_safe
@public
@never_cache
def heard(request, token):
    """What happens next. Says nothing about what was told."""
    context = {"card": _scanned(token)}
    return TemplateResponse(request, "registry/heard.html", context)


def _scanned(token) -> Card:
    cards = Card.objects.select_related("office", "application__applicant")
    return get_object_or_404(cards, token=token.lower())
