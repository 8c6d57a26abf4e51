"""Many cards at once: what each costs, and that one that fails falls out by itself.

Counts, not times: statements, waits for the disk, transactions.
"""

import os
from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ak1portal import sealed
from ak1portal.refusals import Refused
from services.issuance import actions_cards as cards
from services.issuance.chores import ROUND, finish_card
from services.issuance.models import Card, Letter, RegisterEvent
from tests import factories

pytestmark = pytest.mark.django_db


@contextmanager
def syncs():
    """How often the disk is waited for."""
    seen, sync = [], os.fsync

    def counted(file):
        seen.append(file)
        sync(file)

    with mock.patch.object(sealed.os, "fsync", counted):
        yield seen


def waiting(count):
    return [factories.card(authorised=False) for _ in range(count)]


def asked_to(act, *args, **kwargs) -> int:
    with CaptureQueriesContext(connection) as queries:
        act(*args, **kwargs)
    return len(queries)


def test_each_further_card_of_a_batch_costs_one_statement_to_authorise():
    head = factories.supervisor()
    few, many = waiting(2), waiting(6)

    counts = [asked_to(cards.authorise_many, one, officer=head) for one in (few, many)]

    assert counts[1] - counts[0] == 4
    assert RegisterEvent.objects.filter(kind="registered").count() == 8


def test_each_further_card_of_a_round_costs_one_statement_and_one_wait_to_finish():
    head, counts = factories.supervisor(), []
    for size in (2, 6):
        cards.authorise_many(waiting(size), officer=head)
        with syncs() as synced:
            asked = asked_to(finish_card)
        counts.append((asked, len(synced)))

    assert counts[1][0] - counts[0][0] == 4
    # Each page, and the folder once.
    assert [synced for _asked, synced in counts] == [3, 7]
    assert not finish_card()


def test_a_round_takes_no_more_cards_than_one_transaction_should_hold():
    cards.authorise_many(waiting(ROUND + 1), officer=factories.supervisor())

    assert finish_card()

    assert Card.objects.filter(finished_at=None).count() == 1


def test_a_card_that_cannot_be_drawn_falls_out_of_its_round():
    fine, broken, other = (factories.card() for _ in range(3))
    Card.objects.filter(pk=broken.pk).update(photo_file="cards/none.jpg")

    assert finish_card()

    drawn = set(Card.objects.exclude(finished_at=None).values_list("pk", flat=True))
    broken.refresh_from_db()
    assert drawn == {fine.pk, other.pk}
    assert (broken.finish_attempts, broken.finish_problem) == (
        1,
        "Sebuah berkas kartu tidak ada di tempat penyimpanan.",
    )
    letters = Letter.objects.filter(kind="ready")
    assert {letter.application_id for letter in letters} == {
        fine.application_id,
        other.application_id,
    }


def test_a_full_disk_finishes_nothing_and_puts_all_off():
    one, two = factories.card(), factories.card()

    with mock.patch.object(sealed.os, "fsync", side_effect=OSError("full")):
        assert finish_card()

    for card in (one, two):
        card.refresh_from_db()
        assert (card.finished_at, card.finish_attempts) == (None, 0)
        assert "tidak menerima berkas" in card.finish_problem


def test_one_card_that_may_not_be_authorised_holds_back_its_batch():
    head = factories.supervisor()
    chosen = waiting(2)
    factories.void(chosen[1])

    with pytest.raises(Refused, match=chosen[1].number):
        cards.authorise_many(chosen, officer=head)

    assert not Card.objects.exclude(authorised_at=None).exists()


def test_the_second_press_of_a_batch_has_no_second_effect():
    head, chosen = factories.supervisor(), waiting(2)

    for _press in range(2):
        cards.authorise_many(chosen, officer=head)

    assert RegisterEvent.objects.count() == 2
