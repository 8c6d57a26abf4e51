"""The sections that are lists: schools, skills, languages, jobs.

The four work alike, so each page is one view that is told which list it is about.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_applicants
from ak1portal.forms import posted
from ak1portal.refusals import refuse_if
from applicants import actions, rules
from applicants.forms import (
    EducationForm,
    ExperienceForm,
    LanguageForm,
    TrainingForm,
)
from applicants.views import after

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class List:
    """`rows`: the related name; `flag`: the field that says "I have none"."""

    section: str
    rows: str
    form: type
    add: str | Promise
    none: str | Promise = ""
    flag: str = ""


LISTS = {
    "pendidikan": List(
        "education", "educations", EducationForm, gettext_lazy("Add a school")
    ),
    "keterampilan": List(
        "training",
        "trainings",
        TrainingForm,
        gettext_lazy("Add a skill or course"),
        gettext_lazy("I have no skill or course to name"),
        "has_no_training",
    ),
    "bahasa": List(
        "languages",
        "languages",
        LanguageForm,
        gettext_lazy("Add a language"),
        gettext_lazy("I speak Indonesian only"),
        "has_no_language",
    ),
    "pengalaman": List(
        "experience",
        "experiences",
        ExperienceForm,
        gettext_lazy("Add a job"),
        gettext_lazy("I have not worked yet"),
        "has_no_experience",
    ),
}


@require_safe
@for_applicants
def entries(request, part):
    """The list itself, with what can be done with it."""
    kind = _list(part)
    context = {
        "part": part,
        "list": kind,
        "section": rules.section(kind.section),
        "rows": getattr(request.applicant, kind.rows).all(),
        "has_none": bool(kind.flag) and getattr(request.applicant, kind.flag),
        "bar": rules.bars_editing(request.applicant),
        "next": after(request.applicant, kind.section),
    }
    return TemplateResponse(request, "applicants/entries.html", context)


@get_or_post
@for_applicants
def add_entry(request, part):
    kind = _list(part)
    model = kind.form.Meta.model
    return _edit(request, part, kind, model(applicant=request.applicant))


@get_or_post
@for_applicants
def change_entry(request, part, token):
    kind = _list(part)
    entry = get_object_or_404(getattr(request.applicant, kind.rows), token=token)
    return _edit(request, part, kind, entry)


def _edit(request, part, kind, entry):
    refuse_if(rules.bars_editing(request.applicant))
    form = kind.form(posted(request), instance=entry)
    if form.is_valid():
        actions.save_entry(request.applicant, form.instance)
        if kind.flag:
            actions.change(request.applicant, **{kind.flag: False})
        messages.success(request, _("Saved."))
        return redirect(f"applicants:{kind.section}")
    context = {
        "form": form,
        "part": part,
        "list": kind,
        "section": rules.section(kind.section),
    }
    return TemplateResponse(request, "applicants/entry.html", context)


@require_POST
@for_applicants
def remove_entry(request, part, token):
    kind = _list(part)
    entry = get_object_or_404(getattr(request.applicant, kind.rows), token=token)
    actions.remove_entry(request.applicant, entry)
    messages.success(request, _("Removed."))
    return redirect(f"applicants:{kind.section}")


@require_POST
@for_applicants
def declare_none(request, part):
    """“I have none”: an answer too, so that the section is done."""
    kind = _list(part)
    if not kind.flag:
        raise Http404
    actions.change(request.applicant, **{kind.flag: True})
    messages.success(request, _("Saved."))
    return redirect(after(request.applicant, kind.section))


def _list(part) -> List:
    if part not in LISTS:
        raise Http404
    return LISTS[part]
