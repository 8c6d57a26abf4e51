"""The report of a card that looks forged, as the public makes it."""

from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ak1portal.audience import public
from ak1portal.throttle import throttle
from services.verification import actions
from services.verification.forms import ReportForm
from services.verification.models import ForgeryReport

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@public
@never_cache
def report(request):
    """Tell the office; ?kode= fills in what was checked."""
    if request.method == "POST":
        throttle(request, "forgery")
        form = ReportForm(request.POST, request.FILES)
        if form.is_valid():
            return redirect("verification:reported", _keep(form).token)
    else:
        form = ReportForm(initial={"seen": request.GET.get("kode", "")[:400]})
    return TemplateResponse(request, "verification/report.html", {"form": form})


def _keep(form) -> ForgeryReport:
    answers = form.cleaned_data
    return actions.report(
        key=answers["key"],
        office=answers["office"],
        card=answers["card"],
        told=form.told,
        photo=answers["photo"],
    )


@require_safe
@public
@never_cache
def reported(request, token):
    """The reference for the reporter; nothing of what was told."""
    report = get_object_or_404(
        ForgeryReport.objects.select_related("office"), token=token
    )
    return TemplateResponse(request, "verification/reported.html", {"report": report})
