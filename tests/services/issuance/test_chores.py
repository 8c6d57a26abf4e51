"""A card is drawn once, by a worker, and nobody hears of it before."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from services.issuance.chores import finish_card, sweep_card_files
from services.issuance.drawing import draw
from services.issuance.models import Card, Letter
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_authorised_card_is_drawn_once_and_then_its_owner_is_told():
    card = factories.card()
    assert not Letter.objects.filter(body__contains=card.number).exists()

    assert finish_card()
    assert not finish_card()

    card.refresh_from_db()
    assert card.read_page() == draw(card)
    assert Letter.objects.filter(body__contains=card.number).count() == 1


def test_a_card_nobody_has_authorised_is_not_drawn():
    factories.card(authorised=False)

    assert not finish_card()


def test_pages_are_named_by_what_is_in_them():
    card = factories.card(finished=True)

    assert default_storage.keep("pages", card.read_page(), "pdf") == card.page_file


def test_a_card_that_cannot_be_drawn_backs_off_and_stays_visible():
    """F13: five tries, then the print room sees it; the others go on."""
    broken, good = factories.card(), factories.card()
    default_storage.delete(broken.photo_file)

    for _try in range(Card.MAX_ATTEMPTS + 2):
        Card.objects.update(finish_try_at=timezone.now() - timedelta(seconds=1))
        factories.finish()

    broken.refresh_from_db()
    good.refresh_from_db()
    assert good.finished_at
    assert broken.finish_attempts == Card.MAX_ATTEMPTS
    assert broken.finish_problem
    assert list(Card.objects.stuck()) == [broken]
    assert not Letter.objects.filter(body__contains=broken.number).exists()


def test_a_failed_try_waits_longer_each_time():
    card = factories.card()
    default_storage.delete(card.photo_file)

    waits = []
    for _try in range(3):
        Card.objects.update(finish_try_at=timezone.now() - timedelta(seconds=1))
        before = timezone.now()
        finish_card()
        card.refresh_from_db()
        waits.append(round((card.finish_try_at - before).total_seconds()))

    assert waits == [30, 60, 120]


def test_the_sweeper_keeps_the_files_that_a_card_points_at(time_machine):
    card = factories.card(finished=True)
    orphan = default_storage.keep("pages", b"half a card", "pdf")
    time_machine.move_to(timezone.now() + timedelta(days=2))

    sweep_card_files()

    assert card.read_page()
    assert not default_storage.exists(orphan)
