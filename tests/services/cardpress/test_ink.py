import pytest
import uharfbuzz
from django.conf import settings

from ak1portal.forms import PUNCTUATION, one_line
from services.cardpress import ink
from services.cardpress.ink import PLAIN, WIDE, face
from services.cardpress.slots import MARKER

NAMES = pytest.mark.parametrize("name", ["Roboto", "RobotoBold"])


def glyphs(name: str, letters: str) -> list[int]:
    path = settings.CARD_FONTS[name]
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))
    return [font.get_nominal_glyph(ord(letter)) for letter in letters]


@NAMES
def test_the_typeface_has_all_that_people_may_write(name):
    letters = "".join(sorted(WIDE))
    one_line(letters)

    assert None not in glyphs(name, letters)
    assert 0 not in glyphs(name, letters)
    assert PLAIN < WIDE


@NAMES
def test_each_letter_is_drawn_by_its_own_glyph(name):
    """No ligature and no variant comes in that the file would not have."""
    letters = sorted(WIDE)
    drawn = [face(name).line(letter, "left").decode() for letter in letters]

    assert drawn == [f"<{glyph:04x}>" for glyph in glyphs(name, "".join(letters))]
    assert ">" not in face(name).line("fifl", "left").decode()[1:-1].replace("><", "")


def test_the_marker_is_nothing_that_people_may_write():
    assert MARKER not in WIDE


def test_words_are_kerned():
    wide, kerned = face("Roboto").line("NN", "left"), face("Roboto").line("To", "left")

    assert wide.count(b">") == 1
    assert kerned.count(b">") == 2


@NAMES
def test_words_stand_where_the_marker_stood(name):
    roboto = face(name)
    (glyph,) = glyphs(name, "l")
    room = roboto.widths[roboto.marker] - roboto.widths[glyph]

    starts = [int_before(roboto.line("l", a)) for a in ("left", "center", "right")]
    assert starts == pytest.approx([0, -room / 2, -room], abs=1)


def int_before(shown: bytes) -> int:
    """The number before the first glyph; positive moves to the left."""
    return int(shown.split(b"<")[0] or 0)


def test_boxed_letters_are_a_box_apart():
    shown = face("Roboto").line("777", "boxes").decode()

    _first, second, third = (int(n or 0) for n in numbers(shown))
    width = face("Roboto").widths[glyphs("Roboto", "7")[0]]
    assert second == third == width - 1450


def numbers(shown: str) -> list[str]:
    return [part.split(">")[-1] for part in shown.split("<")[:-1]]


def test_what_people_may_write_the_card_can_print():
    assert set(PUNCTUATION) == set(ink.PUNCTUATION)
