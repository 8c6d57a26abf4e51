"""The pages on which a person tells who they are; one section a page.

Every section saves on its own and leads to the next one that misses something.
"""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ak1portal.audience import for_applicants, for_everyone, for_newcomers
from ak1portal.forms import posted
from ak1portal.refusals import refuse_if
from applicants import actions, answers, regions, rules
from applicants.forms import (
    AddressForm,
    GeneralForm,
    IdentityForm,
    WishesForm,
)

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_applicants
def profile(request):
    """Data saya: everything that was told, on one page."""
    context = {
        "answers": answers.of(request.applicant),
        "documents": request.applicant.documents.prefetch_related("pages"),
        "bar": rules.bars_editing(request.applicant),
    }
    return TemplateResponse(request, "applicants/profile.html", context)


@get_or_post
@for_newcomers
def identity(request):
    applicant = request.applicant
    if applicant:
        refuse_if(rules.bars_editing(applicant))
    form = IdentityForm(posted(request), initial=_identity_of(applicant))
    if form.is_valid():
        applicant = actions.register(by=request.user, **form.cleaned_data)
        return _saved(request, applicant, "identity")
    return TemplateResponse(
        request, "applicants/identity.html", {"form": form, "applicant": applicant}
    )


def _identity_of(applicant) -> dict:
    if applicant is None:
        return {}
    names = ("name", "birth_place", "birth_date", "sex")
    answers = {name: getattr(applicant, name) for name in names}
    return {**answers, "nik": applicant.nik_grouped}


@get_or_post
@for_applicants
def general(request):
    refuse_if(rules.bars_editing(request.applicant))
    form = GeneralForm(posted(request), instance=request.applicant)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        disability = facts.pop("disability")
        facts.pop("disability_consent")
        actions.change(request.applicant, **facts)
        actions.declare_disability(
            request.applicant, disability=disability, wording=form.consent_wording
        )
        return _saved(request, request.applicant, "general")
    return _section(request, "general", form)


@get_or_post
@for_applicants
def address(request):
    refuse_if(rules.bars_editing(request.applicant))
    if "show" in request.POST:
        # Without JavaScript: the same answers back, with the next list filled in.
        return _address(request, AddressForm(initial=request.POST.dict()))
    form = AddressForm(posted(request), initial=AddressForm.answers(request.applicant))
    if form.is_valid():
        actions.change(request.applicant, **form.cleaned_data)
        return _saved(request, request.applicant, "address")
    return _address(request, form)


def _address(request, form):
    context = {"form": form, "here": request.path}
    return TemplateResponse(request, "applicants/address.html", context)


@require_safe
@for_everyone
def regions_below(request, code):
    """The regions directly below `code`, for the script of the address page."""
    below = [{"code": r.pk, "name": r.name} for r in regions.children(code)]
    return JsonResponse({"regions": below})


@get_or_post
@for_applicants
def wishes(request):
    refuse_if(rules.bars_editing(request.applicant))
    form = WishesForm(posted(request), instance=request.applicant)
    if form.is_valid():
        actions.change(request.applicant, **form.cleaned_data)
        return _saved(request, request.applicant, "wishes")
    return _section(request, "wishes", form)


def _section(request, key, form):
    context = {"form": form, "section": rules.section(key)}
    return TemplateResponse(request, "applicants/section.html", context)


def after(applicant, key) -> str:
    """The page that follows section `key`: the next one that misses something."""
    later = rules.next_missing(applicant, key)
    return f"applicants:{later}" if later else "issuance:tasks"


def _saved(request, applicant, key):
    messages.success(request, _("Saved."))
    return redirect(after(applicant, key))
