"""The applicant's side: from the start of an application to its decision."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_applicants, public
from ak1portal.forms import posted
from ak1portal.pictures import picture_response
from ak1portal.refusals import refuse_if
from ak1portal.throttle import throttle
from applicants import answers
from applicants import rules as applicant_rules
from applicants.models import DocumentKind
from services.issuance import actions, rules, timeline
from services.issuance.contents import contents
from services.issuance.drawing import on_screen
from services.issuance.forms import StartForm, StatusForm, SubmitForm, WithdrawForm
from services.issuance.items import ITEM_TITLES
from services.issuance.models import Application, Correction
from services.office.models import Office

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_applicants
def tasks(request):
    """Where a person comes in: the open application, or how to start one."""
    application = request.applicant.applications.open().first()
    if application:
        return redirect(application)
    offices = Office.objects.filter(is_active=True)
    today = timezone.localdate()
    context = {
        "form": StartForm(initial={"office": _nearest(offices, request.applicant)}),
        "offices": offices,
        "bar": rules.bars_start(request.applicant, today),
        "past": request.applicant.applications.select_related(
            "card", "office"
        ).order_by("-created_at"),
        "today": today,
    }
    return TemplateResponse(request, "issuance/tasks.html", context)


def _nearest(offices, applicant):
    """The office of the place where the person lives, else the first."""
    home = (applicant.village_id or "")[:4]
    return next((o for o in offices if o.region_code == home), offices.first())


@require_POST
@for_applicants
def start(request):
    form = StartForm(request.POST)
    if not form.is_valid():
        return TemplateResponse(
            request,
            "issuance/tasks.html",
            {
                "form": form,
                "offices": Office.objects.filter(is_active=True),
                "here": reverse("issuance:tasks"),
            },
        )
    application = actions.start(applicant=request.applicant, **form.cleaned_data)
    return redirect(application)


@require_POST
@for_applicants
def choose_office(request, token):
    application = _own(request, token)
    form = StartForm(request.POST)
    if form.is_valid():
        actions.choose_office(application, **form.cleaned_data)
        return redirect(application)
    refuse_if(rules.bars_choosing_office(application))
    return _task_list(request, application, form)


@require_safe
@for_applicants
def detail(request, token):
    """The task list while it is with the applicant; after that, where it stands."""
    application = _own(request, token)
    if application.is_with_applicant:
        return _task_list(request, application, _office_form(application))
    context = {
        "application": application,
        "events": timeline.of(application),
        "card": getattr(application, "card", None),
        "today": actions.today_at(application.office),
        "bar_withdraw": rules.bars_withdrawal(application),
    }
    return TemplateResponse(request, "issuance/detail.html", context)


def _task_list(request, application, form):
    """The page of a draft or a returned one; `form` chooses another office, or None."""
    context = {
        "application": application,
        "form": form,
        "here": application.get_absolute_url(),
        **_tasks_of(application),
    }
    return TemplateResponse(request, "issuance/draft.html", context)


def _tasks_of(application) -> dict:
    applicant = application.applicant
    missing = applicant_rules.missing(applicant)
    documents = list(applicant.documents.all())
    corrections = corrections_of(application)
    bar = rules.bars_submission(application, actions.today_at(application.office))
    return {
        "sections": [
            {
                "section": section,
                "missing": missing[section.key],
                "corrections": [c for c in corrections if c.item == section.key],
            }
            for section in applicant_rules.SECTIONS
        ],
        "papers": [
            _paper(paper, documents, corrections)
            for paper in rules.papers(application.office)
        ],
        "corrections": [(ITEM_TITLES[c.item], c.reason) for c in corrections],
        "return_note": _return_note(application),
        # Age and domicile of the office too: better known now than at the end.
        "missing": rules.missing(application) or list(filter(None, [bar])),
    }


def _office_form(application) -> StartForm | None:
    """To turn it to another office; None when it stays or there is no other."""
    if rules.bars_choosing_office(application):
        return None
    form = StartForm(initial={"office": application.office_id})
    others = form.fields["office"].queryset.exclude(pk=application.office_id)
    return form if others.exists() else None


def _paper(paper, documents, corrections) -> dict:
    """`kind`: the one whose page opens; of two that will do, the one that was sent."""
    sent = [d for d in documents if d.kind in paper.kinds]
    return {
        "paper": paper,
        "documents": sent,
        "kind": str(sent[0].kind if sent else paper.kinds[0]),
        "corrections": [c for c in corrections if c.item in paper.kinds],
    }


def corrections_of(application: Application) -> list[Correction]:
    """What the last return asked for, while the application is back with its owner."""
    step = application.steps.last()
    return list(step.corrections.all()) if step else []


def _return_note(application) -> str:
    step = application.steps.last()
    return step.note if step else ""


@require_safe
@for_applicants
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def preview(request, token):
    """The card as it would be printed from the answers so far; then the card itself.

    Number and dates come with the authorisation: until then, and after a withdrawal,
    nobody has a card to show.
    """
    application = _own(request, token)
    applicant, card = application.applicant, _standing_card(application)
    printed = card.printed if card else contents(applicant, application.office)
    has_photo = card or applicant.documents.filter(kind=DocumentKind.PHOTO).exists()
    url = reverse("issuance:preview_photo", args=[token]) if has_photo else ""
    return HttpResponse(on_screen(printed, photo_url=url))


def _standing_card(application):
    card = getattr(application, "card", None)
    return card if card and card.authorised_at and not card.voided_at else None


@require_safe
@for_applicants
def preview_photo(request, token):
    application = _own(request, token)
    if card := _standing_card(application):
        return picture_response(card.read_photo())
    photo = get_object_or_404(application.applicant.documents, kind=DocumentKind.PHOTO)
    return picture_response(photo.pages.last().read())


@require_safe
@for_applicants
def check(request, token):
    """Periksa jawaban: everything on one page, before it is sent."""
    application = _own(request, token)
    form = SubmitForm()
    return _check_page(request, application, form)


def _check_page(request, application, form, status=200):
    documents = list(application.applicant.documents.prefetch_related("pages"))
    context = {
        "application": application,
        "here": reverse("issuance:check", args=[application.token]),
        "answers": answers.of(application.applicant),
        "form": form,
        "missing": rules.missing(application),
        "bar": rules.bars_submission(application, actions.today_at(application.office)),
        "papers": [
            _paper(paper, documents, []) for paper in rules.papers(application.office)
        ],
    }
    return TemplateResponse(request, "issuance/check.html", context, status=status)


@require_POST
@for_applicants
def submit(request, token):
    application = _own(request, token)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return _check_page(request, application, form)
    actions.submit(application, by=request.user, key=form.cleaned_data["key"])
    return redirect("issuance:confirmation", token)


@require_safe
@for_applicants
def confirmation(request, token):
    """The receipt: what happens next and by when. Can be opened again at any time."""
    application = _own(request, token)
    if application.receipt is None:
        return redirect(application)
    return TemplateResponse(
        request, "issuance/confirmation.html", {"application": application}
    )


@get_or_post
@for_applicants
def withdraw(request, token):
    application = _own(request, token)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        actions.withdraw(application, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your application is withdrawn."))
        return redirect("issuance:tasks")
    context = {
        "application": application,
        "form": form,
        "bar": rules.bars_withdrawal(application),
    }
    return TemplateResponse(request, "issuance/withdraw.html", context)


@get_or_post
@public
@never_cache
def status(request):
    """Where an application stands, for who holds its receipt and knows the birth date.

    A wrong pair gets one answer, whether the receipt exists or not.
    """
    form = StatusForm(posted(request))
    context = {"form": form, "here": request.path}
    if form.is_valid():
        receipt = form.cleaned_data["receipt"]
        throttle(request, "status", key=receipt)
        application = (
            Application.objects.select_related("office", "applicant", "card")
            .filter(
                receipt=receipt, applicant__birth_date=form.cleaned_data["birth_date"]
            )
            .first()
        )
        if application is None:
            form.add_error(
                None,
                _("No application has this receipt number and date of birth."),
            )
        else:
            context |= {
                "application": application,
                "card": getattr(application, "card", None),
                "events": timeline.of(application),
            }
    return TemplateResponse(request, "issuance/status.html", context)


def _own(request, token) -> Application:
    """The applicant's own application; a stranger's is not found."""
    return get_object_or_404(
        request.applicant.applications.select_related("office", "applicant", "card"),
        token=token,
    )
