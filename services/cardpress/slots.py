"""What is different from card to card on one form, in the order of the page."""

from dataclasses import dataclass

# A letter that the typeface has and `one_line` (ak1portal/forms.py) lets nobody write.
MARKER = "◊"


@dataclass(frozen=True)
class Words:
    """One line of type where the form has a marker.

    `align` is where the marker stands: "left", "center" or "right" of its line, or
    “boxes”: in the middle of the first of a row of boxes, one for each letter. A line
    that `goes_on` belongs to the same item of a list as the one before.
    """

    words: str
    align: str = "left"
    goes_on: bool = False


@dataclass(frozen=True)
class Moved:
    """How far below its place in the form a part stands, in mm on card stock."""

    down: float
