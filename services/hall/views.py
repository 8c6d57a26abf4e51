"""The hall from home: how it is there now, a number, and how far it is."""

from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_applicants, public
from ak1portal.forms import posted
from ak1portal.throttle import throttle
from services.hall import actions, lists, rules, terms
from services.hall.forms import TakeForm
from services.hall.models import HallRule, Ticket

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@public
@never_cache
def halls(request):
    """Every hall that gives tickets: who is called, how many wait, and how long."""
    applicant = getattr(request.user, "applicant", None)
    context = {
        "halls": [
            {
                "rule": rule,
                "office": rule.office,
                "board": lists.board(rule.office),
                "is_over": terms.is_over(
                    rule.office.hours(), lists.clock_at(rule.office)
                ),
            }
            for rule in _rules()
        ],
        "own": lists.own(applicant) if applicant else [],
    }
    return TemplateResponse(request, "hall/halls.html", context)


@get_or_post
@for_applicants
def take(request, code):
    """Book an hour at the office of this region."""
    rule = get_object_or_404(_rules(), office__region_code=code)
    form = TakeForm(
        posted(request),
        initial={"purpose": lists.likely_purpose(request.applicant, rule.office)},
    )
    if form.is_valid():
        throttle(request, "ticket", key=str(request.user.pk))
        day, slot = form.place()
        ticket, is_new = actions.take(
            applicant=request.applicant,
            office=rule.office,
            day=day,
            slot=slot,
            purpose=form.cleaned_data["purpose"],
        )
        if not is_new:
            messages.info(request, rules.taken_before(ticket))
        return redirect(ticket)
    return TemplateResponse(request, "hall/take.html", _choices(request, rule, form))


def _choices(request, rule, form) -> dict:
    """The days, and the hours of one of them: the chosen one, or the first free."""
    days = lists.days_of(rule)
    asked = request.POST.get("day") or request.GET.get("hari", "")
    chosen = next((day for day in days if day.isoformat() == asked), None)
    hours = lists.hours_of(rule, chosen) if chosen else []
    if chosen is None:
        chosen, hours = _first_free(rule, days)
    return {
        "office": rule.office,
        "rule": rule,
        "form": form,
        "here": request.path,
        "days": days,
        "chosen": chosen,
        "hours": hours,
        "is_full": not any(hour.left for hour in hours),
        "standing": next(
            (t for t in lists.own(request.applicant) if t.day == chosen), None
        ),
    }


def _first_free(rule, days: list[date]) -> tuple[date | None, list[lists.Hour]]:
    for day in days:
        hours = lists.hours_of(rule, day)
        if any(hour.left for hour in hours):
            return day, hours
    return (days[0], lists.hours_of(rule, days[0])) if days else (None, [])


@require_safe
@for_applicants
@never_cache
def ticket(request, token):
    """One's own number: how far it is, and what to bring."""
    ticket = _own(request, token)
    context = {
        **_now(ticket),
        "papers": lists.papers(ticket),
        "bar_cancel": rules.bars_cancelling(ticket),
    }
    return TemplateResponse(request, "hall/ticket.html", context)


@require_safe
@public
@never_cache
def follow(request, token):
    """A number from the door, for whoever holds the slip: how far it is."""
    tickets = Ticket.objects.filter(applicant=None).select_related("office", "counter")
    ticket = get_object_or_404(tickets, token=token)
    return TemplateResponse(request, "hall/ticket.html", _now(ticket))


def _now(ticket) -> dict:
    now = lists.clock_at(ticket.office)
    is_today = ticket.day == now.date()
    closed = rules.bars_coming(ticket, ticket.office.hours())
    return {
        "ticket": ticket,
        "office": ticket.office,
        "closed": closed,
        "before": None if closed else lists.before(ticket),
        "is_today": is_today,
        "has_begun": is_today and (ticket.slot is None or ticket.slot <= now.time()),
        "board": lists.board(ticket.office),
    }


@require_POST
@for_applicants
def cancel(request, token):
    ticket = _own(request, token)
    actions.cancel(ticket, applicant=request.applicant)
    messages.success(
        request, _("Number %(number)s is given back.") % {"number": ticket.label}
    )
    return redirect("hall:halls")


def _rules():
    """The rules of the offices that give tickets."""
    return (
        HallRule.objects.filter(gives_tickets=True, office__is_active=True)
        .select_related("office")
        .order_by("office__region_code")
    )


def _own(request, token) -> Ticket:
    """The applicant's own ticket; a stranger's is not found."""
    tickets = request.applicant.tickets.select_related("office", "counter", "by")
    return get_object_or_404(tickets, token=token)
