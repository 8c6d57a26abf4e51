import logging
from dataclasses import replace

import pytest

from services.signing import record
from services.verification.lookup import card_of, origin_of
from tests import factories

pytestmark = pytest.mark.django_db


def unknown(card) -> str:
    """A code that our key signed and no card has."""
    said = record.read(card.code)
    return record.write(replace(said, number="3301 999999 221126"))


def test_a_card_is_found_by_its_code_and_by_its_old_token():
    card = factories.card()

    assert card_of(card.code) == card_of(card.code.lower()) == card
    assert card_of(card.token) == card_of(card.token.upper()) == card


def test_a_signed_code_without_a_card_is_written_to_the_log(caplog):
    """Somebody else has our key, or cards were lost: the office must know."""
    code = unknown(factories.card())

    with caplog.at_level(logging.ERROR, logger="services.verification.lookup"):
        assert card_of(code) is None

    assert [r.getMessage() for r in caplog.records] == [
        "a code that our key signed belongs to no card"
    ]


def test_a_code_that_nobody_signed_is_no_event(caplog):
    assert card_of("A" * 160) is None

    assert caplog.records == []


def test_office_and_card_are_found_by_link_and_by_number():
    card = factories.card()
    factories.office("3372")
    mine = (card.office, card)

    assert origin_of(f"https://x.test{card.get_absolute_url()}") == mine
    assert origin_of(f" {card.number} ") == mine


def test_a_signed_code_names_its_office_even_without_a_card():
    card = factories.card()

    assert origin_of(unknown(card)) == (card.office, None)


@pytest.mark.parametrize("typed", ["", "bukan kode", "3301 999999 010126", "A" * 160])
def test_anything_else_names_no_office(typed):
    factories.office()

    assert origin_of(typed) == (None, None)
