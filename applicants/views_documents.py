"""Papers and photo: one file a page, saved at once to the draft.

The camera app of a phone may throw the browser away, so nothing waits for a last step.
"""

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

from ak1portal.audience import for_applicants
from ak1portal.forms import posted, sent_files
from ak1portal.pictures import picture_response
from ak1portal.refusals import refuse_if
from applicants import actions, rules, uploads
from applicants.forms import CropForm, UploadForm
from applicants.models import DocumentKind

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@for_applicants
def upload(request, kind):
    """Choose a file for one kind of document; what is wrong with it stands beside."""
    if kind not in DocumentKind.values:
        raise Http404
    refuse_if(rules.bars_editing(request.applicant))
    bar = rules.bars_upload(request.applicant, kind)
    if request.method == "POST":
        refuse_if(bar)
    form = upload_form(request, is_photo=rules.is_photo(kind))
    if form.is_valid():
        return _keep(request, kind, form.cleaned_data["file"])
    context = {
        "form": form,
        "kind": DocumentKind(kind),
        "is_photo": rules.is_photo(kind),
        "kept": request.applicant.documents.filter(kind=kind),
        "bar": bar,
    }
    return TemplateResponse(request, "applicants/upload.html", context)


def upload_form(request, *, is_photo) -> UploadForm:
    return UploadForm(
        posted(request),
        sent_files(request, "file"),
        clean_with=uploads.clean_photo if is_photo else uploads.clean_document,
        accept="image/jpeg,image/png" + ("" if is_photo else ",application/pdf"),
        longest_side=uploads.PHOTO_SIDE if is_photo else uploads.DOCUMENT_SIDE,
    )


def _keep(request, kind, picture):
    if rules.is_photo(kind):
        photo = actions.save_photo(request.applicant, picture=picture)
        return redirect("applicants:crop", photo.token)
    actions.save_document(request.applicant, kind=kind, pages=picture)
    messages.success(
        request, _("Saved: %(kind)s.") % {"kind": DocumentKind(kind).label}
    )
    return redirect("issuance:tasks")


@get_or_post
@for_applicants
def crop(request, token):
    """Show the photo as it will be cut, and let it be cut anew."""
    photo = get_object_or_404(
        request.applicant.documents, token=token, kind=DocumentKind.PHOTO
    )
    whole = photo.pages.first()
    refuse_if(rules.bars_editing(request.applicant))
    form = CropForm(posted(request), initial=sliders_of(photo, whole))
    if form.is_valid():
        box = uploads.crop_from_sliders(whole.width, whole.height, **form.cleaned_data)
        photo = actions.adjust_crop(photo, crop=box)
        if "show" in request.POST:
            # Without JavaScript: the same page again, with the new cut.
            return redirect("applicants:crop", photo.token)
        messages.success(request, _("Your photo is saved."))
        return redirect("issuance:tasks")
    context = {"form": form, "photo": photo, "whole": whole}
    return TemplateResponse(request, "applicants/crop.html", context)


def sliders_of(photo, whole) -> dict:
    """Where the sliders stand for the cut that is kept."""
    return uploads.sliders_of(uploads.Crop(*photo.crop), whole.width, whole.height)


@require_POST
@for_applicants
def remove_document(request, token):
    document = get_object_or_404(request.applicant.documents, token=token)
    actions.remove_document(document)
    messages.success(request, _("Removed."))
    return redirect("issuance:tasks")


@require_safe
@for_applicants
def page(request, token, position):
    """One page of one's own document."""
    document = get_object_or_404(request.applicant.documents, token=token)
    return picture_response(get_object_or_404(document.pages, position=position).read())
