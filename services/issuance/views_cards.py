"""Kartu saya: every card a person was ever given, each as it was printed."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from ak1portal.audience import for_applicants
from services.issuance import actions, rules_cards
from services.issuance.actions import today_at
from services.issuance.models import Card
from services.issuance.validity import validity


@require_safe
@for_applicants
def cards(request):
    """All cards, the newest first; of those in force, how to have them put right."""
    mine = _mine(request).order_by("-authorised_at")
    context = {"cards": [_line(card) for card in mine]}
    return TemplateResponse(request, "issuance/cards.html", context)


def _line(card: Card) -> dict:
    today = today_at(card.office)
    return {
        "card": card,
        "validity": validity(card, today),
        "bar_correct": rules_cards.bars_correction(card, today),
    }


@require_safe
@for_applicants
def document(request, token):
    """The card as a file: the same bytes at every download, for the life of it."""
    card = get_object_or_404(_mine(request), token=token)
    if not card.is_finished:
        raise Http404
    response = HttpResponse(card.read_document(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="ak1-{card.year}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@for_applicants
def correct(request, token):
    """Start the correction (perbaikan) of one's own card."""
    card = get_object_or_404(_mine(request), token=token)
    return redirect(actions.start_correction(card, by=request.user))


def _mine(request):
    """What a supervisor has authorised for this person; nobody has seen the others."""
    return Card.objects.filter(
        application__applicant=request.applicant, authorised_at__isnull=False
    ).select_related("office", "replaced_by", "application__applicant")
