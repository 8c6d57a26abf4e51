"""The structure of a card for those who hear it: of the form, and of each card.

WeasyPrint gives every run of type an element of its own. What only says “here is type”
is taken out once, so that a paragraph holds its lines itself; then each card leaves out
what it has no words for, and lines that go on are part of the item they began with.

A piece of type is (number of the page, number of the marked content).
"""

from collections.abc import Set
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Pdf

POINTS_PER_PIXEL = 0.75
# They mean nothing; what is in them belongs to the element around them.
WRAPPERS = (Name.Span, Name.NonStruct)
# They stand in their row even where there is nothing in them.
CELLS = (Name.TH, Name.TD)


@dataclass
class _Element:
    """A node of the tree; its kids are pieces of type and other elements."""

    node: Dictionary
    kids: list = field(default_factory=list)
    # Whether what is in it is different from card to card.
    varies: bool = False

    @property
    def kind(self) -> Name:
        return self.node.S  # type: ignore[return-value]


class Tags:
    """The structure tree of an open form, whose `slots` are filled card by card."""

    def __init__(self, pdf: Pdf, slots: Set[tuple[int, int]]):
        root = pdf.Root.StructTreeRoot
        self._owners = list(root.ParentTree.Nums)[1::2]
        self._numbers = {page.objgen: at for at, page in enumerate(pdf.pages)}
        self._heights = [float(page.MediaBox[3]) for page in pdf.pages]
        self._slots, self._names, self._owned = slots, {}, {}
        self._document = self._read(root.K[0])
        # Cells name the headings they are under; readers look the names up here.
        names = [each for name in sorted(self._names) for each in self._names[name]]
        root.IDTree = pdf.make_indirect(Dictionary(Names=Array(names)))

    def dress(self, gone: Set, joined: Set) -> None:
        """Make this the tree of one card.

        It has no pieces for the slots in `gone`; those in `joined` go on with the item
        of a list that the piece before belongs to.
        """
        for piece in gone:
            self._own(piece, None)
        self._dress(self._document, gone, joined)

    # Reading the form ------------------------------------------------------------

    def _read(self, node) -> _Element:
        element = _Element(node)
        self._collect(element, node)
        self._give(element, element.kids)
        if element.kind == Name.Figure:
            self._place(node)
        if "/ID" in node:
            self._names[bytes(node.ID)] = (node.ID, node)
        return element

    def _collect(self, element, node):
        """What is in `node` becomes part of `element`, without its wrappers."""
        for kid in node.K:
            if isinstance(kid, int):
                piece = self._numbers[node.Pg.objgen], kid
                element.kids.append(piece)
                element.varies |= piece in self._slots
            elif kid.S in WRAPPERS or kid.S == element.node.S == Name.P:
                self._collect(element, kid)
            else:
                inner = self._read(kid)
                kid.P = element.node
                if inner.kids or inner.kind in CELLS:
                    element.kids.append(inner)
                    element.varies |= inner.varies

    def _place(self, figure):
        """The box of a picture in points from the foot of the page."""
        height = self._heights[self._numbers[figure.Pg.objgen]]
        left, top, right, bottom = (
            float(side) * POINTS_PER_PIXEL for side in figure.A.BBox
        )
        box = (left, height - bottom, right, height - top)
        figure.A.BBox = Array([round(side, 2) for side in box])

    # One card --------------------------------------------------------------------

    def _dress(self, element, gone, joined):
        if element.kind == Name.L:
            kids = self._items(element, gone, joined)
        else:
            for kid in element.kids:
                if isinstance(kid, _Element) and kid.varies:
                    self._dress(kid, gone, joined)
            kids = [kid for kid in element.kids if self._is_there(kid, gone)]
        self._give(element, kids)

    def _is_there(self, kid, gone):
        if isinstance(kid, _Element):
            return not kid.varies or kid.kind in CELLS or len(kid.node.K) > 0
        return kid not in gone

    def _items(self, element, gone, joined):
        """The items of a list, which has one for every line that there is room for."""
        items, bodies = [], []
        for item in element.kids:
            body = item.kids[-1]
            pieces = [piece for piece in body.kids if piece not in gone]
            if pieces and bodies and pieces[0] in joined:
                bodies[-1][1].extend(pieces)
            elif pieces:
                items.append(item)
                bodies.append((body, pieces))
        for body, pieces in bodies:
            self._give(body, pieces)
        return items

    def _give(self, element, kids):
        for kid in kids:
            if isinstance(kid, tuple):
                self._own(kid, element)
        element.node.K = Array(
            [kid[1] if isinstance(kid, tuple) else kid.node for kid in kids]
        )

    def _own(self, piece, element):
        """Note to which element a piece of type belongs."""
        if piece not in self._owned or self._owned[piece] is not element:
            self._owned[piece] = element
            page, number = piece
            self._owners[page][number] = element.node if element else None
