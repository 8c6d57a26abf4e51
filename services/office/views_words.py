"""What the office says to people: its reasons and its message texts."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_administrators
from ak1portal.forms import posted
from services.office import actions_words as actions
from services.office import texts as wordings
from services.office.forms_words import ReasonForm, TextForm
from services.office.reasons import ITEMS, line
from services.office.views_settings import say

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_administrators
def reasons(request):
    """Item after item; what the applicant reads stands beside each short name."""
    rows = list(request.officer.office.reasons.all())
    context = {
        "groups": [
            (item, title, [row for row in rows if row.item == item])
            for item, title in ITEMS.items()
        ]
    }
    return TemplateResponse(request, "office/reasons.html", context)


@get_or_post
@for_administrators
def add_reason(request):
    office = request.officer.office
    asked = request.GET.get("tentang", "")
    form = ReasonForm(posted(request), office=office, initial={"item": asked})
    if form.is_valid() and "show" not in request.POST:
        actions.add_reason(office, by=request.officer, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("office:reasons")
    return _reason_page(request, form)


@get_or_post
@for_administrators
def change_reason(request, token):
    office = request.officer.office
    reason = get_object_or_404(office.reasons, token=token)
    form = ReasonForm(posted(request), office=office, instance=reason)
    if form.is_valid() and "show" not in request.POST:
        changed = actions.change_reason(reason, by=request.officer, **form.cleaned_data)
        say(request, changed)
        return redirect("office:reasons")
    return _reason_page(request, form, label=form.initial["label"])


def _reason_page(request, form, label=""):
    """`label`: what the reason is called as yet; "" for a new one."""
    item, sentence = form["item"].value() or "", form["sentence"].value() or ""
    is_whole = item in ITEMS and sentence
    context = {
        "form": form,
        "here": request.get_full_path(),
        "label": label,
        "line": line(item, sentence) if is_whole else "",
    }
    return TemplateResponse(request, "office/reason.html", context)


@require_safe
@for_administrators
def texts(request):
    """Every occasion on which a message is sent, and whose words it has."""
    own = wordings.newest(request.officer.office)
    context = {
        "rows": [
            (kind, occasion.title, own.get(kind))
            for kind, occasion in wordings.OCCASIONS.items()
        ]
    }
    return TemplateResponse(request, "office/texts.html", context)


@get_or_post
@for_administrators
def text(request, kind):
    """The words of one occasion: change them, see them filled in, see earlier ones."""
    office, occasion = request.officer.office, _occasion(kind)
    standing = wordings.text_of(office, kind)
    initial = {"subject": standing.subject, "body": standing.body}
    form = TextForm(posted(request), kind=kind, initial=initial)
    is_sound = not form.is_bound or form.is_valid()
    if form.is_bound and is_sound and "show" not in request.POST:
        changed = actions.change_text(
            office, by=request.officer, kind=kind, **form.cleaned_data
        )
        say(request, changed)
        return redirect("office:texts")
    words = wordings.Text(**form.cleaned_data) if form.is_bound and is_sound else None
    context = {
        "form": form,
        "here": request.path,
        "kind": kind,
        "occasion": occasion,
        "standing": standing,
        "preview": wordings.preview(kind, words or standing) if is_sound else None,
        "versions": office.texts.filter(kind=kind).select_related("by__officer"),
    }
    return TemplateResponse(request, "office/text.html", context)


@require_POST
@for_administrators
def reset_text(request, kind):
    _occasion(kind)
    changed = actions.reset_text(request.officer.office, by=request.officer, kind=kind)
    say(request, changed)
    return redirect("office:text", kind)


def _occasion(kind) -> wordings.Occasion:
    if kind not in wordings.OCCASIONS:
        raise Http404
    return wordings.OCCASIONS[kind]
