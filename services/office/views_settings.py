"""The settings of an office: the list of concerns, and a page for each.

A page that has an example shows it for what is typed when “show” is pressed, and saves
nothing; a script presses that button while somebody types.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ak1portal.audience import for_administrators
from ak1portal.forms import posted
from services.office import actions, concerns
from services.office.forms_settings import (
    AfterCardForm,
    CardForm,
    LetterheadForm,
    NumberForm,
    PromiseForm,
    RequirementsForm,
    WorkingForm,
)
from services.office.hours import NeverOpenError
from services.office.models import Office

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_administrators
def settings(request):
    office = request.officer.office
    context = {"office": office, "concerns": concerns.of(office)}
    return TemplateResponse(request, "office/settings.html", context)


@get_or_post
@for_administrators
def letterhead(request):
    return _concern(request, LetterheadForm, "office/letterhead.html")


@get_or_post
@for_administrators
def card(request):
    return _concern(request, CardForm, "office/card.html")


@get_or_post
@for_administrators
def number(request):
    """How registration numbers are written; the example is that of what is typed."""
    return _concern(request, NumberForm, "office/number.html", example=concerns.example)


@get_or_post
@for_administrators
def requirements(request):
    return _concern(request, RequirementsForm, "office/requirements.html")


@get_or_post
@for_administrators
def promise(request):
    """By when an application is answered; the example is one that comes in now."""
    return _concern(request, PromiseForm, "office/promise.html", example=_due)


def _due(office):
    """(now, by when), in the office's own time; no “by when” for who never opens."""
    now = timezone.now().astimezone(office.zone)
    try:
        return now, office.promised_by(now)
    except NeverOpenError:
        return now, None


@get_or_post
@for_administrators
def after_card(request):
    return _concern(request, AfterCardForm, "office/after_card.html")


@get_or_post
@for_administrators
def working(request):
    return _concern(request, WorkingForm, "office/working.html")


def _concern(request, form_class, template, *, example=None):
    """One page of settings. `example`: what the form's office would do."""
    office = Office.objects.get(pk=request.officer.office_id)
    form = form_class(posted(request), instance=office)
    is_sound = not form.is_bound or form.is_valid()
    if form.is_bound and is_sound and "show" not in request.POST:
        changed = actions.change_settings(
            request.officer.office, by=request.officer, **form.cleaned_data
        )
        say(request, changed)
        return redirect("office:settings")
    context = {
        "form": form,
        "office": office,
        "here": request.path,
        # A form that is sound has put its answers into `office`, and saved nothing.
        "example": example(office) if example and is_sound else None,
    }
    return TemplateResponse(request, template, context)


def say(request, changed) -> None:
    """What became of the press on “save”."""
    if changed:
        messages.success(request, _("Saved."))
    else:
        messages.info(request, _("Nothing was different, nothing was changed."))
