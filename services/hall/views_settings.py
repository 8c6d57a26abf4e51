"""The administrator's page of the hall: tickets, counters, the link of the screen."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ak1portal.audience import for_administrators
from ak1portal.forms import posted
from services.hall import actions_settings as actions
from services.hall.forms import CounterForm, HallRuleForm
from services.hall.models import HallRule

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@for_administrators
def settings(request):
    office = request.officer.office
    form = HallRuleForm(posted(request), instance=HallRule.of(office))
    if form.is_valid():
        changed = actions.change_rule(office, by=request.officer, **form.cleaned_data)
        messages.success(
            request,
            _("Saved.")
            if changed
            else _("Nothing was different, nothing was changed."),
        )
        return redirect("hall_settings:settings")
    rule = HallRule.objects.filter(office=office).first()
    context = {
        "form": form,
        "rule": rule,
        "office": office,
        "counters": office.counters.order_by("-is_active", "name"),
        "screen_url": request.build_absolute_uri(
            reverse("hall:screen", args=[rule.screen_token])
        )
        if rule
        else "",
    }
    return TemplateResponse(request, "hall/settings.html", context)


@require_POST
@for_administrators
def renew_screen(request):
    actions.renew_screen(request.officer.office, by=request.officer)
    messages.success(
        request,
        _("The screen has a new link. Open it in the hall; the old one is dead."),
    )
    return redirect("hall_settings:settings")


@get_or_post
@for_administrators
def add_counter(request):
    office = request.officer.office
    form = CounterForm(posted(request), office=office)
    if form.is_valid():
        actions.add_counter(office, by=request.officer, **form.cleaned_data)
        messages.success(request, _("Added."))
        return redirect("hall_settings:settings")
    return TemplateResponse(request, "hall/counter.html", {"form": form})


@get_or_post
@for_administrators
def counter(request, token):
    """Call it by another name, or take it out of use."""
    office = request.officer.office
    counter = get_object_or_404(office.counters, token=token)
    # A form writes what was typed into its instance: the counter itself stays as it is.
    again = get_object_or_404(office.counters, token=token)
    form = CounterForm(posted(request), office=office, instance=again)
    if form.is_valid():
        actions.change_counter(counter, by=request.officer, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("hall_settings:settings")
    context = {"form": form, "counter": counter}
    return TemplateResponse(request, "hall/counter.html", context)
