"""The link in a message: one report of one card, for a limited time."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from services.issuance.models import Card
from services.registry import links
from services.registry.links import BrokenLinkError
from tests.services.registry import lives

CARD = Card(token="0123456789abcdefghjkmnpqrs")


def test_a_link_is_one_word_of_a_url_and_says_which_report():
    word = links.write(CARD, 2)

    assert re.fullmatch(r"[-a-zA-Z0-9_]+", word)
    assert links.read(word) == (CARD.token, 2)


@given(st.integers(0, 200), st.sampled_from("ABCxyz019-_"))
def test_a_link_of_which_one_letter_differs_is_none_or_the_same(place, letter):
    word = links.write(CARD, 1)
    changed = word[:place] + letter + word[place + 1 :]

    with suppress(BrokenLinkError):
        assert links.read(changed) == (CARD.token, 1)


@given(st.text(max_size=200))
def test_no_word_is_taken_for_a_link_that_we_did_not_write(word):
    with pytest.raises(BrokenLinkError):
        links.read(word)


def test_a_link_ends():
    with lives.at():
        word = links.write(CARD, 1)

    with time_machine.travel(lives.BEGIN + links.MAX_AGE - timedelta(minutes=1)):
        assert links.read(word)
    with (
        time_machine.travel(lives.BEGIN + links.MAX_AGE + timedelta(minutes=1)),
        pytest.raises(BrokenLinkError),
    ):
        links.read(word)


def test_a_link_of_another_key_is_broken(settings):
    word = links.write(CARD, 1)
    settings.SECRET_KEY = "another-" * 8

    with pytest.raises(BrokenLinkError):
        links.read(word)
