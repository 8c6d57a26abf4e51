"""The counter: who stands there, and what can be done for them."""

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ak1portal.audience import for_officers
from ak1portal.forms import posted
from ak1portal.refusals import refuse_if
from services.desk import actions, rules
from services.desk.forms import HandleForm, LookForm, OpenForm
from services.desk.people import (
    at_handle,
    handle_of,
    served_here,
    standing_of,
    with_nik,
)
from services.desk.sheet import Sheet
from services.desk.views import sheet_page
from services.issuance.actions import today_at
from services.office.journal import note
from services.review.search import find

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@for_officers
@never_cache
def start(request):
    """One box. A NIK that nobody has opens the page of somebody new at once."""
    form = LookForm(posted(request))
    if not form.is_valid():
        return TemplateResponse(request, "desk/start.html", {"form": form})
    digits = form.nik
    found = with_nik(digits) if digits else []
    if len(found) == 1 and found[0].nik_proven_at:
        return _person(request, found[0])
    if found:
        return _claims(request, digits, found)
    results = find(form.cleaned_data["words"], request.officer.office)
    if digits and not results.applications:
        return sheet_page(request, None, Sheet(None, nik=digits))
    if results.hint:
        form.add_error("words", results.hint)
    else:
        note(request.officer, "search", str(len(results.applications)))
    rows = [
        (one, handle_of(one.applicant, request.officer)) for one in results.applications
    ]
    context = {"form": form, "found": results, "rows": rows}
    return TemplateResponse(request, "desk/start.html", context)


def _claims(request, digits, found):
    """Accounts that claim a NIK which nobody has proven: the officer sees the KTP."""
    for applicant in found:
        _looked_at(request, standing_of(applicant, _today(request)))
    context = {
        "digits": digits,
        "rows": [
            (applicant, handle_of(applicant, request.officer)) for applicant in found
        ],
    }
    return TemplateResponse(request, "desk/claims.html", context)


@require_POST
@for_officers
@never_cache
def person(request):
    """Somebody who was found in the list."""
    return _person(request, _chosen(request, HandleForm(request.POST)))


def _person(request, applicant, form=None):
    officer, today = request.officer, _today(request)
    standing = standing_of(applicant, today)
    _looked_at(request, standing)
    office, open_one = officer.office, standing.open_one
    handle = handle_of(applicant, officer)
    is_here = open_one is not None and open_one.office == office
    context = {
        "form": form or OpenForm(initial={"handle": handle}),
        "handle": handle,
        "standing": standing,
        "applicant": applicant,
        "is_elsewhere": standing.home is not None and standing.home != office,
        "case": open_one if is_here and open_one.is_with_office else None,
        "served": served_here(applicant, office),
        "is_own_card": standing.card is not None and standing.card.office == office,
        "bar_serving": rules.bars_serving(applicant, office),
        "bar_open": rules.bars_opening(applicant, office),
        "bar_correct": rules.bars_correcting(applicant, office, standing.card),
    }
    return TemplateResponse(request, "desk/person.html", context)


def _looked_at(request, standing):
    note(
        request.officer,
        "desk_person",
        standing.token,
        new=standing.home.name if standing.home else "",
    )


@require_POST
@for_officers
def open_record(request):
    """Go on with a record: its open application, or a new one of the right kind."""
    return _open(request, correct=False)


@require_POST
@for_officers
def correct(request):
    """Put the card of a record right."""
    return _open(request, correct=True)


def _open(request, *, correct):
    form = OpenForm(request.POST)
    applicant = _chosen(request, form)
    ktp_seen = form.cleaned_data["ktp_seen"]
    if reason := rules.bars_ktp(applicant, ktp_seen=ktp_seen):
        form.add_error("ktp_seen", reason)
        return _person(request, applicant, form)
    if not correct:
        application = actions.open_record(
            applicant, officer=request.officer, ktp_seen=ktp_seen
        )
        return redirect("desk:sheet", application.token)
    card = standing_of(applicant, _today(request)).card
    refuse_if(rules.bars_correcting(applicant, request.officer.office, card))
    application = actions.open_correction(
        card, officer=request.officer, ktp_seen=ktp_seen
    )
    return redirect("desk:sheet", application.token)


def _chosen(request, form):
    """Only what this officer has looked up; anything else is not found."""
    applicant = form.is_valid() and at_handle(
        form.cleaned_data["handle"], request.officer
    )
    if not applicant:
        raise Http404
    return applicant


def _today(request):
    return today_at(request.officer.office)
