"""The printers of the office: how each is fed, and the sheet that puts it straight."""

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ak1portal.audience import for_supervisors
from ak1portal.forms import posted
from services.printing import actions_printers as actions
from services.printing import calibration
from services.printing.forms_printer import CalibrationForm, PrinterForm
from services.printing.models import Printer
from services.printing.views_runs import pdf_response

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_supervisors
def printers(request):
    rows = request.officer.office.printers.annotate(used_at=Max("print_runs__at"))
    context = {"printers": rows.order_by("-is_active", "name")}
    return TemplateResponse(request, "cards/printers.html", context)


@get_or_post
@for_supervisors
def add_printer(request):
    office = request.officer.office
    form = PrinterForm(posted(request), office=office, instance=_new(office))
    if form.is_valid():
        printer = actions.add_printer(officer=request.officer, **form.cleaned_data)
        messages.success(request, _("Added. Now print the calibration sheet on it."))
        return redirect("cards:calibrate", printer.token)
    return TemplateResponse(request, "cards/printer.html", {"form": form})


def _new(office) -> Printer:
    return Printer(paper=office.paper)


@get_or_post
@for_supervisors
def printer(request, token):
    """Change how a printer is fed."""
    printer = _printer(request, token)
    form = PrinterForm(
        posted(request), office=printer.office, instance=_printer(request, token)
    )
    if form.is_valid():
        actions.change_printer(printer, officer=request.officer, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("cards:printers")
    context = {"form": form, "printer": printer}
    return TemplateResponse(request, "cards/printer.html", context)


@get_or_post
@for_supervisors
def calibrate(request, token):
    """Type in by how much the sheet missed; the offsets are put right by that."""
    printer = _printer(request, token)
    form = CalibrationForm(posted(request), printer=printer)
    if form.is_valid():
        actions.calibrate(
            printer,
            officer=request.officer,
            measured=form.cleaned_data["measured"],
            printed_with=form.cleaned_data["printed_with"],
        )
        messages.success(
            request, _("Saved. Print the sheet once more as a proof and measure again.")
        )
        return redirect("cards:calibrate", printer.token)
    context = {"form": form, "printer": printer, "inset": calibration.INSET}
    return TemplateResponse(request, "cards/calibrate.html", context)


@require_safe
@for_supervisors
def calibration_pdf(request, token):
    """The calibration sheet with the offsets of now: after a change, the proof."""
    sheet = calibration.sheet(_printer(request, token))
    return pdf_response(sheet, f"kalibrasi-{token[:8]}.pdf")


def _printer(request, token) -> Printer:
    """A printer of the officer's own office; another office's is not found."""
    printers = request.officer.office.printers.select_related("office")
    return get_object_or_404(printers, token=token)
