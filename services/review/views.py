"""Behind the counter: the queue and the case."""

from collections import defaultdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ak1portal.audience import for_administrators, for_officers, for_readers
from ak1portal.forms import posted
from ak1portal.pictures import picture_response
from applicants import answers
from applicants.models import Document
from services.issuance import items, letters, timeline
from services.issuance.actions import today_at
from services.issuance.models import Application, Correction
from services.issuance.workflow import Status
from services.office.forms import OfficerForm
from services.office.journal import note
from services.review import actions, checks, rules
from services.review.forms import VerdictsForm
from services.review.models import DeskNote

LISTS = {
    "menunggu": (gettext_lazy("Waiting"), (Status.SUBMITTED,)),
    "diperiksa": (gettext_lazy("Being checked"), (Status.IN_REVIEW,)),
    "dikembalikan": (gettext_lazy("Sent back"), (Status.RETURNED,)),
    "selesai": (
        gettext_lazy("Decided"),
        (Status.APPROVED, Status.REJECTED, Status.WITHDRAWN),
    ),
}
PER_PAGE = 50


@require_safe
@for_readers
def queue(request):
    """The applications of this office, the one that is due first on top."""
    chosen = request.GET.get("daftar", "menunggu")
    chosen = chosen if chosen in LISTS else "menunggu"
    mine = request.officer.office.applications.exclude(receipt=None)
    rows = mine.filter(status__in=LISTS[chosen][1]).select_related(
        "applicant", "reviewer__officer"
    )
    order = "-decided_at" if chosen == "selesai" else "due_at"
    context = {
        "chosen": chosen,
        "lists": [
            (key, title, mine.filter(status__in=statuses).count())
            for key, (title, statuses) in LISTS.items()
        ],
        "page": Paginator(rows.order_by(order, "submitted_at"), PER_PAGE).get_page(
            request.GET.get("hal")
        ),
        "now": timezone.now(),
        "on_desk": mine.filter(status=Status.IN_REVIEW, reviewer=request.user).first(),
    }
    return TemplateResponse(request, "review/queue.html", context)


@require_POST
@for_officers
def take_next(request):
    """“Ambil berikutnya”: the next case, and no other officer gets the same."""
    application = actions.take_next(officer=request.officer)
    if application is None:
        messages.info(request, _("Nobody is waiting. The queue is empty."))
        return redirect("review:queue")
    return redirect("review:detail", application.token)


@require_safe
@for_readers
def detail(request, token):
    application = _case(request, token)
    return _page(request, application, _kept(application))


def _kept(application) -> VerdictsForm:
    """The form with what was kept since the case was taken.

    What an earlier round said was answered since.
    """
    taken = application.steps.last()
    note = DeskNote.objects.filter(application=application, at__gte=taken.at).first()
    return VerdictsForm(
        items=items.of(application),
        verdicts=application.verdicts.filter(at__gte=taken.at),
        initial={"note": note.note, "name_agrees": note.name_agrees} if note else {},
    )


def _page(request, application, form, status=200):
    """The case; who looked is written down, whatever brought them here."""
    note(request.officer, "case", application.token)
    applicant = application.applicant
    shows_answers = rules.shows_answers(application)
    sections, papers = _rows(applicant, form) if shows_answers else ([], [])
    context = {
        "shows_answers": shows_answers,
        "application": application,
        "here": reverse("review:detail", args=[application.token]),
        "applicant": applicant,
        "sections": sections,
        "papers": papers,
        "corrections": _corrections(application),
        "form": form,
        "is_mine": rules.bars_decision(application, request.officer) is None,
        "bar_take": rules.bars_taking(application, request.officer),
        "bar_release": rules.bars_release(application, request.officer),
        "checks": checks.of(application, today_at(application.office))
        if shows_answers
        else [],
        "others": checks.same_person(applicant) if shows_answers else [],
        "events": timeline.of(application, names=True),
        "letters": letters.of(application),
        "card": getattr(application, "card", None),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "review/detail.html", context, status=status)


def _rows(applicant, form):
    """Beside each section what was told, beside each kind of paper its pages.

    Two lists of (item, mark, reason, answers or documents).
    """
    told = {part.section.key: part.answers for part in answers.of(applicant)}
    sent = defaultdict(list)
    for document in applicant.documents.prefetch_related("pages"):
        sent[document.kind].append(document)
    rows = form.rows()
    sections = [(*row, told[row[0].key]) for row in rows if row[0].key in told]
    papers = [(*row, sent[row[0].key]) for row in rows if row[0].key in sent]
    return sections, papers


def _corrections(application):
    """What was asked for in earlier rounds, newest first: (step, title, reason)."""
    asked = Correction.objects.filter(step__application=application)
    return [
        (correction.step, items.ITEM_TITLES[correction.item], correction.reason)
        for correction in asked.select_related("step").order_by("-step__at", "pk")
    ]


@require_POST
@for_officers
def take(request, token):
    application = _case(request, token)
    actions.take(application, officer=request.officer)
    return redirect("review:detail", token)


@require_POST
@for_officers
def release(request, token):
    actions.release(_case(request, token), officer=request.officer)
    messages.success(request, _("The application is back in the queue."))
    return redirect("review:queue")


@require_POST
@for_officers
def keep(request, token):
    application, form = _verdicts(request, token, "keep")
    if not form.is_valid():
        return _page(request, application, form)
    actions.keep(
        application,
        officer=request.officer,
        verdicts=form.verdicts(),
        note=form.cleaned_data["note"],
        name_agrees=form.cleaned_data["name_agrees"],
    )
    messages.success(request, _("Your marks are kept. Nothing is decided yet."))
    return redirect("review:detail", token)


@require_POST
@for_officers
def approve(request, token):
    application, form = _verdicts(request, token, "approve")
    if not form.is_valid():
        return _page(request, application, form)
    card = actions.approve(
        application,
        officer=request.officer,
        verdicts=form.verdicts(),
        key=form.cleaned_data["key"],
    )
    messages.success(
        request,
        _("Approved: card %(number)s waits for a supervisor.")
        % {"number": card.number},
    )
    return redirect("review:queue")


@require_POST
@for_officers
def send_back(request, token):
    application, form = _verdicts(request, token, "send_back")
    if not form.is_valid():
        return _page(request, application, form)
    actions.send_back(application, officer=request.officer, **_decision(form))
    messages.success(request, _("Sent back to the applicant."))
    return redirect("review:queue")


@require_POST
@for_officers
def reject(request, token):
    application, form = _verdicts(request, token, "reject")
    if not form.is_valid():
        return _page(request, application, form)
    actions.reject(application, officer=request.officer, **_decision(form))
    messages.success(request, _("Rejected."))
    return redirect("review:queue")


def _verdicts(request, token, act):
    application = _case(request, token)
    form = VerdictsForm(request.POST, items=items.of(application), act=act)
    return application, form


def _decision(form) -> dict:
    return {
        "verdicts": form.verdicts(),
        "note": form.cleaned_data["note"],
        "key": form.cleaned_data["key"],
    }


@require_safe
@for_readers
def document_page(request, token, document, position):
    """One page of a document in a case. Who looked is written down."""
    application = _case(request, token)
    if not rules.shows_answers(application):
        raise Http404
    paper = get_object_or_404(Document, applicant=application.applicant, token=document)
    picture = get_object_or_404(paper.pages, position=position).read()
    note(request.officer, "document", f"{application.token}/{paper.kind}/{position}")
    return picture_response(picture)


def _case(request, token) -> Application:
    """A case of the officer's own office that was handed in at least once."""
    return get_object_or_404(
        request.officer.office.applications.exclude(receipt=None).select_related(
            "applicant", "office", "reviewer__officer", "card"
        ),
        token=token,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def change_officer(request, token):
    """Beside the other pages about officers, but here: it may clear a desk."""
    officer = get_object_or_404(request.officer.office.officers, token=token)
    form = OfficerForm(posted(request), instance=officer)
    if form.is_valid():
        put_back = actions.change_officer(
            officer, by=request.officer, **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        if put_back:
            messages.info(request, _("Their open cases are back in the queue."))
        return redirect("office:officers")
    context = {"form": form, "subject": officer}
    return TemplateResponse(request, "office/officer.html", context)
