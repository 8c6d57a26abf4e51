"""Fitting words into the spaces of the card: measured, never guessed, never cut.

The type of the card is known to the hundredth of a millimetre, so the lines a text
will need are counted before it is set. A text takes the largest size at which it fits;
what does not fit at the smallest goes on somewhere else, or is refused. All lengths
are millimetres on card stock; on A4 the whole card of layout A is printed at 85 %.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from PIL import ImageFont

# The type sizes of card.css (.t1 to .t6), largest first.
SIZES = {"t1": 3.2, "t2": 2.9, "t3": 2.6, "t4": 2.3, "t5": 2.0, "t6": 1.8}
LINE_HEIGHT = 1.3
# Where a browser or Pango rounds differently from us, the line still has room.
SPARE = 0.98


class DoesNotFitError(ValueError):
    """A text is too long for its place on the card even in the smallest type."""


@dataclass(frozen=True)
class Text:
    """One paragraph as it will be set: `width` and `gap` (space below) in mm."""

    words: str
    width: float
    bold: bool = False
    gap: float = 0
    scale: float = 1

    def height(self, size: float) -> float:
        size *= self.scale
        lines = line_count(self.words, self.width / size, bold=self.bold)
        return lines * size * LINE_HEIGHT + self.gap


def largest(texts: list[Text], height: float, sizes=tuple(SIZES)) -> str:
    """The name of the largest type in which all `texts` stand in `height` mm.

    Raises DoesNotFitError when the smallest of `sizes` is still too large.
    """
    for name in sizes:
        if sum(text.height(SIZES[name]) for text in texts) <= height:
            return name
    raise DoesNotFitError(texts[0].words[:40])


def line_count(words: str, width: float, *, bold: bool = False) -> int:
    """How many lines `words` need; `width` is in units of the type size.

    A line feed in `words` is a line end on the card.
    """
    width *= SPARE
    return sum(_line_count(line, width, bold) for line in words.split("\n"))


def _line_count(words, width, bold):
    space = length(" ", bold)
    lines, used = 1, 0.0
    for word in words.split():
        size = length(word, bold)
        if used and used + space + size <= width:
            used += space + size
            continue
        lines += bool(used)
        used = size
        if size > width:
            broken, used = _broken(word, width, bold)
            lines += broken
    return lines


def _broken(word: str, width: float, bold: bool) -> tuple[int, float]:
    """The line breaks inside a word wider than a line, and what its last line uses."""
    breaks, used = 0, 0.0
    for letter in word:
        size = length(letter, bold)
        if used + size > width:
            breaks, used = breaks + 1, 0.0
        used += size
    return breaks, used


def length(words: str, bold: bool = False) -> float:
    """The width of `words` on one line, in units of the type size."""
    return _font(bold).getlength(words) / 1000


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    path = settings.CARD_FONTS["RobotoBold" if bold else "Roboto"]
    return ImageFont.truetype(path, 1000, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True)
class Part:
    """A heading and its items (dicts with `tab` and `words`), on one side of a card."""

    heading: str
    items: tuple[dict, ...]


@dataclass(frozen=True)
class Space:
    width: float
    height: float


HEADING_SCALE = 1.1
HEADING_GAP = 0.8
PART_GAP = 2.8
ITEM_GAP = 0.4


def pour(parts: list[Part], spaces, size: float, tab: float):
    """Set `parts` into `spaces` one after the other: the parts that stand in each.

    `spaces` may be endless; as many are taken as there is text for. `tab` is the width
    of the column before the words of an item. A heading never stands alone at the
    foot of a space, and is repeated where its items go on.
    """
    queue = [part for part in parts if part.items]
    filled = []
    for space in spaces:
        standing, queue = _fill(queue, space, size, tab)
        filled.append(standing)
        if not queue:
            break
        if not standing and space.height > 60:
            raise DoesNotFitError(queue[0].items[0]["words"][:40])
    return filled, queue


def _fill(queue, space, size, tab):
    """What of `queue` stands in `space`, and what is left of it."""
    standing, left = [], space.height
    head = size * HEADING_SCALE * LINE_HEIGHT + HEADING_GAP
    for index, part in enumerate(queue):
        heights = [_item_height(item, space.width, size, tab) for item in part.items]
        count, used = 0, head
        while count < len(heights) and used + heights[count] <= left:
            used += heights[count]
            count += 1
        if count:
            standing.append(Part(part.heading, part.items[:count]))
        if count < len(heights):
            going_on = Part(part.heading, part.items[count:])
            return standing, [going_on, *queue[index + 1 :]]
        left -= used + PART_GAP
    return standing, []


def _item_height(item, width, size, tab):
    text = Text(item["words"], width - tab * bool(item["tab"]), gap=ITEM_GAP)
    return text.height(size)
