"""Finished cards in one file: a print job."""

import io

import numpy
import pikepdf
import pytest

from services.cardpress import pdf, samples
from services.cardpress.pdf import Sheet, assemble
from tests.services.cardpress.printed import (
    PAPER,
    made,
    pages_of,
    photo,
    picture_of,
    pictures_of,
)

# Five pixels a millimetre.
DPI = 127


def people(count: int, layout="A") -> list[bytes]:
    printed = [
        samples.varied(index, layout=layout, paper=PAPER[layout])
        for index in range(count)
    ]
    return [pdf.card(Sheet(each, photo(), None)) for each in printed]


def batch(cards, **options) -> bytes:
    out = io.BytesIO()
    assemble(cards, out, title="Kartu AK I", **options)
    return out.getvalue()


def test_cards_stand_in_their_order_as_they_are():
    cards = [*people(2), *people(1, layout="B"), made("longest", "A", "330x120")]

    together = batch(iter(cards))

    assert pages_of(together) == [page for card in cards for page in pages_of(card)]
    alone = [page for card in cards for page in pictures_of(card, dpi=60)]
    for one, other in zip(pictures_of(together, dpi=60), alone, strict=True):
        assert numpy.array_equal(one, other)


def test_the_fronts_stay_on_odd_pages():
    pages = pages_of(batch([made("longest", "A", "330x120"), *people(2)]))

    fronts = ["No. Induk Kependudukan" in page for page in pages]
    assert fronts == [True, False, False, False, True, False, True, False]


def test_what_cards_have_in_common_is_written_once():
    cards = people(12)
    with pikepdf.open(io.BytesIO(batch(cards))) as file:
        kinds = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
        fonts = [each for each in kinds if "/Length1" in each]
        photos = [each for each in kinds if each.get("/Filter") == "/DCTDecode"]
        grounds = {page.Contents[0].objgen for page in file.pages}

    assert (len(fonts), len(photos), len(grounds)) == (2, 1, 1)
    assert len(batch(cards)) < sum(map(len, cards)) / 4


def test_a_print_job_has_no_structure_left():
    with pikepdf.open(io.BytesIO(batch(people(2)))) as file:
        assert set(file.Root.keys()) == {
            "/Type",
            "/Pages",
            "/Lang",
            "/ViewerPreferences",
        }
        assert file.Root.ViewerPreferences.PrintScaling == "/None"
        assert {key for page in file.pages for key in dict(page.obj)} == {
            "/Type",
            "/Parent",
            "/Resources",
            "/Contents",
            "/MediaBox",
            "/TrimBox",
            "/BleedBox",
        }
        assert str(file.docinfo.Title) == "Kartu AK I"


def test_the_same_cards_give_the_same_bytes():
    cards = people(3)

    assert batch(cards) == batch(cards)


@pytest.mark.parametrize("layout", ["A", "B"])
def test_yellow_stock_gets_no_yellow(layout):
    cards = people(2, layout)

    assert picture_of(batch(cards), dpi=50).getpixel((3, 3)) == (248, 229, 140)
    bare = batch(cards, ground=False)
    assert picture_of(bare, dpi=50).getpixel((3, 3)) == (255, 255, 255)
    assert pages_of(bare) == pages_of(batch(cards))


def test_fronts_and_backs_move_by_millimetres():
    cards = people(2)
    shifts = ((3, 2), (-1, -4))

    straight = pictures_of(batch(cards, ground=False), DPI)
    moved = pictures_of(batch(cards, ground=False, shifts=shifts), DPI)

    assert len(straight) == len(moved) == 4
    for number, (before, after) in enumerate(zip(straight, moved, strict=True)):
        right, down = shifts[number % 2]
        expected = numpy.roll(before, (down * 5, right * 5), axis=(0, 1))
        # What is rolled in at the edges is not on the paper.
        inside = slice(25, -25), slice(25, -25)
        moved_away = numpy.abs(before - after)[inside] > 100
        elsewhere = numpy.abs(expected - after)[inside] > 100
        assert before.shape == after.shape
        assert elsewhere.mean() < moved_away.mean() / 10


def test_no_cards_are_no_batch():
    with pytest.raises(ValueError, match="no card"):
        batch([])
