"""A form filled in: it looks as if it had been set whole, and says what it is."""

import io
import re
from xml.etree import ElementTree

import numpy
import pikepdf
import pytest

from services.cardpress import pdf, pictures, press, samples
from services.cardpress.pdf import Sheet
from tests.services.cardpress.printed import (
    PAPER,
    PAPERS,
    logo,
    made,
    photo,
    picture_of,
    pictures_of,
    png,
    sheet,
)

LAYOUTS = pytest.mark.parametrize("layout", ["A", "B"])


def opened(document: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(document))


# How it looks --------------------------------------------------------------------


def set_whole(sheet: Sheet) -> bytes:
    """The card with its real words, set by WeasyPrint alone."""
    images = {
        "picture:photo": sheet.photo,
        "picture:logo": sheet.logo,
        "picture:qr": png(pictures.qr_image(sheet.printed["check_url"])),
    }
    addresses = {f"{name[8:]}_url": name for name in images}
    html = pdf.page(sheet, screen=False, **addresses)
    return press.pdf(html, images)


def assert_looks_set_whole(sheet: Sheet):
    filled = pictures_of(pdf.card(sheet), dpi=110)
    whole = pictures_of(set_whole(sheet), dpi=110)
    differences = [numpy.abs(a - b) for a, b in zip(filled, whole, strict=True)]
    # WeasyPrint rounds the widths of letters for each type size; we do it once.
    assert [(page > 100).sum() for page in differences] == [0] * len(differences)
    assert [page for page in differences if (page > 32).mean() > 0.005] == []


@pytest.mark.parametrize("kind", ["shortest", "typical", "longest"])
@pytest.mark.parametrize(("layout", "paper"), PAPERS)
def test_a_filled_form_looks_like_a_card_set_whole(kind, layout, paper):
    make = getattr(samples, kind)

    assert_looks_set_whole(sheet(make, layout=layout, paper=paper, copy=2))


@LAYOUTS
@pytest.mark.parametrize("index", range(4))
def test_people_who_share_a_form_look_set_whole(layout, index):
    printed = samples.varied(index, layout=layout, paper=PAPER[layout], yellow=False)

    assert_looks_set_whole(Sheet(printed, photo(), logo()))


@LAYOUTS
def test_letters_with_marks_look_set_whole(layout):
    words = {"name": "Łęcka Žižek Đào", "birth_place": "Ñuñoa ‘Æ’"}

    assert_looks_set_whole(sheet(layout=layout, paper=PAPER[layout], **words))


@LAYOUTS
def test_the_ground_is_a_stream_of_its_own(layout):
    paper = PAPER[layout]
    with opened(made("typical", layout, paper)) as file:
        for page in file.pages:
            page.Contents = pikepdf.Array([page.Contents[0]])
        out = io.BytesIO()
        file.save(out)
    bare = pdf.card(sheet(layout=layout, paper=paper, yellow=False))

    colours = picture_of(out.getvalue(), dpi=50).getcolors()
    assert [colour for _count, colour in colours] == [(248, 229, 140)]
    with opened(bare) as file:
        assert {len(page.Contents) for page in file.pages} == {1}


# What it is ----------------------------------------------------------------------


@LAYOUTS
def test_the_file_names_the_standards_it_keeps(layout):
    with opened(made("longest", layout, PAPER[layout])) as file:
        xmp = ElementTree.fromstring(file.Root.Metadata.read_bytes())
        found = {tag.tag.split("}")[1]: tag.text for tag in xmp.iter()}
        intent = file.Root.OutputIntents[0]
        assert (found["part"], found["conformance"]) == ("1", "A")
        parts = [tag.text for tag in xmp.iter() if tag.tag.endswith("id/}part")]
        assert parts == ["3", "1"]
        assert "".join(
            xmp.find(".//{http://purl.org/dc/elements/1.1/}title").itertext()
        )
        assert str(file.docinfo.Title) == "Kartu AK I 9999 000001 221126"
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.N == 3
        assert str(file.Root.Lang) == "id"
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert "/ID" in file.trailer


@LAYOUTS
def test_the_file_acts_on_nothing_and_smooths_nothing(layout):
    with opened(made("longest", layout, PAPER[layout])) as file:
        forbidden = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/Annots", "/AF"}
        things = [each for each in file.objects if isinstance(each, pikepdf.Dictionary)]
        things += [each for each in file.objects if isinstance(each, pikepdf.Stream)]
        assert [each for each in things if forbidden & set(each.keys())] == []
        assert [each for each in things if bool(each.get("/Interpolate", False))] == []
        assert set(file.Root) & {"/Names", "/Outlines"} == set()


SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ")


def glyphs_of(page) -> set:
    """(name of the font, number of the glyph) of all that the page shows."""
    content = b"\n".join(stream.read_bytes() for stream in page.Contents)
    shown, font = set(), ""
    for name, run in SHOWN.findall(content):
        font = name.decode() or font
        for text in re.findall(rb"<([0-9a-f]+)>", run):
            digits = text.decode()
            shown |= {
                (font, int(digits[i : i + 4], 16)) for i in range(0, len(digits), 4)
            }
    return shown


def glyphs_in(font) -> set[int]:
    runs = list(font.DescendantFonts[0].W)
    return {
        int(first) + index
        for first, run in zip(runs[::2], runs[1::2], strict=True)
        for index in range(len(run))
    }


def letters_in(font) -> set[int]:
    """The glyphs that can be copied as text."""
    lines = font.ToUnicode.read_bytes()
    return {int(glyph, 16) for glyph in re.findall(rb"^<(\w+)> <", lines, re.M)}


@LAYOUTS
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"experiences": []},
        {"name": "Łęcka Žižek Đào"},
        {"educations": samples.longest()["educations"]},
    ],
)
def test_every_glyph_is_in_the_file_with_its_width_and_its_letter(layout, changes):
    document = pdf.card(sheet(layout=layout, paper=PAPER[layout], **changes))
    with opened(document) as file:
        fonts = file.pages[0].Resources.Font
        shown = set().union(*(glyphs_of(page) for page in file.pages))
        names = {str(font.BaseFont).split("+")[1] for font in fonts.values()}
        assert names == {"Roboto", "Roboto-Bold"}
        for name, font in fonts.items():
            used = {glyph for where, glyph in shown if f"/{where}" == name}
            assert len(used) > 20
            assert used - glyphs_in(font) == set()
            assert used - letters_in(font) == set()
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_fonts_with_few_and_with_all_letters_have_different_names():
    names = set()
    for name in ("Ani", "Žižek"):
        with opened(pdf.card(sheet(name=name))) as file:
            names |= {str(f.BaseFont) for f in file.pages[0].Resources.Font.values()}

    assert len(names) == 4


@LAYOUTS
def test_a_card_is_a_small_file(layout):
    printed = samples.typical(layout=layout, paper=PAPER[layout])
    small = pdf.card(Sheet(printed, photo(), None))
    large = pdf.card(Sheet({**printed, "name": "Žižek"}, photo(), None))

    assert len(small) - len(photo()) < 35_000
    assert len(large) - len(photo()) < 75_000


# How it is heard -----------------------------------------------------------------


def elements(node):
    yield node
    for kid in node.K:
        if isinstance(kid, pikepdf.Dictionary):
            yield from elements(kid)


def structure(document: pikepdf.Pdf) -> list:
    return list(elements(document.Root.StructTreeRoot.K[0]))


@LAYOUTS
@pytest.mark.parametrize("kind", ["shortest", "typical", "longest"])
def test_every_piece_of_type_is_in_the_structure_once(kind, layout):
    with opened(made(kind, layout, PAPER[layout])) as file:
        numbers = list(file.Root.StructTreeRoot.ParentTree.Nums)
        for at, page in enumerate(file.pages):
            content = b"\n".join(stream.read_bytes() for stream in page.Contents)
            written = sorted(map(int, re.findall(rb"/MCID (\d+)", content)))
            heard = [
                (kid, node.objgen)
                for node in structure(file)
                if "/Pg" in node and node.Pg.objgen == page.objgen
                for kid in node.K
                if isinstance(kid, int)
            ]
            owners = list(numbers[2 * at + 1])
            assert [n for n, owner in enumerate(owners) if owner is not None] == written
            assert numbers[2 * at] == page.StructParents == at
            assert sorted(kid for kid, _owner in heard) == written
            assert [owners[kid].objgen for kid, _o in heard] == [o for _k, o in heard]


@LAYOUTS
def test_nothing_in_the_structure_is_empty_but_cells(layout):
    with opened(made("shortest", layout, PAPER[layout])) as file:
        empty = {str(node.S) for node in structure(file) if not len(node.K)}
        kinds = {str(node.S) for node in structure(file)}

    assert empty == {"/TD"}
    assert kinds & {"/Span", "/NonStruct"} == set()


def test_a_list_has_an_item_for_each_school_however_many_lines_it_takes():
    printed = samples.longest()
    document = pdf.card(Sheet(printed, photo(), None))
    again = pdf.card(Sheet(printed, photo(), None))

    with opened(document) as file:
        lists = [node for node in structure(file) if node.S == "/L"]
        bodies = [[len(item.K[-1].K) for item in each.K] for each in lists]
    assert [len(each) for each in bodies] == [5, 8, 4, 4, 3, 2]
    assert all(count >= 3 for count in bodies[0])
    assert again == document


def test_the_same_form_is_heard_anew_for_everybody():
    people = [samples.varied(index) for index in range(12)]
    documents = [pdf.card(Sheet(each, photo(), None)) for each in people]

    for printed, document in zip(people, documents, strict=True):
        with opened(document) as file:
            lists = [node for node in structure(file) if node.S == "/L"]
            schools, skills = lists[0], lists[1]
            assert len(schools.K) == len(printed["educations"])
            assert len(skills.K) == max(len(printed["skills"]), 1)


def test_pictures_have_words_for_who_cannot_see_them():
    with opened(made("typical", "A", "330x120")) as file:
        figures = [node for node in structure(file) if node.S == "/Figure"]
        boxes = [[float(side) for side in node.A.BBox] for node in figures]
        assert [str(node.Alt) for node in figures] == [
            "Lambang daerah",
            "Pas foto",
            "Kode QR untuk memeriksa keaslian kartu",
        ]
        width, height = (float(side) for side in file.pages[0].MediaBox[2:])
    assert [box for box in boxes if not (0 < box[0] < box[2] < width)] == []
    assert [box for box in boxes if not (0 < box[1] < box[3] < height)] == []
    # 39.6 mm of photo inside its frame.
    assert boxes[1][3] - boxes[1][1] == pytest.approx(39.6 * 72 / 25.4, abs=0.1)


def test_headings_of_the_table_are_found_by_their_names():
    with opened(made("typical", "A", "330x120")) as file:
        names = list(file.Root.StructTreeRoot.IDTree.Names)
        found = dict(zip(map(str, names[::2]), names[1::2], strict=True))
        cells = [node for node in structure(file) if node.S == "/TD"]
        wanted = {str(name) for cell in cells for name in cell.A.Headers}
        assert list(found) == sorted(found)
        assert wanted - set(found) == set()
        assert {str(node.S) for node in found.values()} == {"/TH"}
