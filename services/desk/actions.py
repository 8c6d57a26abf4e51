"""What an officer does for somebody who stands at the counter.

The person's own acts (applicants, issuance) are called in the order of the counter's
day, each call one transaction from the first lock to the journal.

The counter writes only in applications opened at the counter (`via`), and opening one
is journalled. A record has no address there: who looks somebody up gets a signed
handle, for this officer and an hour.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from ak1portal.refusals import refuse_if
from applicants import actions as people
from applicants.models import Applicant, Document
from applicants.uploads import Page
from services.desk import rules
from services.desk.people import home_of
from services.issuance import actions as issuance
from services.issuance.models import Application, Card, Via
from services.office.journal import note
from services.office.models import Officer
from services.review import actions as review


@transaction.atomic
def register(*, officer: Officer, key: UUID, identity: Mapping) -> Application:
    """Somebody new: a record without an account, and their application here.

    The key of the form becomes the key of the application, so the second press finds
    what the first one made.
    """
    Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    made = Application.objects.filter(pk=key, office=officer.office).first()
    if made:
        return made
    refuse_if(rules.bars_desk(officer))
    applicant = people.register_for(by=officer.user, **identity)
    application = Application.objects.create(
        pk=key, applicant=applicant, office=officer.office, via=Via.DESK
    )
    note(officer, "desk_opened", application.token)
    return application


@transaction.atomic
def open_record(
    applicant: Applicant, *, officer: Officer, ktp_seen: bool
) -> Application:
    """Go on with somebody's application at this counter, or start one: new or renewal.

    What is written down names the office under which they are registered.
    """
    office = officer.office
    refuse_if(rules.bars_desk(officer))
    refuse_if(rules.bars_ktp(applicant, ktp_seen=ktp_seen))
    refuse_if(rules.bars_opening(applicant, office))
    application = issuance.start(applicant=applicant, office=office)
    if application.office != office:
        issuance.choose_office(application, office=office)
    return _on_the_desk(application, officer)


@transaction.atomic
def open_correction(card: Card, *, officer: Officer, ktp_seen: bool) -> Application:
    """Put a card of this office right, beside its holder."""
    applicant = card.application.applicant
    refuse_if(rules.bars_desk(officer))
    refuse_if(rules.bars_ktp(applicant, ktp_seen=ktp_seen))
    refuse_if(rules.bars_correcting(applicant, officer.office, card))
    application = issuance.start_correction(card, by=officer.user)
    return _on_the_desk(application, officer)


def _on_the_desk(application, officer) -> Application:
    issuance.bring_to_desk(application)
    home = home_of(application.applicant)
    if home and home != officer.office:
        note(officer, "desk_elsewhere", application.token, new=home.name)
    else:
        note(officer, "desk_opened", application.token)
    return application


@transaction.atomic
def fill_in(
    application: Application,
    *,
    officer: Officer,
    facts: Mapping,
    disability: Mapping | None,
    entries: Sequence,
    removed: Sequence,
) -> None:
    """Save what was answered on the page: all of it or nothing."""
    application.lock()
    refuse_if(rules.bars_filling_in(application, officer))
    applicant = application.applicant
    if "nik" in facts:
        refuse_if(rules.bars_nik(facts["nik"], applicant))
    people.change(applicant, by=officer.user, **facts)
    if disability is not None:
        people.declare_disability(applicant, **disability)
    for entry in removed:
        people.remove_entry(applicant, entry)
    for entry in entries:
        people.save_entry(applicant, entry)


@transaction.atomic
def save_paper(
    application: Application, *, officer: Officer, kind: str, pages: Sequence[Page]
) -> Document:
    application.lock()
    refuse_if(rules.bars_filling_in(application, officer))
    return people.save_document(application.applicant, kind=kind, pages=pages)


def save_photo(
    application: Application, *, officer: Officer, picture: Page
) -> Document:
    refuse_if(rules.bars_filling_in(application, officer))
    return people.save_photo(application.applicant, picture=picture)


@transaction.atomic
def hand_in(
    application: Application, *, officer: Officer, wording: str, key: UUID
) -> str:
    """Hand in what the person has agreed to, and take it to this officer's own desk.

    Returns the code with which they may take the record over online, once; "" where
    the record is an account's already, or the form was sent before.
    """
    application.lock()
    if application.has_done(key):
        return ""
    refuse_if(rules.bars_filling_in(application, officer))
    applicant = application.applicant
    people.agree_at_desk(applicant, wording=wording)
    issuance.submit(application, by=officer.user, via=Via.DESK, key=key)
    review.take(application, officer=officer)
    if applicant.user_id:
        return ""
    return people.make_claim_code(applicant, by=officer.user)


@transaction.atomic
def renew_claim_code(application: Application, *, officer: Officer) -> str:
    """A new code for somebody who has shown the KTP; the old one ends."""
    application.lock()
    refuse_if(rules.bars_desk(officer))
    code = people.make_claim_code(application.applicant, by=officer.user)
    note(officer, "desk_claim_code", application.token)
    return code
