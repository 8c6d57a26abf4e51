"""The life of one's own card: reports, work found, employers to answer, leaving."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_applicants
from ak1portal.forms import PortalForm, posted
from services.issuance.actions import today_at
from services.issuance.models import Card, Inactive
from services.issuance.validity import validity
from services.registry import actions, actions_employers, lists, rules
from services.registry.forms import PlacementForm
from services.registry.models import EmployerReport, Via

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_applicants
def card(request, token):
    """The report table as it stands on the card, and what can be done today."""
    card = _mine(request, token)
    today = today_at(card.office)
    context = {
        "card": card,
        "validity": validity(card, today),
        "rows": lists.table(card, today),
        "placement": lists.placement_of(card),
        "waiting": lists.waiting_for(card),
        "bar_life": rules.bars_life(card, today),
        "bar_report": rules.bars_report(card, today),
        "bar_reactivate": rules.bars_reactivation(card, today),
    }
    return TemplateResponse(request, "registry/card.html", context)


@require_POST
@for_applicants
def report(request, token):
    """“I am still looking for work.”"""
    made = actions.report(_mine(request, token), via=Via.ACCOUNT, by=request.user)
    messages.success(
        request,
        _("Thank you. Your %(ordinal)s report is made.")
        % {"ordinal": made.get_ordinal_display()},
    )
    return redirect("registry:card", token)


@get_or_post
@for_applicants
def place(request, token):
    """“I found work.”"""
    card = _mine(request, token)
    form = PlacementForm(posted(request), card=card, today=today_at(card.office))
    if form.is_valid():
        actions.place(card, via=Via.ACCOUNT, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Your work is entered. The card is not active now.")
        )
        return redirect("registry:card", token)
    bar = rules.bars_placing(card, today_at(card.office))
    context = {"card": card, "form": form, "bar": bar}
    return TemplateResponse(request, "registry/place.html", context)


@get_or_post
@for_applicants
def remove(request, token):
    """“I look for work no more.”"""
    card = _mine(request, token)
    form = PortalForm(posted(request))
    if form.is_valid():
        actions.remove(card, why=Inactive.REQUEST, by=request.user)
        messages.success(request, _("The card is not active any more."))
        return redirect("registry:card", token)
    bar = rules.bars_removal(card, today_at(card.office))
    context = {"card": card, "form": form, "bar": bar}
    return TemplateResponse(request, "registry/remove.html", context)


@require_POST
@for_applicants
def reactivate(request, token):
    """“I am still looking for work”, said too late."""
    actions.reactivate(_mine(request, token), via=Via.ACCOUNT, by=request.user)
    messages.success(request, _("The card is active again."))
    return redirect("registry:card", token)


@get_or_post
@for_applicants
def employer(request, token):
    """An employer says that I work there: is it so?"""
    report = _report_to_me(request, token)
    card = lists.now_of(report.card)
    form = PlacementForm(
        posted(request),
        card=card,
        today=today_at(card.office),
        initial={"employer": report.company, "started_on": report.started_on},
    )
    if form.is_valid():
        actions_employers.confirm(
            report, via=Via.ACCOUNT, by=request.user, **form.cleaned_data
        )
        messages.success(
            request, _("Your work is entered. The card is not active now.")
        )
        return redirect("registry:card", card.token)
    bar = rules.bars_confirming(report, today_at(card.office))
    context = {"card": card, "report": report, "form": form, "bar": bar}
    return TemplateResponse(request, "registry/employer.html", context)


@require_POST
@for_applicants
def refuse(request, token):
    report = _report_to_me(request, token)
    actions_employers.refuse(report, by=request.user)
    messages.success(request, _("Thank you. The office knows now that this is not so."))
    return redirect("registry:card", lists.now_of(report.card).token)


def _mine(request, token) -> Card:
    """One's own card, once a supervisor has authorised it."""
    return get_object_or_404(
        Card.objects.filter(authorised_at__isnull=False).select_related(
            "office", "application__applicant__user", "replaced_by"
        ),
        application__applicant=request.applicant,
        token=token,
    )


def _report_to_me(request, token) -> EmployerReport:
    mine = EmployerReport.objects.of(request.applicant)
    return get_object_or_404(mine.select_related("card__office"), token=token)
