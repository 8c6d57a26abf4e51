"""One card in the print room: looked at, printed again, handed over, withdrawn."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_officers, for_readers, for_supervisors
from ak1portal.forms import posted
from ak1portal.pictures import picture_response
from ak1portal.refusals import refuse_if
from services.issuance import actions_cards, rules_cards, timeline
from services.issuance.actions import today_at
from services.issuance.drawing import on_screen
from services.issuance.models import Card
from services.issuance.validity import validity
from services.office.journal import note
from services.printing import actions, lists, rules
from services.printing.forms import CardsForm
from services.printing.forms_card import (
    HandOverForm,
    ReprintForm,
    VoidForm,
    too_long,
)
from services.printing.views_runs import pdf_response

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_readers
def detail(request, token):
    card = _card(request, token)
    officer = request.officer
    context = {
        "card": card,
        "application": card.application,
        "validity": validity(card, today_at(card.office)),
        "events": timeline.of(card.application, names=True),
        "prints": card.prints.select_related(
            "run__by__officer", "confirmed_by__officer", "handed_over_by__officer"
        ).order_by("-at"),
        "reprints": _reprints(card),
        "replaces": card.replaces.first(),
        "stuck": lists.in_words(card.finish_problem) if _is_stuck(card) else "",
        "form": _form(officer) if officer.supervises else None,
        **_bars(card, officer),
    }
    return TemplateResponse(request, "cards/detail.html", context)


def _reprints(card) -> list:
    """Oldest first; one with a letter knows as which number `letter` finds it."""
    reprints = list(card.reprints.select_related("by__officer", "answered_by"))
    with_letter = [reprint for reprint in reprints if reprint.letter_file]
    for position, reprint in enumerate(with_letter):
        reprint.letter_position = position
    return reprints


def _bars(card, officer) -> dict:
    newest = lists.newest_good_print(card)
    return {
        "bar_authorise": rules_cards.bars_authorisation(card, officer),
        "bar_print": rules.bars_printing(card),
        "bar_reprint": rules.bars_reprint(card),
        "bar_hand_over": rules.bars_handing_over(newest, card),
        "bar_document": rules.bars_document(card),
        "bar_ask_void": rules_cards.bars_asking_void(card, officer),
        "bar_void": rules_cards.bars_voiding(card, officer),
        "bar_keep": rules_cards.bars_keeping(card, officer),
    }


def _is_stuck(card) -> bool:
    gave_up = card.finish_attempts >= Card.MAX_ATTEMPTS
    return gave_up and not card.is_finished and not card.voided_at


def _form(officer) -> CardsForm:
    usual = lists.usual_printer(officer)
    return CardsForm(officer=officer, initial={"printer": usual})


@require_safe
@for_readers
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def preview(request, token):
    """The card on the screen, as it is printed."""
    card = _card(request, token)
    note(request.officer, "card_preview", card.token)
    page = on_screen(
        card.printed,
        photo_url=reverse("cards:photo", args=[token]),
        logo_url=reverse("cards:logo", args=[token]) if card.logo_file else "",
    )
    return HttpResponse(page)


@require_safe
@for_readers
def photo(request, token):
    return picture_response(_card(request, token).read_photo())


@require_safe
@for_readers
def logo(request, token):
    return picture_response(_card(request, token).read_logo() or b"", kind="image/png")


@require_safe
@for_supervisors
def document(request, token):
    """The finished card as a file, signed where the office signs electronically."""
    card = _card(request, token)
    refuse_if(rules.bars_document(card))
    note(request.officer, "card_document", card.number)
    return pdf_response(card.read_document(), f"ak1-{card.token[:8]}.pdf")


@require_POST
@for_supervisors
def try_again(request, token):
    """Have a card drawn and signed that the workers had given up."""
    card = _card(request, token)
    actions_cards.try_again(card)
    messages.success(
        request,
        _("Card %(number)s is drawn once more. Look again in a minute.")
        % {"number": card.number},
    )
    return redirect("cards:detail", token)


@get_or_post
@for_supervisors
def ask_reprint(request, token):
    """Write down why a card is printed once more; it then waits to be printed."""
    card = _card(request, token)
    form = ReprintForm(
        posted(request), request.FILES or None, too_long=too_long(request)
    )
    if form.is_valid():
        actions.ask_reprint(card, officer=request.officer, **form.cleaned_data)
        messages.success(request, _("Written down. The card can be printed again."))
        return redirect("cards:detail", token)
    context = {"card": card, "form": form, "bar": rules.bars_reprint(card)}
    return TemplateResponse(request, "cards/ask_reprint.html", context)


@require_safe
@for_readers
def letter(request, token, position):
    """The police letter of the reprint that was asked for as number `position`."""
    card = _card(request, token)
    with_letter = [reprint for reprint in _reprints(card) if reprint.letter_file]
    if position >= len(with_letter):
        raise Http404
    note(request.officer, "reprint_letter", card.number)
    return picture_response(with_letter[position].read_letter())


@get_or_post
@for_supervisors
def hand_over(request, token):
    card = _card(request, token)
    form = HandOverForm(
        posted(request), initial={"to": card.holder_name, "identity_seen": "KTP"}
    )
    if form.is_valid():
        actions.hand_over(card, officer=request.officer, **form.cleaned_data)
        messages.success(request, _("Handed over."))
        return redirect("cards:detail", token)
    bar = rules.bars_handing_over(lists.newest_good_print(card), card)
    context = {"card": card, "form": form, "bar": bar}
    return TemplateResponse(request, "cards/hand_over.html", context)


@get_or_post
@for_officers
def ask_void(request, token):
    """Ask that a card be withdrawn; somebody else confirms it."""
    card = _card(request, token)
    form = VoidForm(posted(request))
    if form.is_valid():
        actions_cards.ask_void(card, officer=request.officer, **form.cleaned_data)
        messages.success(request, _after_asking(card))
        return redirect("cards:detail", token)
    bar = rules_cards.bars_asking_void(card, request.officer)
    context = {"card": card, "form": form, "bar": bar}
    return TemplateResponse(request, "cards/ask_void.html", context)


def _after_asking(card) -> str:
    if card.voided_at:
        return _("The card is withdrawn.")
    return _("Asked. Another supervisor must now confirm it.")


@require_POST
@for_supervisors
def void(request, token):
    card = _card(request, token)
    actions_cards.void(card, officer=request.officer)
    messages.success(request, _("The card is withdrawn."))
    return redirect("cards:detail", token)


@require_POST
@for_officers
def keep(request, token):
    card = _card(request, token)
    actions_cards.keep(card, officer=request.officer)
    messages.success(request, _("The card stands."))
    return redirect("cards:detail", token)


def _card(request, token) -> Card:
    """A card of the officer's own office; another office's is not found."""
    return get_object_or_404(
        request.officer.office.cards.select_related(
            "office",
            "application__applicant",
            "application__office",
            "application__corrects",
            "authorised_by__officer",
            "void_asked_by__officer",
            "replaced_by",
        ),
        token=token,
    )
