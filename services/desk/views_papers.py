"""Papers, photo and consent at the counter; the receipt, and its code."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_officers
from ak1portal.devices import with_camera
from ak1portal.forms import posted, sent_files
from ak1portal.pictures import picture_response
from ak1portal.refusals import refuse_if
from applicants import actions as people
from applicants import rules as people_rules
from applicants import uploads
from applicants.forms import CropForm, UploadForm
from applicants.models import DocumentKind
from applicants.views_documents import sliders_of
from services.desk import actions, rules
from services.desk.forms import CodeForm, HandInForm
from services.desk.views import at_the_desk
from services.issuance import rules as issuance_rules
from services.issuance.actions import today_at
from services.issuance.models import Application, Via

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_officers
@with_camera
def papers(request, token):
    """One box for each kind of paper; below, what the person agrees to."""
    return _papers(request, at_the_desk(request, token))


def _papers(request, application, *, upload=None, form=None):
    """`upload`: (kind, its form) that came back with a mistake."""
    applicant = application.applicant
    sent = list(applicant.documents.prefetch_related("pages"))
    missing = {
        kind
        for paper in issuance_rules.missing_papers(applicant, application.office)
        for kind in paper.kinds
    }
    wrong_kind, wrong = upload or (None, None)
    first = next((kind for kind in DocumentKind if kind in missing), None)
    bar = issuance_rules.bars_submission(application, today_at(application.office))
    form = form or HandInForm()
    context = {
        "application": application,
        "applicant": applicant,
        "here": reverse("desk:papers", args=[application.token]),
        "rows": [
            {
                "kind": kind,
                "is_photo": people_rules.is_photo(kind),
                "is_missing": kind in missing,
                "documents": [paper for paper in sent if paper.kind == kind],
                "form": wrong
                if kind == wrong_kind
                else _upload_form(kind, has_focus=kind == first),
                "bar": people_rules.bars_upload(applicant, kind),
            }
            for kind in DocumentKind
        ],
        "missing": issuance_rules.missing(application) or list(filter(None, [bar])),
        "stands_on_skl": issuance_rules.stands_on_skl(applicant),
        "hand_in": form,
        "form": wrong or form,
    }
    return TemplateResponse(request, "desk/papers.html", context)


def _upload_form(kind, request=None, *, has_focus=False) -> UploadForm:
    is_photo = people_rules.is_photo(kind)
    form = UploadForm(
        posted(request) if request else None,
        sent_files(request, "file") if request else None,
        auto_id=f"id_{kind}_%s",
        clean_with=uploads.clean_photo if is_photo else uploads.clean_document,
        accept="image/jpeg,image/png" + ("" if is_photo else ",application/pdf"),
        longest_side=uploads.PHOTO_SIDE if is_photo else uploads.DOCUMENT_SIDE,
    )
    form.fields["file"].widget.attrs["autofocus"] = has_focus
    return form


@require_POST
@for_officers
@with_camera
def upload(request, token, kind):
    application = at_the_desk(request, token)
    if kind not in DocumentKind.values:
        raise Http404
    refuse_if(people_rules.bars_upload(application.applicant, kind))
    form = _upload_form(kind, request)
    if not form.is_valid():
        return _papers(request, application, upload=(kind, form))
    officer, file = request.officer, form.cleaned_data["file"]
    if people_rules.is_photo(kind):
        actions.save_photo(application, officer=officer, picture=file)
    else:
        actions.save_paper(application, officer=officer, kind=kind, pages=file)
    messages.success(
        request, _("Saved: %(kind)s.") % {"kind": DocumentKind(kind).label}
    )
    return redirect("desk:papers", token)


@require_POST
@for_officers
def remove(request, token, document):
    people.remove_document(_document(request, token, document))
    messages.success(request, _("Removed."))
    return redirect("desk:papers", token)


@require_safe
@for_officers
def page(request, token, document, position):
    paper = _document(request, token, document)
    return picture_response(get_object_or_404(paper.pages, position=position).read())


@get_or_post
@for_officers
def crop(request, token, document):
    """Cut the photo anew, where the whole picture has more room than the card."""
    photo = _document(request, token, document)
    if photo.kind != DocumentKind.PHOTO:
        raise Http404
    whole = photo.pages.first()
    form = CropForm(posted(request), initial=sliders_of(photo, whole))
    if form.is_valid():
        box = uploads.crop_from_sliders(whole.width, whole.height, **form.cleaned_data)
        people.adjust_crop(photo, crop=box)
        if "show" in request.POST:
            return redirect("desk:crop", token, photo.token)
        messages.success(request, _("The photo is saved."))
        return redirect("desk:papers", token)
    context = {"form": form, "photo": photo, "whole": whole, "token": token}
    return TemplateResponse(request, "desk/crop.html", context)


def _document(request, token, document):
    application = at_the_desk(request, token)
    return get_object_or_404(application.applicant.documents, token=document)


# Handing in, and the receipt ----------------------------------------------------------


@require_POST
@for_officers
@never_cache
@with_camera
def submit(request, token):
    """Hand in, and show the receipt with its code: this once, on the answer itself."""
    application = _served(request, token)
    form = HandInForm(request.POST)
    if not form.is_valid():
        return _papers(request, at_the_desk(request, token), form=form)
    code = actions.hand_in(
        application,
        officer=request.officer,
        wording=str(HandInForm.WORDING),
        key=form.cleaned_data["key"],
    )
    if not code:
        return redirect("desk:receipt", token)
    return _receipt(request, application, code=code)


@require_safe
@for_officers
def receipt(request, token):
    application = _served(request, token)
    if application.receipt is None:
        return redirect("desk:papers", token)
    return _receipt(request, application)


@require_POST
@for_officers
@never_cache
def claim_code(request, token):
    """Another code, for who lost the receipt and shows the KTP."""
    application = _served(request, token)
    if application.receipt is None:
        raise Http404
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _receipt(request, application, form=form)
    code = actions.renew_claim_code(application, officer=request.officer)
    return _receipt(request, application, code=code)


def _receipt(request, application, *, code="", form=None):
    application.refresh_from_db()
    context = {
        "application": application,
        "applicant": application.applicant,
        "code": code,
        "claim_days": people.CLAIM_DAYS,
        "here": reverse("desk:receipt", args=[application.token]),
        "form": form or CodeForm(),
        "bar_code": people_rules.bars_claim_code(application.applicant),
        "bar_desk": rules.bars_desk(request.officer),
    }
    return TemplateResponse(request, "desk/receipt.html", context)


def _served(request, token) -> Application:
    """Somebody who was served at this counter, however far they are."""
    return get_object_or_404(
        request.officer.office.applications.filter(via=Via.DESK).select_related(
            "applicant", "office"
        ),
        token=token,
    )
