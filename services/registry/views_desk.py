"""The desk of the register: a card by its number, and what employers said."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_officers, for_readers
from ak1portal.forms import posted
from services.issuance import register
from services.issuance.actions import today_at
from services.issuance.models import Card
from services.issuance.validity import validity
from services.office.journal import note
from services.registry import actions, actions_employers, lists, rules
from services.registry.forms import DeskPlacementForm, RemovalForm
from services.registry.models import EmployerReport, Via

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_readers
def card(request, token):
    card = _card(request, token)
    today = today_at(card.office)
    context = {
        "card": card,
        "validity": validity(card, today),
        "rows": lists.table(card, today),
        "placement": lists.placement_of(card),
        "waiting": lists.waiting_for(card),
        "events": register.events_of(card).select_related("by__officer"),
        "bar_life": rules.bars_life(card, today),
        "bar_report": rules.bars_report(card, today),
        "bar_reactivate": rules.bars_reactivation(card, today, request.officer),
    }
    return TemplateResponse(request, "registry/desk_card.html", context)


@require_POST
@for_officers
def report(request, token):
    """The holder stands at the counter and still looks for work."""
    made = actions.report(_card(request, token), via=Via.DESK, by=request.user)
    messages.success(
        request,
        _("The %(ordinal)s report is made. Sign the row on the paper card too.")
        % {"ordinal": made.get_ordinal_display()},
    )
    return redirect("register:card", token)


@get_or_post
@for_officers
def place(request, token):
    card = _card(request, token)
    today = today_at(card.office)
    form = DeskPlacementForm(posted(request), card=card, today=today)
    if form.is_valid():
        actions.place(card, via=Via.DESK, by=request.user, **form.cleaned_data)
        messages.success(request, _("The work is entered. The card is not active now."))
        return redirect("register:card", token)
    context = {"card": card, "form": form, "bar": rules.bars_placing(card, today)}
    return TemplateResponse(request, "registry/desk_place.html", context)


@get_or_post
@for_officers
def remove(request, token):
    card = _card(request, token)
    form = RemovalForm(posted(request))
    if form.is_valid():
        actions.remove(card, by=request.user, **form.cleaned_data)
        messages.success(request, _("The card is not active any more."))
        return redirect("register:card", token)
    bar = rules.bars_removal(card, today_at(card.office))
    context = {"card": card, "form": form, "bar": bar}
    return TemplateResponse(request, "registry/desk_remove.html", context)


@require_POST
@for_officers
def reactivate(request, token):
    actions.reactivate(
        _card(request, token), via=Via.DESK, by=request.user, officer=request.officer
    )
    messages.success(request, _("The card is active again."))
    return redirect("register:card", token)


@require_safe
@for_readers
def employer_report(request, token):
    """What an employer told, and how to reach them. Who looked is written down."""
    return _page(request, _report(request, token))


@require_POST
@for_officers
def confirm(request, token):
    report = _report(request, token)
    card = lists.now_of(report.card)
    form = _form(request, report, card)
    if not form.is_valid():
        return _page(request, report, form)
    actions_employers.confirm(
        report,
        via=Via.DESK,
        by=request.user,
        officer=request.officer,
        **form.cleaned_data,
    )
    messages.success(request, _("The work is entered. The card is not active now."))
    return redirect("register:card", card.token)


def _form(request, report, card):
    return DeskPlacementForm(
        posted(request),
        card=card,
        today=today_at(card.office),
        initial={"employer": report.company, "started_on": report.started_on},
    )


def _page(request, report, form=None):
    note(request.officer, "employer_report", report.card.token)
    card = lists.now_of(report.card)
    today = today_at(card.office)
    context = {
        "here": report.get_absolute_url(),
        "report": report,
        "card": card,
        "form": form or _form(request, report, card),
        "bar_settle": rules.bars_settling(report),
        "bar_confirm": rules.bars_confirming(report, today, officer=request.officer),
    }
    return TemplateResponse(request, "registry/employer_report.html", context)


@require_POST
@for_officers
def refuse(request, token):
    actions_employers.refuse(_report(request, token), by=request.user)
    messages.success(request, _("The report is refused. The card stays as it is."))
    return redirect("register:home")


def _card(request, token) -> Card:
    """A card of the officer's own office; another office's is not found."""
    return get_object_or_404(
        request.officer.office.cards.filter(authorised_at__isnull=False).select_related(
            "office", "application__applicant__user", "replaced_by"
        ),
        token=token,
    )


def _report(request, token) -> EmployerReport:
    reports = lists.employer_reports(request.officer.office)
    return get_object_or_404(reports, token=token)
