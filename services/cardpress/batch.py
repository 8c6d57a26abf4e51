"""Finished cards one after another in a single file, for the printer."""

import io
from collections.abc import Iterable
from hashlib import sha256
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Stream

POINTS_PER_MM = 72 / 25.4
BOXES = ("/MediaBox", "/TrimBox", "/BleedBox")

Shift = tuple[float, float]


def assemble(
    cards: Iterable[bytes],
    out: BinaryIO,
    *,
    title: str,
    shifts: tuple[Shift, Shift] = ((0, 0), (0, 0)),
    ground: bool = True,
    turn_back: bool = False,
) -> None:
    """Write all pages of `cards`, files of pdf.card, into `out` in their order.

    `shifts` move what is on the odd and on the even pages, the fronts and the backs,
    by mm to the right and down; the paper stays. Without `ground` the yellow is left
    out, for stock that is yellow itself. `turn_back` turns the even pages by 180°, for
    printers that turn the sheet on its other edge. The same cards give the same bytes.
    They are read one by one, and what they have in common is written once.

    This is a print job, nothing to keep or to hear: the structure of the cards, and
    with it PDF/A and PDF/UA, stays in their own files. Raises ValueError for no cards.
    """
    job = _Job(shifts, ground, turn_back)
    for card in cards:
        job.add(card)
    job.write(out, title)


class _Job:
    def __init__(self, shifts, ground, turn_back):
        self._pdf = pikepdf.new()
        self._ground, self._kept, self._copies = ground, {}, {}
        self._turns = (0, 180 if turn_back else 0)
        self._frames = [self._frame(*shift) for shift in shifts]

    def add(self, card: bytes):
        # What this card has several times, by its number in the card.
        self._copies = {}
        with pikepdf.open(io.BytesIO(card)) as source:
            for page in source.pages:
                self._add(page)

    def write(self, out, title):
        if not self._pdf.pages:
            raise ValueError("There is no card in the batch.")
        root = self._pdf.Root
        root.Lang = "id"
        root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True, PrintScaling=Name("/None")
        )
        self._pdf.docinfo.Title = title
        self._pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )

    def _add(self, page):
        whole = page.Contents
        contents = list(whole) if isinstance(whole, Array) else [whole]
        # The last stream is the ink, and one before it the ground.
        kept = contents if self._ground else contents[-1:]
        side = len(self._pdf.pages) % 2
        before, after = self._frames[side]
        copy = Dictionary(
            Type=Name.Page,
            Resources=self._same(page.Resources),
            Contents=Array([*before, *map(self._same, kept), *after]),
        )
        for box in BOXES:
            if box in page:
                copy[box] = self._same(page[box])
        if self._turns[side]:
            copy.Rotate = self._turns[side]
        self._pdf.pages.append(Page(copy))

    def _frame(self, right, down):
        """The streams around the content of a page that is moved."""
        if not (right or down):
            return [], []
        move = b"q 1 0 0 1 %.4f %.4f cm" % (
            right * POINTS_PER_MM,
            -down * POINTS_PER_MM,
        )
        return [self._pdf.make_stream(move)], [self._pdf.make_stream(b"Q")]

    def _same(self, thing):
        """`thing` in this file; equal things of different cards are one."""
        if not isinstance(thing, Array | Dictionary | Stream):
            return thing
        if not thing.is_indirect:
            return self._copy(thing)
        if thing.objgen not in self._copies:
            copy = self._copy(thing)
            data = thing.read_raw_bytes() if isinstance(thing, Stream) else b""
            key = copy.unparse() + sha256(data).digest()
            if key not in self._kept:
                self._kept[key] = self._made(thing, copy, data)
            self._copies[thing.objgen] = self._kept[key]
        return self._copies[thing.objgen]

    def _copy(self, thing):
        """`thing`, or what describes it if it is a stream, with its parts in here."""
        if isinstance(thing, Array):
            return Array([self._same(each) for each in thing])
        entries = {
            name: self._same(each) for name, each in thing.items() if name != "/Length"
        }
        return Dictionary(entries)

    def _made(self, thing, copy, data):
        if isinstance(thing, Stream):
            return self._pdf.make_stream(data, copy)
        return self._pdf.make_indirect(copy)
