"""Words as ink: what stands in a PDF for one line of type in the card's typeface.

HarfBuzz sets the words as it does for WeasyPrint, from the same files, so that a form
filled in looks like a card that was set whole. Lengths are thousandths of the type
size, as PDF counts them.
"""

from functools import cache

import uharfbuzz
from django.conf import settings

from services.cardpress.slots import MARKER

# Signs beyond Latin letters that names and addresses hold; a test holds
# ak1portal.forms.one_line to the same.
PUNCTUATION = "‐‑‒–—‘’‚“”„•…′″ʻʼ×€"
# What almost every card is written with, and all that forms let people write.
PLAIN = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("–…·×")
WIDE = PLAIN | {chr(c) for c in range(0x250) if chr(c).isprintable()} | {*PUNCTUATION}
# From the middle of one box to the middle of the next, as in card.css.
BOX = 1450


@cache
def face(name: str) -> "Face":
    """“Roboto” or “RobotoBold”, the names of CARD_FONTS."""
    return Face(settings.CARD_FONTS[name])


class Face:
    """One weight of the typeface."""

    def __init__(self, path: str):
        blob = uharfbuzz.Blob.from_file_path(path)
        self._font = uharfbuzz.Font(uharfbuzz.Face(blob))
        self._scale = 1000 / self._font.face.upem
        self.marker = self._font.get_nominal_glyph(ord(MARKER))
        glyphs = {self._font.get_nominal_glyph(ord(letter)) for letter in WIDE}
        # As the PDF has them, without fractions.
        self.widths = {
            glyph: round(self._font.get_glyph_h_advance(glyph) * self._scale)
            for glyph in glyphs | {self.marker}
        }

    def line(self, words: str, align: str) -> bytes:
        """What TJ shows for `words`, where the form has the marker.

        `align` says which part of the marker stands where that part of the words is to
        stand; see slots.Words. Raises KeyError for a letter outside of WIDE.
        """
        room = self.widths[self.marker]
        if align == "boxes":
            return self._shown(self._boxed(words, room / 2))
        glyphs, end = self._shaped(words)
        start = {"left": 0, "center": (room - end) / 2, "right": room - end}[align]
        return self._shown((glyph, start + place) for glyph, place in glyphs)

    def _shaped(self, words):
        """The glyphs of a line and their places, and where it ends."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(words)
        buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "id"
        uharfbuzz.shape(self._font, buffer, {"liga": False})
        glyphs, end = [], 0.0
        for info, step in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyphs.append((info.codepoint, end))
            end += step.x_advance * self._scale
        return glyphs, end

    def _boxed(self, words, middle):
        """Each letter in the middle of a box, the first of which has its `middle`."""
        for index, letter in enumerate(words):
            glyph = self._font.get_nominal_glyph(ord(letter))
            yield glyph, middle + index * BOX - self.widths[glyph] / 2

    def _shown(self, glyphs):
        shown, pen = "", 0
        for glyph, place in glyphs:
            # TJ moves to the left; whole thousandths are fine enough.
            if back := int(pen - place):
                shown += f">{back}<"
                pen -= back
            shown += f"{glyph:04x}"
            pen += self.widths[glyph]
        return f"<{shown}>".replace("<>", "").encode()
