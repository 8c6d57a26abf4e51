"""The yellow blanks of an office that counts them."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ak1portal.audience import for_readers, for_supervisors
from ak1portal.paging import page_of
from ak1portal.refusals import refuse_if
from services.printing import actions_stock as actions
from services.printing import lists, rules
from services.printing.forms_stock import CountForm, ReceiveForm, SpoilForm
from services.printing.models import Movement

PER_PAGE = 100
COUNT_EVERY = timedelta(days=31)


@require_safe
@for_readers
def stock(request):
    return _page(request)


def _page(request, **bound):
    """The balance, what moved it, and three forms, of which one may be `bound`."""
    office = request.officer.office
    moved = office.stock.select_related("by__officer", "print__card", "print__run")
    counts = office.stock.filter(movement=Movement.COUNTED)
    counted_at = counts.values_list("at", flat=True).first()
    context = {
        "here": reverse("cards:stock"),
        "balance": office.stock.balance(),
        "few": lists.FEW_BLANKS,
        "counted_at": counted_at,
        "count_due": not counted_at or counted_at < timezone.now() - COUNT_EVERY,
        "page": page_of(moved, request.GET, PER_PAGE, by="-at"),
        "receive_form": ReceiveForm(prefix="terima"),
        "spoil_form": SpoilForm(prefix="rusak", office=office),
        "count_form": CountForm(prefix="hitung"),
        **bound,
    }
    return TemplateResponse(request, "cards/stock.html", context)


@require_POST
@for_supervisors
def receive_blanks(request):
    office = request.officer.office
    refuse_if(rules.bars_stock(office))
    form = ReceiveForm(request.POST, prefix="terima")
    if not form.is_valid():
        return _page(request, receive_form=form, form=form)
    actions.receive_blanks(office, officer=request.officer, **form.cleaned_data)
    return _done(request)


@require_POST
@for_supervisors
def spoil_blanks(request):
    office = request.officer.office
    refuse_if(rules.bars_stock(office))
    form = SpoilForm(request.POST, prefix="rusak", office=office)
    if not form.is_valid():
        return _page(request, spoil_form=form, form=form)
    actions.spoil_blanks(office, officer=request.officer, **form.cleaned_data)
    return _done(request)


@require_POST
@for_supervisors
def count_blanks(request):
    office = request.officer.office
    refuse_if(rules.bars_stock(office))
    form = CountForm(request.POST, prefix="hitung")
    if not form.is_valid():
        return _page(request, count_form=form, form=form)
    actions.count_blanks(office, officer=request.officer, **form.cleaned_data)
    return _done(request)


def _done(request):
    balance = request.officer.office.stock.balance()
    messages.success(
        request, _("Written down. Sheets by the books: %(count)d.") % {"count": balance}
    )
    return redirect("cards:stock")
