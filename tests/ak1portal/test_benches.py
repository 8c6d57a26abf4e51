"""The benches make a past and throw it away; here they are small."""

import os

import pytest
from django.core.files.storage import default_storage

from ak1portal.benches.life import end_to_end
from ak1portal.benches.past import copy_past
from services.issuance.models import Card
from services.office.models import Office
from services.printing import lists, needs
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_copied_past_is_handed_over_and_its_facts_are_right():
    card = factories.card(handed_over=True)

    copy_past(card, 200)

    assert Card.objects.count() == 201
    assert Card.objects.filter(voided_at__isnull=False).count() == 2
    # A spoiled sheet in a hundred waits to be printed again.
    assert lists.to_print(card.office).count() == 2
    assert not needs.wrong().exists()
    assert not lists.to_hand_over(card.office).exists()


def test_cards_from_the_press_to_the_file_are_measured_and_nothing_is_left():
    default_storage.write("cards/contoh.jpg", b"kept")
    before = sorted(os.listdir(default_storage.location))

    measured = end_to_end(2)

    assert (measured["cards"], measured["finished"], measured["file"]) == (2, 2, True)
    assert measured["finish"]["syncs"] == 1.5
    assert not Office.objects.exists()
    assert sorted(os.listdir(default_storage.location)) == before
