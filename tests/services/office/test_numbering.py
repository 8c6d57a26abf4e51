from datetime import date

import pytest
from django.core.exceptions import ValidationError

from services.office.numbering import DEFAULT_PATTERN, check_pattern, compose

DAY = date(2026, 11, 22)


def test_the_default_number_is_region_serial_and_date():
    assert compose(DEFAULT_PATTERN, "3301", 1, DAY) == "3301 000001 221126"


def test_what_stands_between_the_parts_is_printed():
    assert compose("DTK-AK1-{urut:4}-{mmyy:4}", "3602", 1, DAY) == "DTK-AK1-0001-1126"


def test_a_serial_that_outgrows_its_width_keeps_its_digits():
    assert compose("{urut:4}/{yyyy}", "3301", 12345, DAY) == "12345/2026"


@pytest.mark.parametrize(
    "pattern",
    [DEFAULT_PATTERN, "DTK-AK1-{urut:4}-{mmyy}", "{kode_wilayah}{ddmmyyyy}{urut:6}"],
)
def test_patterns_of_real_offices_are_accepted(pattern):
    check_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("{kode_wilayah:4}{ddmmyy}", "urut"),
        ("{urut:6}", "urut"),
        ("{urut:6}{urut:6}{yy}", "urut"),
        ("{nik}{urut:6}{yy}", "nik"),
        ("{urut:6}{yy}<b>", "huruf"),
        ("A" * 36 + "{urut:6}{yy}", "40"),
        ("{urut}-{yy}", "lebar"),
        ("{urut:50}{yy}", "lebar"),
    ],
)
def test_a_pattern_that_could_repeat_a_number_is_refused(pattern, why):
    with pytest.raises(ValidationError) as refusal:
        check_pattern(pattern)

    assert why in str(refusal.value.messages[0])
