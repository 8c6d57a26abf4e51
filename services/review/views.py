"""A case: what was told and sent, what is to be decided about it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ak1portal.audience import for_administrators, for_readers
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
from services.office.models import Officer
from services.review import actions, checks, earlier, lists, rules
from services.review.forms import Marked, NoteForm, VerdictsForm
from services.review.models import DeskNote, StaffNote


@require_safe
@for_readers
def detail(request, token):
    application = find_case(request, token)
    return case_page(request, application, kept_form(application))


def kept_form(application) -> VerdictsForm:
    """The form with what was kept since the case was taken.

    What an earlier round said was answered since.
    """
    taken = application.steps.exclude(
        from_status=Status.IN_REVIEW, to_status=Status.IN_REVIEW
    ).last()
    note = DeskNote.objects.filter(application=application, at__gte=taken.at).first()
    return VerdictsForm(
        case_items=items.of(application),
        reasons=application.office.reasons.filter(is_active=True),
        verdicts=application.verdicts.filter(at__gte=taken.at),
        initial={"note": note.note, "name_agrees": note.name_agrees} if note else {},
    )


def case_page(request, application, form, *, note_form=None):
    """The case; who looked is written down, whatever brought them here."""
    note(request.officer, "case", application.token)
    officer, applicant = request.officer, application.applicant
    is_mine = rules.bars_decision(application, officer) is None
    if is_mine:
        actions.renew(application, officer=officer)
    shows_answers = rules.shows_answers(application)
    sections, papers = _rows(application, form) if shows_answers else ([], [])
    context = {
        "shows_answers": shows_answers,
        "application": application,
        "here": reverse("review:detail", args=[application.token]),
        "applicant": applicant,
        "sections": sections,
        "papers": papers,
        "corrections": _corrections(application),
        "form": form,
        "is_mine": is_mine,
        "bar_take": rules.bars_taking(application, officer, timezone.now()),
        "bar_release": rules.bars_release(application, officer),
        "colleagues": _colleagues(application, officer),
        "decisions": lists.decisions_of(officer),
        "decision": getattr(application, "decision", None),
        "can_undo": rules.bars_undoing(application, officer) is None,
        "checks": checks.of(application, today_at(application.office))
        if shows_answers
        else [],
        "others": [
            (other, checks.is_known_to(other, officer.office))
            for other in (checks.same_person(applicant) if shows_answers else [])
        ],
        "notes": StaffNote.objects.filter(
            office=officer.office, applicant=applicant
        ).select_related("by"),
        "note_form": note_form or NoteForm(),
        "events": timeline.of(application, names=True),
        "letters": letters.of(application),
        "card": getattr(application, "card", None),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "review/detail.html", context)


def _colleagues(application, officer) -> list[Officer]:
    """To whom this officer can hand the case."""
    if not (officer.supervises or rules.is_on_desk_of(application, officer)):
        return []
    people = officer.office.officers.filter(is_active=True)
    return [
        each
        for each in people.select_related("user")
        if rules.bars_handing_over(application, officer, each) is None
    ]


@dataclass(frozen=True)
class Row:
    """An item of the case, what was told or sent, and what it was before a return."""

    marked: Marked
    content: Sequence[answers.Answer] | list[Document]
    was: earlier.Was | None


def _rows(application, form) -> tuple[list[Row], list[Row]]:
    """The sections with their answers, the kinds of paper with their documents."""
    applicant, was = application.applicant, earlier.of(application)
    told = {part.section.key: part.answers for part in answers.of(applicant)}
    sent = defaultdict(list)
    for document in applicant.documents.prefetch_related("pages"):
        sent[document.kind].append(document)

    def rows(content):
        return [
            Row(marked, content[marked.item.key], was.get(marked.item.key))
            for marked in form.rows()
            if marked.item.key in content
        ]

    return rows(told), rows(sent)


def _corrections(application):
    """What was asked for in earlier rounds, newest first: (step, title, reason)."""
    asked = Correction.objects.filter(step__application=application)
    return [
        (correction.step, items.ITEM_TITLES[correction.item], correction.reason)
        for correction in asked.select_related("step").order_by("-step__at", "pk")
    ]


@require_safe
@for_readers
def document_page(request, token, document, position):
    """One page of a document in a case. Who looked is written down."""
    application = find_case(request, token)
    if not rules.shows_answers(application):
        raise Http404
    paper = get_object_or_404(Document, applicant=application.applicant, token=document)
    picture = get_object_or_404(paper.pages, position=position).read()
    note(request.officer, "document", f"{application.token}/{paper.kind}/{position}")
    return picture_response(picture)


def find_case(request, token) -> Application:
    """A case of the officer's own office that was handed in at least once."""
    return get_object_or_404(
        request.officer.office.applications.exclude(receipt=None).select_related(
            "applicant", "office", "reviewer__officer", "card", "decision__officer"
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
