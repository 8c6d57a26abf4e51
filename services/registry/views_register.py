"""The register of the office: months and their balance, and the way to a card."""

import re
from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ak1portal.audience import for_readers, for_supervisors
from ak1portal.forms import posted
from ak1portal.tables import table_response
from applicants.codes import Sex
from services.issuance.models import RegisterEvent
from services.office.journal import note
from services.registry import actions_register, ledger, lists, rules
from services.registry.actions_register import Group
from services.registry.forms import NumberForm
from services.registry.forms_register import OldBalanceForm
from services.registry.terms import AgeGroup

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_readers
def home(request):
    """Find a card by its number; what employers said; the months."""
    office = request.officer.office
    form = NumberForm(request.GET if "nomor" in request.GET else None)
    if form.is_valid():
        card = lists.newest_with(form.cleaned_data["nomor"], office)
        if card:
            return redirect("register:card", card.token)
        form.add_error("nomor", _("No card of this office has this number."))
    context = {
        "form": form,
        "reports": lists.employer_reports(office).pending(),
        "months": reversed(ledger.months(office)),
        "old_balance": ledger.old_balance(office).first(),
    }
    return TemplateResponse(request, "registry/home.html", context)


@require_safe
@for_readers
def month_table(request, month):
    """The lines of one month, for the office's own work; without NIK and names.

    `bentuk` is csv or xlsx.
    """
    first_day = _first_day(month)
    office = request.officer.office
    note(request.officer, "register_csv", month)
    rows = map(_line, ledger.in_month(office, first_day))
    name = f"register-{office.region_code}-{month}"
    return table_response(request.GET.get("bentuk", ""), name, _headings(), rows)


def _headings() -> list[str]:
    return [
        _("Day"),
        _("Event"),
        _("Number"),
        _("People"),
        _("Sex"),
        _("Year of birth"),
        _("Education"),
        _("Field code"),
        _("Major"),
        _("Year finished"),
        _("Job group wanted"),
        _("Sector"),
        _("KBLI"),
        _("Placement"),
        _("Receiver"),
        _("Reason"),
    ]


def _line(event: RegisterEvent) -> list:
    return [
        event.day,
        event.get_kind_display(),
        event.card.number if event.card else _("Old balance"),
        event.people,
        event.sex,
        event.birth_date.year if event.birth_date else None,
        event.education,
        event.field_code,
        event.major,
        event.graduation_year,
        event.job_group,
        event.sector,
        event.sector_version,
        event.placement,
        event.receiver,
        event.get_why_display(),
    ]


def _first_day(month: str) -> date:
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise Http404
    return date.fromisoformat(f"{month}-01")


@get_or_post
@for_supervisors
def old_balance(request):
    """Who was in the register before the office came to the portal; entered once."""
    office = request.officer.office
    form = OldBalanceForm(posted(request), office=office)
    if form.is_valid():
        people = actions_register.enter_old_balance(
            office,
            officer=request.officer,
            day=form.cleaned_data["day"],
            groups=[
                Group(sex, age, level, count)
                for level, age, sex, count in form.counts()
            ],
        )
        messages.success(
            request,
            ngettext(
                "The old balance of %(count)d person is entered.",
                "The old balance of %(count)d people is entered.",
                people,
            )
            % {"count": people},
        )
        return redirect("register:home")
    context = {
        "form": form,
        "bar": rules.bars_opening(office, date.min),
        "ages": list(AgeGroup),
        "sexes": list(Sex),
    }
    return TemplateResponse(request, "registry/old_balance.html", context)
