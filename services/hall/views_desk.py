"""The hall from behind the counter: who is next; and the machine at the door."""

import base64
import io

import qrcode
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_officers
from ak1portal.forms import posted
from ak1portal.refusals import refuse_if
from services.hall import actions, lists, rules
from services.hall.forms import ChooseCounterForm, DoorForm
from services.hall.models import Counter, HallRule, Ticket

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
# Where the session keeps at which counter somebody sits.
SEAT = "counter"


@require_safe
@for_officers
def desk(request):
    """Who stands at this counter, who is next, who did not come."""
    return _page(request, _form(request))


def _form(request, data=None) -> ChooseCounterForm:
    counter = _seat(request)
    return ChooseCounterForm(
        data,
        office=request.officer.office,
        initial={"counter": counter.token if counter else None},
    )


def _page(request, form):
    office = request.officer.office
    counter = _seat(request)
    ticket = lists.at_counter(counter) if counter else None
    case = lists.case_of(ticket) if ticket else None
    context = {
        "form": form,
        "here": reverse("counter:desk"),
        "rule": HallRule.of(office),
        "counter": counter,
        "ticket": ticket,
        "case": case,
        "card": getattr(case, "card", None),
        "board": lists.board(office),
        "waiting": lists.in_turn(office),
        "later": lists.booked_later(office),
        "missed": lists.missed(office),
    }
    return TemplateResponse(request, "hall/desk.html", context)


@require_POST
@for_officers
def choose(request):
    """Sit down at a counter, for as long as this session lasts."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form)
    request.session[SEAT] = form.cleaned_data["counter"].token
    return redirect("counter:desk")


@require_POST
@for_officers
def call_next(request):
    """“Panggil berikutnya”: no other counter calls the same number."""
    ticket = actions.call_next(_own_seat(request), officer=request.officer)
    if ticket is None:
        messages.info(request, _("Nobody is waiting whose turn has come."))
    return redirect("counter:desk")


@require_POST
@for_officers
def call(request, token):
    """Once more: whoever did not hear, or did not come before."""
    _act(request, token, actions.call)
    return redirect("counter:desk")


@require_POST
@for_officers
def serve(request, token):
    _act(request, token, actions.serve)
    return redirect("counter:desk")


@require_POST
@for_officers
def finish(request, token):
    _act(request, token, actions.finish)
    return redirect("counter:desk")


@require_POST
@for_officers
def miss(request, token):
    ticket = _act(request, token, actions.miss)
    messages.info(
        request,
        _("Number %(number)s did not come. It can be called again today.")
        % {"number": ticket.label},
    )
    return redirect("counter:desk")


def _act(request, token, act) -> Ticket:
    """Do `act` with a ticket of the officer's own office, at their counter."""
    tickets = request.officer.office.tickets.select_related("office", "applicant")
    ticket = get_object_or_404(tickets, token=token)
    act(ticket, counter=_own_seat(request), officer=request.officer)
    return ticket


@get_or_post
@for_officers
def door(request):
    """A number for whoever has come: one press, one slip."""
    office = request.officer.office
    form = DoorForm(posted(request))
    if form.is_valid():
        ticket = actions.give(office, by=request.officer, **form.cleaned_data)
        return redirect("counter:slip", ticket.token)
    rule = HallRule.of(office)
    context = {
        "form": form,
        "rule": rule,
        "office": office,
        "board": lists.board(office),
        "bar": rules.bars_giving(rule, office.hours(), lists.clock_at(office)),
    }
    return TemplateResponse(request, "hall/door.html", context)


@require_safe
@for_officers
def slip(request, token):
    """The slip of a number, 80 mm wide, with the link to follow it by phone."""
    tickets = request.officer.office.tickets.filter(applicant=None)
    ticket = get_object_or_404(tickets.select_related("office"), token=token)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "rule": HallRule.of(ticket.office),
        "before": lists.before(ticket),
        "code": _code(f"{settings.PUBLIC_URL}{ticket.get_absolute_url()}"),
    }
    return TemplateResponse(request, "hall/slip.html", context)


def _code(url: str) -> str:
    """A QR of this address, as the text of a PNG."""
    png = io.BytesIO()
    qrcode.make(url, border=1).save(png)
    return base64.b64encode(png.getvalue()).decode()


def _seat(request) -> Counter | None:
    """The counter of this session, while it is in use."""
    counters = request.officer.office.counters.filter(is_active=True)
    return counters.filter(token=request.session.get(SEAT, "")).first()


def _own_seat(request) -> Counter:
    counter = _seat(request)
    refuse_if(rules.bars_desk(counter))
    return counter
