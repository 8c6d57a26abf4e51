"""What an application needs, and when. What may be done with a card: rules_cards.

A rule answers with the reason why not, or None. Actions refuse with it; pages close
the button and print it.

Every office asks for KTP, diploma or SKL, and photo. It may require three more; what it
requires counts for every application that is not handed in yet.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants import rules as applicant_rules
from applicants.models import Applicant, DocumentKind
from services.issuance import terms
from services.issuance.models import Application, Card, Inactive, Kind
from services.issuance.workflow import Status
from services.office.models import Office


@dataclass(frozen=True)
class Paper:
    """What an office asks for, and the kinds of document that answer it."""

    title: str | Promise
    kinds: tuple[str, ...]
    is_required: bool = True


# What every source asks of an applicant; an office may require the others too. Photo
# background, age and domicile differ from office to office and are settings.
PAPERS = (
    Paper(gettext_lazy("Identity card (KTP)"), (DocumentKind.KTP,)),
    Paper(
        gettext_lazy("Diploma (ijazah) or graduation letter (SKL)"),
        (DocumentKind.DIPLOMA, DocumentKind.SKL),
    ),
    Paper(gettext_lazy("Photo 3×4"), (DocumentKind.PHOTO,)),
    Paper(gettext_lazy("Family card (KK)"), (DocumentKind.FAMILY_CARD,), False),
    Paper(gettext_lazy("Skill certificate"), (DocumentKind.CERTIFICATE,), False),
    Paper(
        gettext_lazy("Work experience letter"), (DocumentKind.EXPERIENCE_LETTER,), False
    ),
)


def papers(office: Office) -> list[Paper]:
    """What this office asks for, each required or not as it has set."""
    demanded = set(office.required_papers)
    return [
        replace(p, is_required=p.is_required or not demanded.isdisjoint(p.kinds))
        for p in PAPERS
    ]


def missing_papers(applicant: Applicant, office: Office) -> list[Paper]:
    """The papers that the office requires and of which no kind is there yet."""
    there = {document.kind for document in applicant.documents.all()}
    return [p for p in papers(office) if p.is_required and there.isdisjoint(p.kinds)]


def missing(application: Application) -> list[str]:
    """Every sentence that stands between this application and the office."""
    applicant = application.applicant
    sections = applicant_rules.missing(applicant)
    sentences = [sentence for part in sections.values() for sentence in part]
    sentences += [
        _("Add a document: %(paper)s.") % {"paper": paper.title}
        for paper in missing_papers(applicant, application.office)
    ]
    return sentences


def bars_start(applicant: Applicant, today: date) -> str | None:
    """Why this person may not start an application, or None.

    One open application and one valid card for a person.
    """
    card = standing_card(applicant, today)
    if card and today < terms.renewable_from(card.expires_on):
        return _(
            "You already hold a valid card. You can ask for a new one from %(day)s."
        ) % {"day": date_format(terms.renewable_from(card.expires_on), "j F Y")}
    return None


def standing_card(applicant: Applicant, today: date) -> Card | None:
    """The person's card that has neither ended, nor been withdrawn or replaced.

    Nor one whose registration ended: whoever moved, lapsed, asked for it or lost the
    work they had found may apply anew, and the new card replaces it when authorised.
    A death is taken back first, by a supervisor.
    """
    return (
        Card.objects.filter(
            Q(inactive_since=None) | Q(inactive_why=Inactive.DIED),
            application__applicant=applicant,
            voided_at=None,
            replaced_at=None,
            expires_on__gte=today,
        )
        .order_by("-expires_on")
        .first()
    )


def bars_choosing_office(application: Application) -> str | None:
    """Why the office of this application may not be changed, or None.

    A draft goes where its owner wants; what was handed in stays with its office.

    Unless that office, before the correction came back, stopped taking applications.
    """
    was_left = application.status == Status.RETURNED and (
        not application.office.is_active
    )
    is_free = application.status == Status.DRAFT or was_left
    if is_free and application.kind != Kind.CORRECTION:
        return None
    return _("The office can no longer be changed.")


def bars_desk_work(application: Application) -> str | None:
    """Why the counter may not write in this application, or None.

    The counter writes only in what is with the applicant.
    """
    if not application.is_with_applicant:
        return _("This application is now “%(status)s”.") % {
            "status": application.get_status_display()
        }
    return None


def stands_on_skl(applicant: Applicant) -> bool:
    """Whether the school is shown by a graduation letter only."""
    there = {document.kind for document in applicant.documents.all()}
    return DocumentKind.SKL in there and DocumentKind.DIPLOMA not in there


def bars_submission(application: Application, today: date) -> str | None:
    """Why this application may not be handed in yet, or None."""
    if not application.is_with_applicant:
        return _("This application is now “%(status)s”.") % {
            "status": application.get_status_display()
        }
    if not application.office.is_active:
        return _("This office takes no applications at the moment.")
    applicant, office = application.applicant, application.office
    if applicant.age_on(today) < office.minimum_age:
        return _("This office gives the AK-1 from the age of %(age)d.") % {
            "age": office.minimum_age
        }
    if sentences := missing(application):
        return " ".join(sentences)
    if office.residents_only and not _lives_at(applicant, office):
        return _("This office serves only people who live in its own area.")
    return None


def _lives_at(applicant: Applicant, office: Office) -> bool:
    return (applicant.village_id or "").startswith(office.region_code)


def bars_withdrawal(application: Application) -> str | None:
    """Why this application may not be withdrawn, or None."""
    if application.status == Status.IN_REVIEW:
        return _("An officer is checking this application right now.")
    if not application.is_open:
        return _("This application is now “%(status)s”.") % {
            "status": application.get_status_display()
        }
    return None
