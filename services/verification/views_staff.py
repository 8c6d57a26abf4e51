"""Reports of forged cards, as the office reads and closes them."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from ak1portal.audience import for_readers, for_supervisors
from ak1portal.pictures import picture_response
from services.issuance.actions import today_at
from services.issuance.contents import local_phone
from services.issuance.validity import validity
from services.office.journal import note
from services.verification import actions, rules
from services.verification.forms import CloseForm
from services.verification.models import ForgeryReport

LISTS = {"terbuka": _("Open"), "ditutup": _("Closed")}
PER_PAGE = 50


@require_safe
@for_readers
def reports(request):
    """Reports about cards of this office, newest first; which list is in the URL."""
    everything = request.officer.office.forgery_reports
    found = {"terbuka": everything.open(), "ditutup": everything.closed()}
    chosen = request.GET.get("daftar", "terbuka")
    chosen = chosen if chosen in LISTS else "terbuka"
    rows = found[chosen].select_related("card", "closed_by__officer")
    context = {
        "chosen": chosen,
        "lists": [(key, title, found[key].count()) for key, title in LISTS.items()],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("hal")),
    }
    return TemplateResponse(request, "verification/reports.html", context)


@require_safe
@for_readers
def detail(request, token):
    report = _report(request, token)
    note(request.officer, "forgery_report", report.reference)
    return _detail(request, report, CloseForm())


@require_POST
@for_supervisors
def close(request, token):
    report = _report(request, token)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _detail(request, report, form)
    actions.close(report, officer=request.officer, **form.cleaned_data)
    return redirect(report)


def _detail(request, report, form):
    card, told = report.card, report.told
    context = {
        "here": report.get_absolute_url(),
        "report": report,
        "told": told,
        "seen_on": date.fromisoformat(told["seen_on"]),
        "phone": local_phone(told.get("phone", "")),
        "validity": card and validity(card, today_at(report.office)),
        "bar": rules.bars_closing(report, request.officer),
        "form": form,
    }
    return TemplateResponse(request, "verification/report_detail.html", context)


@require_safe
@for_readers
def photo(request, token):
    report = _report(request, token)
    if not report.photo_file:
        raise Http404
    return picture_response(report.read_photo())


def _report(request, token) -> ForgeryReport:
    """A report to the officer's own office; another office's is not found."""
    return get_object_or_404(
        request.officer.office.forgery_reports.select_related(
            "office", "card", "closed_by__officer"
        ),
        token=token,
    )
