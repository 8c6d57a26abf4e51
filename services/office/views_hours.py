"""When the office serves: its week and its holidays."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ak1portal.audience import for_administrators
from ak1portal.forms import posted
from services.office import actions_hours as actions
from services.office import concerns
from services.office.forms_hours import HolidayForm, WeekForm
from services.office.hours import Hours
from services.office.views_settings import say

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@for_administrators
def hours(request):
    """The week; an office that has set none sees the usual one, and that it is."""
    office = request.officer.office
    form = WeekForm(posted(request), week=office.hours().week)
    if form.is_valid():
        changed = actions.set_opening_times(
            office, by=request.officer, week=form.week()
        )
        say(request, changed)
        return redirect("office:settings")
    context = {
        "form": form,
        "is_usual": not office.opening_times.exists(),
        "usual": concerns.week(Hours()),
    }
    return TemplateResponse(request, "office/hours.html", context)


@get_or_post
@for_administrators
def holidays(request):
    """The days on which it is closed, and one more."""
    office = request.officer.office
    form = HolidayForm(posted(request), office=office)
    if form.is_valid():
        holiday = actions.add_holiday(office, by=request.officer, **form.cleaned_data)
        messages.success(
            request,
            _("Closed on %(day)s.") % {"day": date_format(holiday.day, "l, j F Y")},
        )
        return redirect("office:holidays")
    today = timezone.localdate(timezone=office.zone)
    context = {
        "form": form,
        "ahead": office.holidays.filter(day__gte=today),
        "past": office.holidays.filter(day__lt=today).order_by("-day"),
    }
    return TemplateResponse(request, "office/holidays.html", context)


@require_POST
@for_administrators
def remove_holiday(request, day):
    holiday = get_object_or_404(request.officer.office.holidays, day=_day(day))
    actions.remove_holiday(holiday, by=request.officer)
    messages.success(request, _("Removed."))
    return redirect("office:holidays")


def _day(word) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise Http404 from None
