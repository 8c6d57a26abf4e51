"""Cards that were issued on a graduation letter: the diploma is still to be seen."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ak1portal.audience import for_officers, for_readers
from ak1portal.pictures import picture_response
from applicants.models import Document, DocumentKind
from services.issuance import actions_cards, rules_cards
from services.issuance.actions import today_at
from services.issuance.models import Card
from services.office.journal import note

PER_PAGE = 50


@require_safe
@for_readers
def diplomas(request):
    """The one that is due first on top; what is overdue says so."""
    sent = Document.objects.filter(
        applicant=OuterRef("application__applicant"), kind=DocumentKind.DIPLOMA
    )
    cards = request.officer.office.cards.owing_diploma().annotate(is_sent=Exists(sent))
    context = {
        "page": Paginator(cards.order_by("diploma_due_on", "pk"), PER_PAGE).get_page(
            request.GET.get("hal")
        ),
        "today": today_at(request.officer.office),
    }
    return TemplateResponse(request, "desk/diplomas.html", context)


@require_safe
@for_readers
def diploma(request, token):
    """What the holder has sent meanwhile, if anything. Who looked is written down."""
    card = _card(request, token)
    note(request.officer, "diploma", card.token)
    context = {
        "card": card,
        "paper": _paper(card),
        "today": today_at(card.office),
        "bar": rules_cards.bars_seeing_diploma(card),
    }
    return TemplateResponse(request, "desk/diploma.html", context)


@require_safe
@for_readers
def diploma_page(request, token, position):
    card = _card(request, token)
    paper = _paper(card)
    if paper is None or not card.owes_diploma:
        raise Http404
    note(request.officer, "diploma", card.token)
    return picture_response(get_object_or_404(paper.pages, position=position).read())


@require_POST
@for_officers
def see_diploma(request, token):
    actions_cards.see_diploma(_card(request, token), officer=request.officer)
    messages.success(request, _("Written down: the diploma was seen."))
    return redirect("cards:detail", token)


def _card(request, token) -> Card:
    """A card of the officer's own office that was issued on a graduation letter."""
    return get_object_or_404(
        request.officer.office.cards.filter(
            diploma_due_on__isnull=False
        ).select_related("application__applicant", "office"),
        token=token,
    )


def _paper(card) -> Document | None:
    documents = card.application.applicant.documents
    return documents.filter(kind=DocumentKind.DIPLOMA).first()
