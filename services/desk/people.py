"""Who stands at the counter: found by what they show, passed on by a sealed handle.

A record has no address of its own for the counter. Whoever found one gets a handle to
it: signed, for this officer, good for an hour, and posted, so that no URL names a
person and nobody opens a record that they have not looked up.

At the counter a proven NIK is named as such; online it is not.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from django.core import signing

from applicants.models import Applicant, nik_index
from services.issuance.models import Application, Card, Inactive, Via
from services.office.models import Office, Officer

SALT = "services.desk"
HANDLE_SECONDS = 60 * 60


def handle_of(applicant: Applicant, officer: Officer) -> str:
    """What the next form of this officer names the record by."""
    return signing.dumps([str(applicant.pk), officer.token], salt=SALT)


def at_handle(handle: str, officer: Officer) -> Applicant | None:
    """The record, unless the handle is old, altered or somebody else’s."""
    try:
        key, whose = signing.loads(handle, salt=SALT, max_age=HANDLE_SECONDS)
    except signing.BadSignature:
        return None
    if whose != officer.token:
        return None
    return Applicant.objects.filter(pk=uuid.UUID(key)).first()


def with_nik(digits: str) -> list[Applicant]:
    """The one record that proved this NIK; else everybody who claims it."""
    claims = Applicant.objects.filter(nik_index=nik_index(digits))
    others = list(claims.order_by("created_at"))
    proven = [one for one in claims if one.nik_proven_at]
    return proven or others


def home_of(applicant: Applicant) -> Office | None:
    """The office under which somebody is registered, or None.

    That of the last card, else of the last application that was handed in. Whose
    registration ended, because they moved or asked for it or it lapsed, is registered
    nowhere and may come to any counter; who died stays where they were.
    """
    card = latest_card(applicant)
    if card:
        ended = card.inactive_since and card.inactive_why != Inactive.DIED
        return None if ended else card.office
    handed_in = applicant.applications.exclude(receipt=None).select_related("office")
    last = handed_in.order_by("-submitted_at").first()
    return last.office if last else None


def latest_card(applicant: Applicant) -> Card | None:
    """The newest card that was not withdrawn, authorised or not yet."""
    cards = Card.objects.filter(application__applicant=applicant, voided_at=None)
    return cards.select_related("office", "application").order_by("created_at").last()


def served_here(applicant: Applicant, office: Office) -> Application | None:
    """The last application that was handed in at this office’s counter: its receipt
    can be shown again, and a new code made."""
    at_counter = applicant.applications.filter(office=office, via=Via.DESK)
    return at_counter.exclude(receipt=None).order_by("-submitted_at").first()


@dataclass(frozen=True)
class Standing:
    """How it is with somebody at the counter, in one look."""

    applicant: Applicant
    home: Office | None
    open_one: Application | None
    card: Card | None
    today: date

    @property
    def token(self) -> str:
        """Names the record in the journal."""
        named = self.open_one or (self.card and self.card.application)
        named = named or self.applicant.applications.order_by("-created_at").first()
        return named.token if named else ""


def standing_of(applicant: Applicant, today: date) -> Standing:
    return Standing(
        applicant=applicant,
        home=home_of(applicant),
        open_one=applicant.applications.open().select_related("office").first(),
        card=latest_card(applicant),
        today=today,
    )
