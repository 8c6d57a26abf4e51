"""Fitting words into the spaces of the card: measured, never guessed, never cut.

The type of the card is known to the hundredth of a millimetre, so the lines a text
will need are counted before it is set. A text takes the largest size at which it fits;
what does not fit at the smallest goes on somewhere else, or is refused. All lengths
are millimetres on card stock; on A4 the whole card of layout A is printed at 85 %.
"""

from dataclasses import dataclass, replace
from functools import cache, lru_cache

from django.conf import settings
from PIL import ImageFont

# The type sizes of card.css (.t1 to .t6), largest first.
SIZES = {"t1": 3.2, "t2": 2.9, "t3": 2.6, "t4": 2.3, "t5": 2.0, "t6": 1.8}
LINE_HEIGHT = 1.3
# Lists and rows of data stand a little wider (.lists and .rows in card.css).
LIST_LINE_HEIGHT = 1.4
# Where a browser or Pango rounds differently from us, the line still has room.
SPARE = 0.98


class DoesNotFitError(ValueError):
    """A text is too long for its place on the card even in the smallest type."""


@dataclass(frozen=True)
class Text:
    """One paragraph as it will be set; `width` in mm."""

    words: str
    width: float
    bold: bool = False
    scale: float = 1
    line_height: float = LINE_HEIGHT

    def lines(self, size: float) -> list[str]:
        return lines_of(self.words, self.width / size / self.scale, bold=self.bold)

    def height(self, size: float) -> float:
        return len(self.lines(size)) * size * self.scale * self.line_height


def largest(texts: list[Text], height: float, sizes=tuple(SIZES)) -> str:
    """The name of the largest type in which all `texts` stand in `height` mm.

    Raises DoesNotFitError when the smallest of `sizes` is still too large.
    """
    for name in sizes:
        if sum(text.height(SIZES[name]) for text in texts) <= height:
            return name
    raise DoesNotFitError(texts[0].words[:40])


def lines_of(words: str, width: float, *, bold: bool = False) -> list[str]:
    """The lines in which `words` stand; `width` is in units of the type size.

    A line feed in `words` is a line end on the card.
    """
    width *= SPARE
    return [line for each in words.split("\n") for line in _lines_of(each, width, bold)]


def _lines_of(words, width, bold):
    space = length(" ", bold)
    line, used = "", 0.0
    for word in words.split():
        size = length(word, bold)
        if line and used + space + size <= width:
            line, used = f"{line} {word}", used + space + size
            continue
        if line:
            yield line
        line, used = word, size
        if size > width:
            *broken, line = _broken(word, width, bold)
            yield from broken
            used = length(line, bold)
    yield line


def _broken(word: str, width: float, bold: bool) -> list[str]:
    """A word wider than a line, broken where each line is full."""
    lines, line, used = [], "", 0.0
    for letter in word:
        size = length(letter, bold)
        if used + size > width:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + letter, used + size
    return [*lines, line]


@lru_cache(maxsize=4096)
def length(words: str, bold: bool = False) -> float:
    """The width of `words` on one line, in units of the type size."""
    return _font(bold).getlength(words) / 1000


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    path = settings.CARD_FONTS["RobotoBold" if bold else "Roboto"]
    return ImageFont.truetype(path, 1000, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True)
class Space:
    width: float
    height: float


@dataclass(frozen=True)
class Part:
    """A heading and its items (dicts with `tab` and `words`), on one side of a card.

    Where the part has found its place, `entries` is what is printed for each item, line
    by line in two columns, and `room` how many lines there could be; `top` and `bottom`
    are where it begins, with the gap before it, and ends. Parts without `tabs` leave
    the second column empty.
    """

    heading: str
    items: tuple[dict, ...]
    tabs: bool = False
    entries: tuple[list[tuple[str, str]], ...] = ()
    room: int = 0
    top: float = 0
    bottom: float = 0


HEADING_SCALE = 1.1
HEADING_GAP = 0.8
PART_GAP = 2.8


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
    standing, used = [], 0.0
    line, head = size * LIST_LINE_HEIGHT, _head(size)
    for index, part in enumerate(queue):
        start = used + head + (PART_GAP if standing else 0)
        entries, end = [], start
        for item in part.items:
            lines = _set(item, space.width / size, tab / size)
            if end + len(lines) * line > space.height:
                break
            entries.append(lines)
            end += len(lines) * line
        count = len(entries)
        if count:
            place = {"entries": tuple(entries), "top": used, "bottom": end}
            standing.append(replace(part, items=part.items[:count], **place))
        if count < len(part.items):
            going_on = replace(part, items=part.items[count:])
            return _with_room(standing, space, size), [going_on, *queue[index + 1 :]]
        used = end
    return _with_room(standing, space, size), []


def _head(size):
    return size * HEADING_SCALE * LINE_HEIGHT + HEADING_GAP


def _with_room(standing, space, size):
    """Each part with the lines it could have, if the others had one each."""
    others = len(standing) - 1
    left = space.height - len(standing) * _head(size) - others * PART_GAP
    room = int(left / (size * LIST_LINE_HEIGHT)) - others
    return [replace(part, room=room) for part in standing]


def _set(item, width, tab):
    """The lines of an item; those after the first begin under its words."""
    if not item["tab"]:
        return [(line, "") for line in lines_of(item["words"], width)]
    first, *more = lines_of(item["words"], width - tab)
    return [(item["tab"], first), *(("", line) for line in more)]
