"""The front door, the health of the house, and the administrator's pages.

Settings: views_settings, views_hours, views_words. The page that changes an officer
stands in services.review: it may clear a desk.
"""

import base64

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ak1portal.audience import (
    ADMINISTRATOR,
    for_administrators,
    for_auditors,
    for_everyone,
    public,
)
from ak1portal.forms import posted, sent_files
from ak1portal.paging import page_of
from ak1portal.sealed import default_storage
from services.office import actions
from services.office.forms import LogoForm, NewOfficerForm
from services.office.journal import lines
from services.office.models import Office

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@public
def home(request):
    """What the AK-1 is, what to bring, how long it takes, and three things to do."""
    offices = Office.objects.filter(is_active=True)
    return TemplateResponse(request, "office/home.html", {"offices": offices})


@require_safe
@public
def privacy(request):
    offices = list(Office.objects.filter(is_active=True))
    context = {
        "offices": offices,
        "open_offices": [each for each in offices if each.lets_others_serve],
    }
    return TemplateResponse(request, "office/privacy.html", context)


@require_safe
@public
def about(request):
    """What the portal is, and whose work it is made with."""
    return TemplateResponse(request, "office/about.html", {})


@require_safe
@for_everyone
def door(request):
    """After signing in: each to where their work is."""
    officer = getattr(request.user, "officer", None)
    if officer is None or not officer.is_active:
        return redirect("issuance:tasks")
    return redirect(
        "office:settings" if officer.role == ADMINISTRATOR else "review:queue"
    )


@get_or_post
@for_administrators
def logo(request):
    """Put the coat of arms of the government on the card."""
    form = LogoForm(posted(request), sent_files(request, "logo"))
    if form.is_valid():
        actions.change_logo(
            request.officer.office, by=request.officer, **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("office:letterhead")
    context = {"form": form, "picture": _picture(request.officer.office.logo)}
    return TemplateResponse(request, "office/logo.html", context)


def _picture(name) -> str:
    """The logo that is printed now, as text for a page; "" when there is none."""
    if not name:
        return ""
    with default_storage.open(name) as file:
        return base64.b64encode(file.read()).decode()


@require_safe
@for_administrators
def officers(request):
    people = request.officer.office.officers.select_related("user")
    return TemplateResponse(request, "office/officers.html", {"people": people})


@get_or_post
@for_administrators
def add_officer(request):
    form = NewOfficerForm(posted(request))
    if form.is_valid():
        officer = actions.add_officer(
            request.officer.office, by=request.officer, **form.cleaned_data
        )
        messages.success(
            request,
            _("%(name)s can sign in after choosing a password with “Forgot password”.")
            % {"name": officer.name},
        )
        return redirect("office:officers")
    return TemplateResponse(request, "office/officer.html", {"form": form})


@require_safe
@for_auditors
def journal(request):
    entries = request.officer.office.journal.select_related("by__officer")
    page = page_of(entries, request.GET, 100, by="-at")
    context = {"page": page, "lines": lines(page, request.officer.office)}
    return TemplateResponse(request, "office/journal.html", context)
