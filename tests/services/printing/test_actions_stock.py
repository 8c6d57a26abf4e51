import uuid

import pytest

from ak1portal.refusals import Refused
from services.printing import actions_stock as actions
from services.printing.models import StockEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return factories.office(counts_blanks=True)


def test_a_count_sets_the_balance_right(office):
    head = factories.supervisor()
    actions.receive_blanks(office, officer=head, sheets=100)

    entry = actions.count_blanks(office, officer=head, counted=97, note="Bulanan")

    assert (entry.sheets, entry.counted, office.stock.balance()) == (-3, 97, 97)


def test_a_count_that_agrees_is_written_down_too(office):
    head = factories.supervisor()
    actions.receive_blanks(office, officer=head, sheets=100)

    entry = actions.count_blanks(office, officer=head, counted=100)

    assert (entry.sheets, office.stock.balance()) == (0, 100)


def test_spoiled_sheets_are_taken_off(office):
    head = factories.supervisor()
    actions.receive_blanks(office, officer=head, sheets=10)

    actions.spoil_blanks(office, officer=head, sheets=4, note="Lembap.")

    assert office.stock.balance() == 6


def test_more_than_the_books_hold_cannot_be_spoiled(office):
    with pytest.raises(Refused, match="0 lembar"):
        actions.spoil_blanks(
            office, officer=factories.supervisor(), sheets=1, note="Lembap."
        )

    assert not StockEntry.objects.exists()


def test_two_clicks_on_one_form_are_one_movement(office):
    head, key = factories.supervisor(), uuid.uuid4()

    for _ in range(2):
        actions.receive_blanks(office, officer=head, sheets=100, key=key)

    assert office.stock.balance() == 100


def test_the_second_click_on_the_last_sheets_is_no_mistake(office):
    head, key = factories.supervisor(), uuid.uuid4()
    actions.receive_blanks(office, officer=head, sheets=3)

    for _ in range(2):
        actions.spoil_blanks(office, officer=head, sheets=3, note="Basah.", key=key)

    assert office.stock.balance() == 0
