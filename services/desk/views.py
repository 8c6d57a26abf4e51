"""The whole AK/II on one page: of somebody new, or of a record that is open here."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ak1portal.audience import for_officers
from services.desk import actions
from services.desk.sheet import Sheet
from services.issuance.models import Application, Via
from services.issuance.workflow import WITH_APPLICANT

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
# Buttons that change what the page asks, and save nothing.
REDRAW = ("add", "show", "fresh")


@get_or_post
@for_officers
@never_cache
def new(request):
    """Somebody whom nobody knows yet. With a name and a NIK there is a record."""
    if request.method != "POST" or "fresh" in request.POST:
        return sheet_page(request, None, Sheet(None, nik=request.POST.get("nik", "")))
    sheet = Sheet(None, request.POST)
    if _is_redraw(request):
        return sheet_page(request, None, sheet.unjudged())
    sheet.judge(whole="go" in request.POST)
    if not sheet.is_identified:
        return sheet_page(request, None, sheet, status=422)
    application = actions.register(
        officer=request.officer,
        key=_key(request),
        identity=sheet.identity.cleaned_data,
    )
    return _save(request, application)


@get_or_post
@for_officers
@never_cache
def sheet(request, token):
    application = at_the_desk(request, token)
    if request.method != "POST":
        return sheet_page(request, application, Sheet(application.applicant))
    if _is_redraw(request):
        sheet = Sheet(application.applicant, request.POST)
        return sheet_page(request, application, sheet.unjudged())
    return _save(request, application)


def _save(request, application):
    """What is right is kept; what is wrong stays on the page, beside its reason."""
    whole = "go" in request.POST
    sheet = Sheet(application.applicant, request.POST)
    is_fine = sheet.judge(whole=whole)
    actions.fill_in(application, officer=request.officer, **sheet.answers())
    if not is_fine:
        return sheet_page(request, application, sheet.kept(), status=422)
    messages.success(request, _("Saved."))
    return redirect("desk:papers" if whole else "desk:sheet", application.token)


def sheet_page(request, application, sheet, status=200):
    context = {
        "application": application,
        "form": sheet,
        "action": reverse("desk:sheet", args=[application.token])
        if application
        else reverse("desk:new"),
        "here": reverse("desk:start"),
        "key": "" if application else _key(request),
    }
    return TemplateResponse(request, "desk/sheet.html", context, status=status)


def _is_redraw(request) -> bool:
    return any(name in request.POST for name in REDRAW)


def _key(request) -> UUID:
    """What makes the second press find what the first one made."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def at_the_desk(request, token) -> Application:
    """An application that is open at this counter; of another office, not found."""
    return get_object_or_404(
        request.officer.office.applications.filter(
            via=Via.DESK, status__in=WITH_APPLICANT
        ).select_related("applicant", "office"),
        token=token,
    )
