"""Whoever's registration ended applies anew, at the same office or another."""

from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from ak1portal.refusals import Refused
from services.desk.people import handle_of
from services.issuance import actions as issuance
from services.issuance import actions_cards, register
from services.issuance.models import Inactive
from services.issuance.validity import Validity, validity
from services.issuance.workflow import Status
from services.office.models import Officer
from services.registry import actions, ledger
from tests import factories
from tests.person import Person
from tests.services.registry import lives

pytestmark = pytest.mark.django_db

JAKARTA = ZoneInfo("Asia/Jakarta")
ENDS = [Inactive.MOVED, Inactive.REQUEST, Inactive.LAPSED, Inactive.PLACED]


def ended(why):
    card = lives.card()
    with lives.at(days=20):
        if why == Inactive.PLACED:
            lives.placed(card)
        else:
            actions.remove(card, why=why, by=lives.owner(card))
    card.refresh_from_db()
    return card


@pytest.mark.parametrize("is_elsewhere", [True, False])
@pytest.mark.parametrize("why", ENDS)
def test_a_new_card_replaces_the_one_whose_registration_ended(why, is_elsewhere):
    old = ended(why)
    person = old.application.applicant
    office = factories.office("3302") if is_elsewhere else old.office

    with lives.at(days=30):
        new = factories.application(Status.APPROVED, applicant_=person, at=office).card
        actions_cards.authorise(new, officer=factories.supervisor(at=office))

    old.refresh_from_db()
    assert validity(old, new.issued_on) == Validity.REPLACED
    assert validity(new, new.issued_on) == Validity.VALID
    closing = "placed" if why == Inactive.PLACED else f"removed {why}"
    assert lives.lines(old) == ["registered", closing]
    assert register.is_open(new)
    left = {o.pk: ledger.months(o)[-1].left for o in (old.office, office)}
    assert left[office.pk] == 1
    assert sum(left.values()) == 1


@pytest.mark.parametrize("why", ENDS)
def test_whose_registration_ended_reads_what_to_do(why):
    card = ended(why)
    person = card.application.applicant
    officer = factories.signed_in(factories.officer(at=factories.office("3302")).user)

    with lives.at(days=30):
        holder = Person(person.user)
        pages = [
            holder.opens(reverse(name)).text
            for name in ("issuance:tasks", "issuance:cards")
        ]
        handle = handle_of(person, Officer.objects.get(office__region_code="3302"))
        answer = officer.post(reverse("desk:person"), {"handle": handle})
        pages.append(answer.content.decode())

    day = date_format(card.inactive_since.astimezone(JAKARTA), "j F Y")
    for page in pages:
        assert f"{card.number} berakhir pada {day}" in page
        assert "di kantor tempat ia tinggal sekarang" in page
        assert "Kartu Anda berlaku" not in page


def test_who_is_written_down_as_dead_does_not_apply_anew():
    old = ended(Inactive.DIED)

    with lives.at(days=30), pytest.raises(Refused):
        issuance.start(applicant=old.application.applicant, office=old.office)
