"""Whoever's registration ended applies anew, at the same office or another."""

import pytest

from ak1portal.refusals import Refused
from services.issuance import actions as issuance
from services.issuance import actions_cards, register
from services.issuance.models import Inactive
from services.issuance.validity import Validity, validity
from services.issuance.workflow import Status
from services.registry import actions, ledger
from tests import factories
from tests.services.registry import lives

pytestmark = pytest.mark.django_db

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


def test_who_is_written_down_as_dead_does_not_apply_anew():
    old = ended(Inactive.DIED)

    with lives.at(days=30), pytest.raises(Refused):
        issuance.start(applicant=old.application.applicant, office=old.office)
