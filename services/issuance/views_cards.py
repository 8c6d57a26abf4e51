"""The supervisor's side: authorise, print, hand over, withdraw."""

import uuid

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_readers, for_supervisors
from ak1portal.forms import posted
from ak1portal.pictures import picture_response
from services.issuance import actions, card_pdf, rules, timeline
from services.issuance.forms import CardsForm, HandOverForm, VoidForm
from services.issuance.models import Card, PrintRun
from services.issuance.verification import validity
from services.office.journal import note

get_or_post = require_http_methods(["GET", "HEAD", "POST"])

# The lists of the print room, in the order of the day.
LISTS = {
    "sahkan": (gettext_lazy("To authorise"), "to_authorise"),
    "cetak": (gettext_lazy("To print"), "to_print"),
    "serahkan": (gettext_lazy("To hand over"), "to_hand_over"),
    "semua": (gettext_lazy("All cards"), "all"),
}
PER_PAGE = 50


@require_safe
@for_readers
def cards(request):
    """One of the lists; which one stands in the URL, and so does the page."""
    chosen = request.GET.get("daftar", "sahkan")
    chosen = chosen if chosen in LISTS else "sahkan"
    mine = request.officer.office.cards
    rows = getattr(mine, LISTS[chosen][1])().select_related(
        "office", "application", "approved_by__officer"
    )
    page = Paginator(rows.order_by("-created_at"), PER_PAGE).get_page(
        request.GET.get("hal")
    )
    context = {
        "chosen": chosen,
        "lists": [
            (key, title, getattr(mine, name)().count())
            for key, (title, name) in LISTS.items()
        ],
        "page": page,
        "rows": _rows(chosen, page, request.officer),
        # “Choose all” is a link to the same list, so that it needs no script.
        "all_chosen": "semua" in request.GET,
        "key": uuid.uuid4(),
        "runs": request.officer.office.print_runs.annotate(size=Count("prints"))
        .select_related("by__officer")
        .order_by("-at")[:5],
    }
    return TemplateResponse(request, "cards/list.html", context)


def _rows(chosen, page, officer) -> list:
    """Each card with its public state, and why it cannot be authorised, if so."""
    today = actions.today_at(officer.office)
    return [
        (
            card,
            validity(card, today),
            rules.bars_authorisation(card, officer) if chosen == "sahkan" else None,
        )
        for card in page
    ]


@require_POST
@for_supervisors
def authorise(request):
    """Authorise the chosen cards; all of them or, with the reason, none."""
    form = CardsForm(request.POST, office=request.officer.office)
    if not form.is_valid():
        return _say_what_is_wrong(request, form, "sahkan")
    chosen = list(form.cleaned_data["cards"])
    actions.authorise_many(chosen, officer=request.officer)
    messages.success(request, _("Authorised: %(count)d.") % {"count": len(chosen)})
    if "print" in request.POST:
        return _print(request, form)
    return redirect("cards:list")


@require_POST
@for_supervisors
def print_cards(request):
    form = CardsForm(request.POST, office=request.officer.office)
    if not form.is_valid():
        return _say_what_is_wrong(request, form, "cetak")
    return _print(request, form)


def _print(request, form):
    run = actions.print_cards(
        list(form.cleaned_data["cards"]),
        officer=request.officer,
        key=form.cleaned_data["key"],
    )
    return redirect(run)


def _say_what_is_wrong(request, form, chosen):
    for errors in form.errors.values():
        messages.error(request, " ".join(errors))
    return redirect(reverse("cards:list") + f"?daftar={chosen}")


@require_safe
@for_supervisors
def print_run(request, token):
    run = get_object_or_404(request.officer.office.print_runs, token=token)
    prints = run.prints.select_related("card")
    papers = {(p.card.printed["layout"], p.card.printed["paper"]) for p in prints}
    context = {
        "run": run,
        "prints": prints,
        "papers": [f"{layout} {paper}" for layout, paper in sorted(papers)],
        "key": uuid.uuid4(),
    }
    return TemplateResponse(request, "cards/print_run.html", context)


@require_safe
@for_supervisors
def print_pdf(request, token):
    """The run as one PDF, from what was frozen: fetched again, it is the same."""
    run = get_object_or_404(request.officer.office.print_runs, token=token)
    note(request.officer, "print_pdf", run.token)
    response = HttpResponse(_pdf(run), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="ak1-{run.token[:8]}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _pdf(run: PrintRun) -> bytes:
    # A card that was withdrawn meanwhile is not printed again.
    prints = run.prints.filter(card__voided_at=None).select_related("card")
    return card_pdf.render([sheet(p.card, copy=p.copy) for p in prints])


def sheet(card: Card, *, copy: int = 1) -> card_pdf.Sheet:
    """The frozen card, ready to print."""
    return card_pdf.Sheet(
        printed=card.printed,
        photo=card.read_photo(),
        logo=card.read_logo(),
        copy=copy,
    )


@require_safe
@for_readers
def detail(request, token):
    card = _card(request, token)
    context = {
        "card": card,
        "application": card.application,
        "validity": validity(card, actions.today_at(card.office)),
        "events": timeline.of(card.application, names=True),
        "prints": card.prints.select_related("run__by__officer"),
        "bar_authorise": rules.bars_authorisation(card, request.officer),
        "bar_print": rules.bars_printing(card),
        "bar_hand_over": rules.bars_handing_over(card),
        "bar_void": rules.bars_voiding(card),
        "key": uuid.uuid4(),
    }
    return TemplateResponse(request, "cards/detail.html", context)


@require_safe
@for_readers
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def preview(request, token):
    """The card on the screen, as it is printed."""
    card = _card(request, token)
    note(request.officer, "card_preview", card.token)
    page = card_pdf.page(
        card_pdf.Sheet(printed=card.printed, photo=None, logo=None),
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
    context = {"card": card, "form": form, "bar": rules.bars_handing_over(card)}
    return TemplateResponse(request, "cards/hand_over.html", context)


@get_or_post
@for_supervisors
def void(request, token):
    card = _card(request, token)
    form = VoidForm(posted(request))
    if form.is_valid():
        actions.void(card, officer=request.officer, **form.cleaned_data)
        messages.success(request, _("The card is withdrawn."))
        return redirect("cards:detail", token)
    context = {"card": card, "form": form, "bar": rules.bars_voiding(card)}
    return TemplateResponse(request, "cards/void.html", context)


def _card(request, token) -> Card:
    """A card of the officer's own office; another office's is not found."""
    return get_object_or_404(
        request.officer.office.cards.select_related(
            "office", "application__applicant", "application__office"
        ),
        token=token,
    )
