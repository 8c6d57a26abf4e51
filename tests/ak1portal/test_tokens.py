import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ak1portal import tokens

MANY = 1000


def test_a_token_is_twenty_six_letters_that_no_url_changes():
    letters = tokens.ALPHABET.lower()

    assert all(
        re.fullmatch(f"[{letters}]{{26}}", tokens.new_token()) for _time in range(MANY)
    )


def test_no_token_comes_twice():
    assert len({tokens.new_token() for _time in range(MANY)}) == MANY


def test_a_token_uses_the_whole_alphabet():
    drawn = "".join(tokens.new_token() for _time in range(MANY))

    assert set(drawn) == set(tokens.ALPHABET.lower())


def test_a_receipt_has_three_groups_of_letters_that_are_not_misread():
    shape = r"[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{3}"

    receipts = {tokens.new_receipt() for _time in range(MANY)}

    assert len(receipts) == MANY
    assert [one for one in receipts if not re.fullmatch(shape, one)] == []


@given(st.builds(tokens.new_receipt))
def test_a_receipt_is_read_however_it_is_typed(receipt):
    bare = receipt.replace("-", "")

    assert tokens.read_receipt(receipt) == receipt
    assert tokens.read_receipt(bare.lower()) == receipt
    assert tokens.read_receipt(f" {bare[:5]} {bare[5:]}\n") == receipt


def test_letters_that_look_like_digits_are_read_as_digits():
    assert tokens.read_receipt("oIl-ABCD-EFG") == "011-ABCD-EFG"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "ABC-DEFG-HJ",
        "ABC-DEFG-HJKM",
        "ABC-DEFU-HJK",
        "ABC/DEFG/HJK",
        "…" * 10,
    ],
)
def test_what_cannot_be_a_receipt_is_none(typed):
    assert tokens.read_receipt(typed) == ""


@given(st.text(max_size=30))
def test_no_text_makes_reading_a_receipt_fail(text):
    read = tokens.read_receipt(text)

    assert read == "" or tokens.read_receipt(read) == read


def test_a_claim_code_has_three_groups_of_letters_that_are_not_misread():
    group = "[0-9A-HJKMNP-TV-Z]{4}"

    codes = {tokens.new_claim_code() for _time in range(MANY)}

    assert len(codes) == MANY
    assert [c for c in codes if not re.fullmatch(f"{group}-{group}-{group}", c)] == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("abcd-efgh-jkmn", "ABCD-EFGH-JKMN"),
        (" ABCDEFGH JKMN ", "ABCD-EFGH-JKMN"),
        ("O0IL-1111-2222", "0011-1111-2222"),
        ("ABCD-EFGH-JKM", ""),
        ("ABCD-EFGH-JKM!", ""),
        ("", ""),
    ],
)
def test_a_claim_code_is_read_as_people_type_it(typed, code):
    assert tokens.read_claim_code(typed) == code
