"""What stands beside a case: colleagues' notes, earlier pages, who may be the same."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ak1portal.audience import for_officers, for_readers
from ak1portal.pictures import picture_response
from applicants.models import Applicant, Region
from applicants.regions import lineage
from services.issuance.actions import today_at
from services.issuance.validity import validity
from services.office.journal import note
from services.review import actions, checks, rules
from services.review.forms import NoteForm
from services.review.models import EarlierPage
from services.review.views import case_page, find_case, kept_form


@require_POST
@for_officers
def write_note(request, token):
    application = find_case(request, token)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return case_page(request, application, kept_form(application), note_form=form)
    actions.write_note(
        application, officer=request.officer, text=form.cleaned_data["text"]
    )
    messages.success(request, _("The note is kept. Only colleagues see it."))
    return redirect("review:detail", token)


@require_safe
@for_readers
def earlier_page(request, token, page):
    """A page as it was when the application was sent back. Who looked is noted."""
    application = find_case(request, token)
    if not rules.shows_answers(application):
        raise Http404
    was = get_object_or_404(EarlierPage, earlier__application=application, token=page)
    picture = was.read()
    note(request.officer, "document", f"{application.token}/{was.kind}/0")
    return picture_response(picture)


@dataclass(frozen=True)
class Line:
    """One fact of two or more people; `differs` where they are not all the same."""

    title: str | Promise
    values: list[str]

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


@require_safe
@for_readers
def twins(request, token):
    """The applicant and whoever may be the same human being, side by side."""
    application = find_case(request, token)
    if not rules.shows_answers(application):
        raise Http404
    note(request.officer, "twins", application.token)
    office = request.officer.office
    people = [application.applicant, *checks.same_person(application.applicant)]
    context = {
        "application": application,
        "people": people,
        "lines": _lines(people, office),
        "records": [_records(person, office) for person in people],
    }
    return TemplateResponse(request, "review/twins.html", context)


def _lines(people: list[Applicant], office) -> list[Line]:
    # Two people who both claim a NIK look alike when it is masked; say whether it is.
    same = [
        _("the same") if bytes(each.nik_index) == bytes(people[0].nik_index) else "–"
        for each in people[1:]
    ]
    known = [people[0], *(p for p in people[1:] if checks.is_known_to(p, office))]

    def told(fact) -> list[str]:
        """Of somebody who never came to this office only that the record exists."""
        return [fact(each) if each in known else "–" for each in people]

    facts = [
        Line(_("Name"), told(lambda each: each.name)),
        Line(_("NIK"), told(lambda each: each.nik_masked)),
        Line(_("NIK agrees"), ["–", *same]),
        Line(
            _("Born"),
            told(lambda each: f"{each.birth_place}, {each.birth_date:%d-%m-%Y}"),
        ),
        Line(_("Sex"), told(lambda each: str(each.get_sex_display()))),
        Line(_("District"), told(_district)),
        Line(_("NIK proven"), [_day(each.nik_proven_at) for each in people]),
        Line(_("Registered"), [_day(each.created_at) for each in people]),
    ]
    return facts


def _district(person: Applicant) -> str:
    if not person.village_id:
        return "–"
    names = Region.objects.filter(pk__in=lineage(person.village_id)[1:3])
    return ", ".join(names.order_by("pk").values_list("name", flat=True))


def _day(moment) -> str:
    return f"{moment:%d-%m-%Y}" if moment else "–"


def _records(person: Applicant, office) -> list[dict]:
    """Their applications: those of this office whole, of others that there is one."""
    records = []
    for each in person.applications.exclude(receipt=None).select_related(
        "office", "card"
    ):
        card, mine = getattr(each, "card", None), each.office_id == office.pk
        records.append(
            {
                "application": each if mine else None,
                "office": each.office,
                "status": each.get_status_display() if mine else "",
                "card": card,
                "validity": card and validity(card, today_at(each.office)).label,
            }
        )
    return records
