"""Cutting a page of a form where the words of a card belong.

A page is a stream of PDF operators. This module knows how WeasyPrint writes them: a
version that writes them otherwise is refused when the first form is cut, and the tests
compare a filled form with a card that was set whole.
"""

import re
from dataclasses import dataclass
from itertools import chain

from services.cardpress.ink import Face, face
from services.cardpress.slots import Moved, Words

# How a page begins, and how it paints the first ground.
HEAD = re.compile(rb"(1 0 0 -1 0 [\d.]+ cm\n)q\n([\d.]+ 0 0 [\d.]+ 0 0 cm\n)")
GROUND = re.compile(
    rb"/Artifact\nBMC\nq\n/a1\.0 gs\n([\d. ]+ rg\n)([\d. ]+ re\n)W\nn\n\2f\nQ\nEMC\n"
)
# A marker alone in its marked content: number, colour if it changes, place and type.
LINE = (
    rb"/Span\n<</MCID (?P<mcid>\d+)>>\nBDC\n"
    rb"(?P<colour>(?:/a1\.0 gs\n)?(?:[\d. ]+ rg\n)?)"
    rb"(?P<place>BT\n1 0 0 -1 [\d. -]+ Tm\n/(?P<font>\w+) [\d.]+ Tf\n)"
    rb"\[<%04x>\] TJ\nET\nEMC\n"
)
# A thousand rem upwards: `.form .part` in card.css.
SHIFT = rb"1 0 0 1 0 -(?P<rems>\d{4}[\d.]*) cm\n"
STANDARD_REMS = 1000


@dataclass(frozen=True)
class Line:
    """Where one line of type belongs."""

    page: int
    mcid: int
    colour: bytes
    place: bytes
    face: Face

    @property
    def piece(self) -> tuple[int, int]:
        """What tags calls it."""
        return self.page, self.mcid

    def ink(self, slot: Words) -> bytes:
        if not slot.words:
            # What follows may rely on the colour.
            return self.colour
        heard = b""
        if slot.align == "boxes":
            # Letters so far apart would be read, and copied, one by one.
            text = slot.words.encode("utf-16-be").hex().encode()
            heard = b" /ActualText <feff%s>" % text
        return b"/Span\n<</MCID %d%s>>\nBDC\n%s%s[%s] TJ\nET\nEMC\n" % (
            self.mcid,
            heard,
            self.colour,
            self.place,
            self.face.line(slot.words, slot.align),
        )


@dataclass(frozen=True)
class Shift:
    """Where a part is moved down; `unit` is the length of a millimetre of the card."""

    unit: float

    def ink(self, slot: Moved) -> bytes:
        return b"1 0 0 1 0 %.3f cm\n" % (slot.down * self.unit)


@dataclass(frozen=True)
class Page:
    """A page in pieces: what is `between` its `places`, one more than there are."""

    ground: bytes
    between: list[bytes]
    places: list[Line | Shift]

    def ink(self, slots) -> bytes:
        """The page without its ground, filled with as many of `slots` as it takes."""
        filled = [*(place.ink(next(slots)) for place in self.places), b""]
        pieces = zip(self.between, filled, strict=True)
        return b"".join(chain.from_iterable(pieces))


def cut(number: int, content: bytes, fonts: dict[str, str]) -> Page:
    """The page in pieces; `fonts` are the names of its fonts and those of our faces.

    Raises ValueError for a page that is not written as this module knows it.
    """
    # WeasyPrint writes a move of nothing after most letters.
    content = content.replace(b">0<", b"").replace(b">0]", b">]")
    head, ground = HEAD.match(content), GROUND.search(content)
    if not head or not ground:
        raise ValueError("A form begins with its ground.")
    marker = face("Roboto").marker
    pattern = re.compile(LINE % marker + b"|" + SHIFT)
    content = content[: ground.start()] + content[ground.end() :]
    between, places, end = [], [], 0
    for found in pattern.finditer(content):
        between.append(content[end : found.start()])
        places.append(_place(number, found, fonts))
        end = found.end()
    paint = b"/Artifact\nBMC\nq\n%s%s%s%sf\nQ\nEMC\n" % (
        *head.groups(),
        *ground.groups(),
    )
    return Page(paint, [*between, content[end:]], places)


def _place(number, found, fonts):
    if found["rems"]:
        return Shift(float(found["rems"]) / STANDARD_REMS)
    return Line(
        number,
        int(found["mcid"]),
        found["colour"],
        found["place"],
        face(fonts[found["font"].decode()]),
    )
