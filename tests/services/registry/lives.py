"""Cards at some time of their life, for the tests of the registry."""

import uuid
from datetime import UTC, datetime, timedelta

import time_machine

from applicants import actions as applicant_actions
from applicants.models import Education
from services.issuance import actions as issuance
from services.issuance import actions_cards as cards
from services.issuance import register
from services.issuance.models import Inactive, Letter
from services.registry import actions, actions_employers
from services.registry.models import Via
from services.review import actions as review
from tests import factories

# Noon in Western Indonesia, so that one day here is one day there.
BEGIN = datetime(2026, 1, 5, 5, 0, tzinfo=UTC)
WORK = {
    "employer": "PT Contoh Garmen",
    "sector": "C",
    "job_title": "Operator jahit",
    "job_group": "81",
    "kind": "AKL",
    "receiver": "24",
}


def card(begin=BEGIN, **facts):
    """A card that is authorised on 5 January 2026; the first report is due 5 July."""
    with time_machine.travel(begin, tick=False):
        one = factories.card(**facts)
    return one


def at(*, days=0, begin=BEGIN):
    """The clock so many days after the card was issued."""
    return time_machine.travel(begin + timedelta(days=days), tick=False)


def work(one, **changes) -> dict:
    """What somebody tells of a job that begins on the day the card was issued."""
    return {**WORK, "started_on": one.issued_on, **changes}


def placed(one, *, by=None):
    return actions.place(one, via=Via.ACCOUNT, by=by or owner(one), **work(one))


def heard(one, company="PT Contoh Garmen"):
    return actions_employers.hear(
        one,
        key=uuid.uuid4(),
        company=company,
        contact="Bu Rini, 0812 3456 7890",
        started_on=one.issued_on,
    )


def owner(one):
    return one.application.applicant.user


def letters(one, kind) -> list[str]:
    """The bodies of the letters of one kind to the holder."""
    written = Letter.objects.filter(application=one.application, kind=kind)
    return [letter.body for letter in written.order_by("pk")]


def lines(one) -> list[str]:
    """What the register says of the number, oldest first: "removed lapsed"."""
    return [f"{event.kind} {event.why}".strip() for event in register.events_of(one)]


def correction(one):
    """The correction of a card, as far as a supervisor's desk."""
    draft = issuance.start_correction(one, by=owner(one))
    officer = factories.officer(at=one.office)
    issuance.submit(draft, by=owner(one), key=uuid.uuid4())
    review.take(draft, officer=officer)
    review.approve(draft, officer=officer, verdicts=factories.fine(draft))
    return draft


def authorised(draft):
    """The card of an approved application, in force."""
    cards.authorise(draft.card, officer=factories.supervisor(at=draft.office))
    return draft.card


def corrected(one):
    return authorised(correction(one))


def school(person, *, year, **facts):
    entry = Education(school="Sekolah Contoh", graduated_year=year, **facts)
    applicant_actions.save_entry(person, entry)


def removed(one, *, by, why="moved"):
    actions.remove(one, why=Inactive(why), by=by.user)


def back(one, *, officer):
    actions.reactivate(one, via=Via.DESK, by=officer.user, officer=officer)


def reported(one):
    return actions.report(one, via=Via.ACCOUNT, by=owner(one))
