"""The printed card, read back from the PDF: words, pictures, places and colours."""

import io
import re
import subprocess
import sys
from itertools import combinations

import cv2
import numpy
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.utils.translation import override
from PIL import Image

from services.cardpress import pdf, samples
from services.cardpress.fit import SIZES
from services.cardpress.pdf import Sheet, UnprintableError
from tests.services.cardpress.printed import (
    PAPER,
    PAPERS,
    jpeg,
    made,
    missing,
    pages_of,
    photo,
    picture_of,
    png,
    read_in_lines,
    sheet,
    squeezed,
    text_of,
)

POINTS = 72 / 25.4
TERMS = [
    "BERLAKU NASIONAL",
    "APABILA PENCARI KERJA YANG BERSANGKUTAN TELAH DITERIMA BEKERJA MAKA INSTANSI /"
    " PERUSAHAAN YANG MENERIMA AGAR MENGEMBALIKAN KARTU AK I INI"
    " (KE DINAS TENAGA KERJA)",
    "KARTU INI BERLAKU SELAMA 2 (DUA) TAHUN DENGAN KEHARUSAN KETENTUAN MELAPOR"
    " SETIAP 6 (ENAM) BULAN SEKALI BAGI PENCARI KERJA YANG BELUM MENDAPATKAN PEKERJAAN",
]
AT_ONCE = (
    "BILA ADA PERUBAHAN DATA / KETERANGAN LAINNYA ATAU TELAH MENDAPAT PEKERJAAN"
    " HARAP SEGERA MELAPOR"
)
WITHIN_A_WEEK = (
    "BILA ADA PERUBAHAN DATA / KETERANGAN LAINNYA ATAU TELAH MENDAPAT PEKERJAAN"
    " HARAP MELAPOR PALING LAMBAT 1 (SATU) MINGGU SETELAH TANGGAL PENEMPATAN"
)
# Every wide letter at once: what no name is, and still must not run off the card.
WIDEST = {
    "name": "W" * 100,
    "birth_place": "W" * 60,
    "address": [
        "W" * 120,
        "RT 001/RW 002 Kel. Wwwwwwwwwww, Kec. Wwwwwww",
        "Kab. Contoh",
    ],
}


# What the form says ----------------------------------------------------------------


@pytest.mark.parametrize("paper", ["330x120", "A4"])
def test_layout_a_says_what_the_folded_card_says(paper):
    outside, inside = pages_of(made("typical", "A", paper))

    labels = [
        "Kartu AK I",
        "KARTU TANDA BUKTI PENDAFTARAN PENCARI KERJA",
        "No. Pendaftaran Pencari Kerja",
        "No. Induk Kependudukan",
        "TTD Pencari Kerja",
        "Nama Lengkap : Siti Aminah",
        "Tempat / Tgl Lahir : Contoh, 15 Mei 1999",
        "Jenis Kelamin : Laki-laki",
        "Status : Belum kawin",
        "Agama : Islam",
        "Alamat : Jl. Melati No. 1",
        "No. Telp : 0812 3456 7890",
        "Berlaku s.d. : 22 November 2028",
        "PENDIDIKAN FORMAL",
        "SMA/MA/Paket C – SMA Negeri 1 Contoh / IPA – TH. 2017",
        "KETERAMPILAN",
        "Operator komputer – TH. 2018",
        "Contoh, 22 November 2026 PENGANTAR KERJA",
        "Dra. Contoh Pengantar, M.Si. NIP. 19700101 199503 2 001",
    ]
    assert [label for label in labels if label not in outside] == []
    assert [term for term in [*TERMS, AT_ONCE] if term not in inside] == []
    rows = [
        "KETENTUAN :",
        "LAPORAN TANGGAL-BULAN-TAHUN TANDA TANGAN PENGANTAR KERJA / PETUGAS PENDAFTAR"
        " (CANTUMKAN NAMA DAN NIP)",
        "PERTAMA Jadwal: 22 Mei 2027",
        "KEDUA Jadwal: 22 November 2027",
        "KETIGA Jadwal: 22 Mei 2028",
        "DITERIMA DI TERHITUNG MULAI TANGGAL",
    ]
    assert [row for row in rows if row not in inside] == []


@pytest.mark.parametrize(("layout", "page"), [("A", 1), ("B", 0)])
def test_the_terms_are_numbered(layout, page):
    document = made("typical", layout, PAPER[layout])

    words = read_in_lines(document, page)
    assert re.findall(r"(\d)\. (BERLAKU|BILA|APABILA|KARTU) ", words) == [
        ("1", "BERLAKU"),
        ("2", "BILA"),
        ("3", "APABILA"),
        ("4", "KARTU"),
    ]


def test_layout_b_says_what_the_form_says():
    words = [
        "Formulir AK/I",
        "PEMERINTAH KABUPATEN CONTOH",
        "KARTU TANDA BUKTI PENDAFTARAN PENCARI KERJA",
        "Nomor Pendaftaran Pencari Kerja",
        "No. Induk Kependudukan",
        "Ketentuan :",
        WITHIN_A_WEEK,
        *TERMS,
        "Tanda Tangan Pencari Kerja",
        "Laporan Tanggal-Bulan-Tahun"
        " Tanda tangan Pengantar Kerja/Petugas Pendaftar, Cantumkan Nama dan NIP",
        "Kesatu Jadwal: 22 Mei 2027",
        "Kedua Jadwal: 22 November 2027",
        "Ketiga Jadwal: 22 Mei 2028",
        "Diterima Penempatan :",
        "Tanggal Penempatan :",
        "Nama Lengkap",
        "Tempat/Tanggal Lahir",
        "Pria 2. Wanita",
        "Kawin 2. Belum Kawin",
        "Islam 2. Katholik 3. Protestan 4. Hindu 5. Budha 6. Konghucu 7. Lain-lain",
        "Alamat Domisili",
        "Nomor Telp/HP : 0812 3456 7890",
        "Pendidikan Formal Thn",
        "SD/sederajat : SD Negeri 1 Contoh",
        "SLTP/sederajat : SMP Negeri 2 Contoh",
        "SLTA/SMK/sederajat : SMA Negeri 1 Contoh / IPA",
        "D.I/II/III/D.IV",
        "Akta I/II/III/IV",
        "S1/S2/S3",
        "Keterampilan",
        "Dikeluarkan pada tanggal: 22 November 2026",
        "Berlaku sampai dengan: 22 November 2028",
        "Pengantar Kerja/Petugas Antar Kerja",
        "Dra. Contoh Pengantar, M.Si. NIP. 19700101 199503 2 001",
    ]
    assert missing(words, made("typical", "B", "A4")) == []
    assert missing(["SitiAminah", "Tgl15Bln05Thn99"], made("typical", "B", "A4")) == []
    assert " Siti Aminah " in text_of(made("typical", "B", "A4"))


@pytest.mark.parametrize("layout", ["A", "B"])
@pytest.mark.parametrize(
    "labels", [["PERTAMA", "KEDUA", "KETIGA"], ["Kesatu", "Kedua", "Ketiga"]]
)
def test_report_rows_carry_the_labels_of_the_office(layout, labels):
    document = pdf.render(
        [sheet(layout=layout, paper=PAPER[layout], report_labels=labels)]
    )

    assert missing([f"{label} Jadwal:" for label in labels], document) == []


@pytest.mark.parametrize("layout", ["A", "B"])
def test_numbers_can_be_copied_from_the_card(layout):
    words = text_of(made("typical", layout, PAPER[layout]))

    assert " 9999 000001 221126 " in words
    assert " 9999011505990001 " in words


def test_a_number_with_letters_stands_in_boxes_too():
    document = pdf.render([sheet(number="DTK-AK1-0001-1126")])

    assert missing(["DTK-AK1-0001-1126"], document) == []


def test_a_second_copy_says_so_and_a_first_does_not():
    second = pdf.render([sheet(copy=2)])

    assert "Cetakan ke-2" in text_of(second)
    assert "Cetakan" not in text_of(made("typical", "A", "330x120"))


def test_the_card_stays_indonesian_for_an_english_reader():
    with override("en"):
        document = pdf.render([sheet()])

    assert "Berlaku s.d. : 22 November 2028" in text_of(document)


# The file ------------------------------------------------------------------------


@pytest.mark.parametrize(("layout", "paper"), PAPERS)
def test_pages_have_the_size_of_the_paper(layout, paper):
    opened = pypdfium2.PdfDocument(made("typical", layout, paper))

    sizes = {tuple(round(side / POINTS) for side in page.get_size()) for page in opened}
    assert sizes == {PAPERS[layout, paper]}


def test_the_same_cards_give_the_same_bytes():
    sheets = [sheet(), sheet(layout="B", paper="A4")]

    assert pdf.render(sheets) == pdf.render(sheets)


def test_another_process_gives_the_same_bytes():
    program = (
        "import django, hashlib; django.setup();"
        "from services.cardpress import pdf, samples;"
        "card = pdf.Sheet(samples.typical(), None, None);"
        "print(hashlib.sha256(pdf.render([card])).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            env={
                "DJANGO_SETTINGS_MODULE": "ak1portal.settings",
                "DEBUG": "1",
                "DATABASE_URL": "postgres://nobody@localhost/none",
                "PYTHONHASHSEED": seed,
            },
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(runs) == 1


def test_a_batch_holds_its_cards_in_their_order():
    people = [samples.typical(index) for index in range(3)]
    people[1] = samples.typical(1, layout="B", paper="A4")

    pages = pages_of(pdf.render([Sheet(each, photo(), None) for each in people]))

    numbers = [
        [f"99990000{n:02}221126" in squeezed(page) for page in pages] for n in (1, 2, 3)
    ]
    assert numbers == [
        [True, False, False, False, False],
        [False, False, True, False, False],
        [False, False, False, True, False],
    ]


def test_no_cards_are_no_batch():
    with pytest.raises(UnprintableError, match="no card"):
        pdf.render([])


def test_all_that_people_may_write_can_be_printed():
    name = "Łucja Ñuñez-Đặt".replace("ặ", "ă")
    document = pdf.card(sheet(name=name, phone="+62 … ‘0812’ × €5"))

    assert missing([f"Nama Lengkap : {name}", "+62 … ‘0812’ × €5"], document) == []


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("name", {"name": "Жанна"}),
        ("birth place", {"birth_place": "東京"}),
        ("skills", {"skills": [{"name": "Tari ❤", "year": None}]}),
        ("name", {"name": "Ani ◊ Contoh"}),
    ],
)
def test_a_letter_that_the_typeface_has_not_is_refused(part, changes):
    with pytest.raises(UnprintableError, match=f"in: {part}"):
        pdf.card(sheet(**changes))


def test_sixty_people_need_few_forms():
    for layout in PAPER:
        pdf.blank.cache_clear()
        for index in range(60):
            changes = {"layout": layout, "paper": PAPER[layout]}
            pdf.card(sheet(lambda i=index, **c: samples.varied(i, **c), **changes))
        assert pdf.blank.cache_info().misses <= 10


# Room ----------------------------------------------------------------------------


def lines_of(document: bytes):
    """Page number and the box of each line of type, in mm from the top left."""
    for number, page in enumerate(pypdfium2.PdfDocument(document)):
        text, height = page.get_textpage(), page.get_height()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            yield (
                number,
                left / POINTS,
                (height - top) / POINTS,
                right / POINTS,
                (height - bottom) / POINTS,
            )


def safe_areas(layout, paper):
    """Where type may stand, as (left, top, right, bottom)."""
    if layout == "B":
        return [(12, 8, 198, 293)]
    scale, left, top = (0.85, 8.25, 54) if paper == "A4" else (1, 0, 0)
    return [
        (
            left + scale * (half + 5),
            top + scale * 4,
            left + scale * (half + 160),
            top + scale * 117,
        )
        for half in (0, 165)
    ]


def is_inside(line, area) -> bool:
    _page, left, top, right, bottom = line
    return left >= area[0] and top >= area[1] and right <= area[2] and bottom <= area[3]


def overlap(one, other) -> float:
    """How much of the smaller box the two share, 0 to 1."""
    if one[0] != other[0]:
        return 0
    width = min(one[3], other[3]) - max(one[1], other[1])
    height = min(one[4], other[4]) - max(one[2], other[2])
    if width <= 0 or height <= 0:
        return 0
    areas = [(box[3] - box[1]) * (box[4] - box[2]) for box in (one, other)]
    return width * height / min(areas)


def assert_stands_in_its_place(document, layout, paper):
    lines = list(lines_of(document))
    areas = safe_areas(layout, paper)
    assert [x for x in lines if not any(is_inside(x, area) for area in areas)] == []
    assert [pair for pair in combinations(lines, 2) if overlap(*pair) > 0.15] == []


@pytest.mark.parametrize("kind", ["shortest", "typical", "longest"])
@pytest.mark.parametrize(("layout", "paper"), PAPERS)
def test_every_line_stands_in_its_place(kind, layout, paper):
    assert_stands_in_its_place(made(kind, layout, paper), layout, paper)


@pytest.mark.parametrize(("layout", "paper"), PAPERS)
def test_the_widest_letters_stand_in_their_place(layout, paper):
    document = pdf.render([sheet(layout=layout, paper=paper, **WIDEST)])

    assert_stands_in_its_place(document, layout, paper)
    assert missing(["W" * 120], document) == []


@pytest.mark.parametrize("layout", ["A", "B"])
def test_nothing_of_the_longest_card_is_left_out(layout):
    printed = samples.longest()
    words = [
        printed["name"],
        printed["birth_place"],
        *printed["address"],
        *(row[key] for row in printed["educations"] for key in ("school", "major")),
        *(row["name"] for row in printed["skills"]),
        printed["signer"]["name"],
        printed["office"]["name"],
    ]
    if layout == "A":
        words += [row[key] for row in printed["experiences"] for key in row]
        words += [printed["signer"]["title"], printed["office"]["address"]]

    assert missing(words, made("longest", layout, PAPER[layout])) == []


@pytest.mark.parametrize("layout", ["A", "B"])
def test_a_sheet_that_goes_on_says_whose_it_is(layout):
    extra = pages_of(made("longest", layout, PAPER[layout]))[2 if layout == "A" else 1]

    assert "9999 000001 221126" in extra
    assert squeezed(samples.longest()["name"]) in squeezed(extra)


def test_the_folded_card_comes_in_whole_sheets():
    lengths = {
        len(pages_of(made(kind, "A", "330x120"))) % 2
        for kind in ("shortest", "typical", "longest")
    }

    assert lengths == {0}


def test_what_cannot_fit_is_refused():
    with pytest.raises(UnprintableError, match="Too long"):
        pdf.render([sheet(name="W" * 2000)])


# Pictures ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["typical", "longest"])
@pytest.mark.parametrize(("layout", "paper"), PAPERS)
def test_the_qr_is_read_from_the_printed_page(kind, layout, paper):
    picture = picture_of(made(kind, layout, paper))

    (code,) = zxingcpp.read_barcodes(numpy.asarray(picture))
    assert code.text == getattr(samples, kind)()["check_url"]
    found, corners, dots = cv2.QRCodeDetector().detectAndDecode(numpy.asarray(picture))
    assert found == code.text
    millimetres = (corners[0][1][0] - corners[0][0][0]) * 25.4 / 300
    assert millimetres >= 21.8
    assert millimetres / len(dots) >= 0.396


def test_a_qr_has_whole_pixels_and_nothing_around_it():
    picture = Image.open(io.BytesIO(pdf.qr_png("https://contoh.go.id/ABC")))

    assert picture.width % pdf.PIXELS_PER_MODULE == 0
    assert set(dict(map(reversed, picture.getcolors()))) == {0, 255}
    assert picture.getpixel((0, 0)) == 0


@pytest.mark.parametrize(
    "broken",
    [
        photo()[:9000],
        b"no picture",
        png(Image.new("RGB", (300, 400))),
        jpeg(Image.new("RGB", (300, 401))),
        jpeg(Image.new("CMYK", (300, 400))),
    ],
)
def test_a_broken_photo_is_refused(broken):
    with pytest.raises(UnprintableError, match="photo"):
        pdf.render([Sheet(samples.typical(), broken, None)])


def test_a_broken_logo_is_refused():
    with pytest.raises(UnprintableError, match="logo"):
        pdf.render([Sheet(samples.typical(), photo(), b"no picture")])


def test_a_card_without_pictures_has_frames():
    document = pdf.card(Sheet(samples.typical(check_url=""), None, None))

    assert missing(["Pas foto 3 × 4"], document) == []
    with pikepdf.open(io.BytesIO(document)) as file:
        drawn = [each.Subtype for each in file.pages[0].Resources.XObject.values()]
        assert "/Image" not in drawn


def test_setting_a_card_leaves_pillow_strict():
    pdf.render([sheet()])

    with pytest.raises(OSError, match="truncated"):
        Image.open(io.BytesIO(photo()[:9000])).load()


@pytest.mark.parametrize("layout", ["A", "B"])
@pytest.mark.parametrize("yellow", [True, False])
def test_the_paper_is_yellow_only_where_it_is_asked_for(layout, yellow):
    document = pdf.render([sheet(layout=layout, paper=PAPER[layout], yellow=yellow)])

    corner = picture_of(document, dpi=50).getpixel((3, 3))
    assert corner == ((248, 229, 140) if yellow else (255, 255, 255))


def test_a_card_never_reaches_for_the_network_or_a_file():
    name = '<img src="http://127.0.0.1:9/x"><link href="file:///etc/passwd">'
    document = pdf.render([sheet(name=name)])

    assert missing([name], document) == []


# The screen ----------------------------------------------------------------------


def test_the_page_for_the_screen_needs_no_inline_style():
    page = pdf.page(sheet(), photo_url="/foto/1", logo_url="")

    assert re.findall(r"style=|<style|<script|data:", page) == []
    assert '<img class="photo" src="/foto/1"' in page
    assert 'href="/static/cardpress/card.css"' in page


@pytest.mark.parametrize("layout", ["A", "B"])
def test_a_draft_has_empty_boxes_and_no_qr(layout):
    draft = samples.typical(
        layout=layout,
        number="",
        birth_place="",
        marital_status="",
        marital_code="",
        religion="",
        religion_code="",
        address=[],
        phone="",
        educations=[],
        skills=[],
        experiences=[],
        issued_on="",
        expires_on="",
        reports_due=[],
        check_url="",
    )
    page = pdf.page(Sheet(draft, None, None), photo_url="", logo_url="")

    assert re.findall(r"<img", page) == []
    headings = ["pendidikan formal", "keterampilan"]
    assert [word for word in headings if word not in page.lower()] == []
    assert "Pas foto" in page
    rows = [len(row) // len("<i></i>") for row in re.findall(r"(?:<i></i>)+", page)]
    assert [rows.count(count) for count in (4, 6)] == [1, 2]


def test_the_style_sheet_has_the_sizes_that_python_measures_with(settings):
    css = (settings.BASE_DIR / "static/cardpress/card.css").read_text()
    sizes = dict(re.findall(r"\.(t\d) \{ font-size: ([\d.]+)rem; \}", css))

    assert {name: float(size) for name, size in sizes.items()} == SIZES
