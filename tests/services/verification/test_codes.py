from datetime import date

import pytest

from services.signing import record
from services.verification.codes import code_in, is_number

CODE = record.write(
    record.Record(
        "3301", "3301 000001 221126", 1, date(2026, 11, 22), date(2028, 11, 22), "SITI"
    )
)
TOKEN = "0123456789abcdefghjkmnpqrs"


@pytest.mark.parametrize("known", [CODE, TOKEN])
@pytest.mark.parametrize(
    "written",
    [
        "{}",
        " {} ",
        "https://ak1.contoh.go.id/periksa/{}/",
        "HTTPS://AK1.CONTOH.GO.ID/periksa/{}",
        "http://127.0.0.1:8000/periksa/{}/\n",
    ],
)
def test_a_code_is_found_in_what_was_typed(known, written):
    assert code_in(written.format(known)) == known
    assert code_in(written.format(known.swapcase())) == known


def test_a_code_may_be_typed_in_groups():
    grouped = "-".join(CODE[at : at + 4] for at in range(0, len(CODE), 4))

    assert code_in(grouped) == code_in(grouped.replace("-", " ")) == CODE


@pytest.mark.parametrize("typed", ["", "/", "kode", TOKEN[1:], CODE[:90], "é" * 26])
def test_anything_else_is_no_code(typed):
    assert code_in(typed) == ""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3301 000001 221126", True),
        ("DTK-AK1-0001-1126", True),
        ("563/0001/X/2026", True),
        ("3301012345678901", True),
        ("Siti Rahayu", False),
        ("2026", False),
        ("", False),
    ],
)
def test_a_registration_number_is_told_from_words(typed, expected):
    assert is_number(typed) is expected
