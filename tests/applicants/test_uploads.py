"""What may come in as a document or a photo, and what becomes of it.

Where the process around the decoder is the subject, the whole way is walked. Where only
pixels are, `decoder.answer` is asked directly: starting a process takes a fifth of a
second.
"""

import io
import json
import struct
import time
import zlib
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from ak1portal.demo import pictures
from applicants import decoder, uploads
from applicants.uploads import Crop, UploadProblem

# Never in one piece: a scanner would take this file for the virus.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def drawn(size=(600, 400), mode="RGB", colour="red"):
    """A picture whose left half is red (or what is asked) and whose right is blue."""
    image = Image.new("RGB", size, colour)
    box = (size[0] // 2, 0, *size)
    ImageDraw.Draw(image).rectangle(box, fill=BLUE)
    return image.convert(mode)


def encoded(image, format="JPEG", **options) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def pdf(pages=1, page_size=(595, 842), *, change=lambda pdf: None, **options) -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page(page_size=page_size)
        change(document)
        document.save(file, **options)
    return file.getvalue()


def png_claiming(width, height) -> bytes:
    """A sound PNG of 1 bit a pixel, all black: huge in pixels, small in bytes."""

    def chunk(kind, body):
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    line = b"\0" * (1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(line) for _line in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", body), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def upload(data: bytes, name="file.jpg"):
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def document(data: bytes) -> list[uploads.Page]:
    return uploads.clean_document(upload(data))


def problem(data: bytes, clean=uploads.clean_document) -> str:
    """The code of the problem that this file has."""
    with pytest.raises(UploadProblem) as caught:
        clean(upload(data))
    return caught.value.code


def sentence(data: bytes, clean=uploads.clean_document) -> str:
    with override("en"):
        with pytest.raises(UploadProblem) as caught:
            clean(upload(data))
        return str(caught.value).replace("\xa0", " ")


def asked(data: bytes, task="picture", *numbers) -> dict:
    """The first line of the decoder's answer, in this process."""
    line = decoder.answer(task, numbers or [2000], data).partition(b"\n")[0]
    return json.loads(line)


def pixels(data: bytes, side=2000) -> Image.Image:
    """The picture that the decoder makes of a file, in this process."""
    answer = decoder.answer("picture", [side], data)
    return Image.open(io.BytesIO(answer.partition(b"\n")[2]))


def is_about(colour, wanted) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(colour, wanted, strict=True))


def is_clean(page: uploads.Page) -> bool:
    """Nothing but a picture: the sizes are true and Pillow finds nothing else in it."""
    image = Image.open(io.BytesIO(page.jpeg))
    image.load()
    return (
        (image.format, image.mode) == ("JPEG", "RGB")
        and image.size == (page.width, page.height)
        and set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        and page.jpeg.endswith(b"\xff\xd9")
        and page.jpeg.count(b"\xff\xd9") == 1
    )


# What is taken ------------------------------------------------------------------------


def test_a_photo_from_a_phone_becomes_upright_small_and_silent():
    data = pictures.phone_photo(1)
    before = Image.open(io.BytesIO(data)).getexif()
    assert before.get_ifd(0x8825)

    page = uploads.clean_photo(upload(data))

    assert (page.width, page.height) == (1200, 1600)
    assert len(page.jpeg) < 600_000
    assert is_clean(page)
    assert dict(Image.open(io.BytesIO(page.jpeg)).getexif()) == {}


def test_a_document_keeps_2000_pixels():
    (page,) = document(encoded(drawn((4000, 3000))))

    assert (page.width, page.height) == (2000, 1500)


def test_a_small_picture_is_not_enlarged():
    (page,) = document(encoded(drawn((900, 600))))

    assert (page.width, page.height) == (900, 600)


def test_a_picture_ten_thousand_pixels_wide_is_taken():
    (page,) = document(encoded(drawn((10_000, 2_000)), "PNG"))

    assert (page.width, page.height) == (2000, 400)


def test_the_name_of_the_file_and_its_declared_type_do_not_matter():
    file = SimpleUploadedFile("scan.exe", encoded(drawn()), "text/html")

    assert [page.width for page in uploads.clean_document(file)] == [600]


@pytest.mark.parametrize(
    ("orientation", "left", "size"),
    [
        (1, RED, (600, 400)),
        (2, BLUE, (600, 400)),
        (3, BLUE, (600, 400)),
        (4, RED, (600, 400)),
        (5, RED, (400, 600)),
        (6, RED, (400, 600)),
        (7, BLUE, (400, 600)),
        (8, BLUE, (400, 600)),
    ],
)
def test_every_way_of_holding_a_camera_is_turned_upright(orientation, left, size):
    exif = Image.Exif()
    exif[decoder.ORIENTATION] = orientation

    image = pixels(encoded(drawn(), exif=exif))

    assert image.size == size
    # Turned by a quarter, the left half of the file is the upper or the lower one.
    assert is_about(image.getpixel((100, 100)), left)


def test_an_orientation_in_a_png_is_heeded():
    exif = Image.Exif()
    exif[decoder.ORIENTATION] = 6

    assert pixels(encoded(drawn(mode="P"), "PNG", exif=exif)).size == (400, 600)


def test_broken_exif_is_no_reason_to_refuse_a_photo():
    data = encoded(drawn(), exif=b"Exif\0\0" + b"\xff" * 40)

    assert pixels(data).size == (600, 400)


@pytest.mark.parametrize(
    "data",
    [
        encoded(drawn(mode="CMYK")),
        encoded(drawn(), progressive=True),
        encoded(drawn(), "PNG", interlace=True),
        encoded(drawn(mode="P"), "PNG"),
        encoded(drawn(), "MPO", save_all=True, append_images=[drawn(colour="lime")]),
    ],
    ids=["cmyk", "progressive", "interlaced", "palette", "two pictures in one"],
)
def test_colours_survive_every_kind_of_file(data):
    image = pixels(data)

    assert is_about(image.getpixel((100, 200)), RED)
    assert is_about(image.getpixel((500, 200)), BLUE)


def test_what_is_transparent_lies_on_white_paper():
    image = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    image.paste(RED, (0, 0, 300, 400))

    seen = pixels(encoded(image, "PNG"))

    assert is_about(seen.getpixel((100, 200)), RED)
    assert is_about(seen.getpixel((500, 200)), WHITE)


def test_a_transparent_palette_lies_on_white_paper():
    image = Image.new("P", (600, 400), 0)

    seen = pixels(encoded(image, "PNG", transparency=0))

    assert is_about(seen.getpixel((100, 200)), WHITE)


def test_sixteen_bit_grey_keeps_its_shades():
    image = Image.new("I;16", (600, 400), 0x8000)
    image.paste(0xFFFF, (300, 0, 600, 400))

    seen = pixels(encoded(image, "PNG"))

    assert is_about(seen.getpixel((100, 200)), (128, 128, 128))
    assert is_about(seen.getpixel((500, 200)), WHITE)


def test_a_black_and_white_scan_is_averaged_not_thinned():
    lines = Image.new("1", (4000, 3000), 1)
    for x in range(0, 4000, 2):
        ImageDraw.Draw(lines).line([(x, 0), (x, 3000)], fill=0)

    seen = pixels(encoded(lines, "PNG"), 1000)

    assert is_about(seen.getpixel((500, 300)), (128, 128, 128))


# Colours ------------------------------------------------------------------------------

P3 = (Path(__file__).parent / "p3_iphone.jpg").read_bytes()
CARD_RED = (200, 16, 46)


def profile_of(mode="RGB") -> bytes:
    """A colour profile: Display P3, or grey with a straight line for a curve."""
    if mode == "RGB":
        return Image.open(io.BytesIO(P3)).info["icc_profile"]
    body = b"curv" + bytes(8)
    white = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
    tags = struct.pack(">I", 2) + b"wtpt" + struct.pack(">II", 156, 20)
    tags += b"kTRC" + struct.pack(">II", 176, 12)
    head = struct.pack(
        ">I4sI4s4s4s", 188, b"lcms", 0x2100000, b"mntr", b"GRAY", b"XYZ "
    )
    head += bytes(12) + b"acsp" + bytes(28)
    head += struct.pack(">3i", 63190, 65536, 54061) + bytes(48)
    return head + tags + white + body


def has_colour(image, wanted) -> bool:
    shades = image.convert("RGB").getcolors(2**24)
    return any(
        max(abs(a - b) for a, b in zip(shade, wanted, strict=True)) <= 3
        for count, shade in shades
        if count > 5_000
    )


@pytest.mark.parametrize("task", ["picture", "logo", "crop"])
def test_a_photo_in_display_p3_is_printed_in_its_true_colours(task):
    numbers = (0, 0, 900, 1200, 600, 800) if task == "crop" else (1600,)

    body = decoder.answer(task, numbers, P3).partition(b"\n")[2]

    assert not has_colour(Image.open(io.BytesIO(P3)), CARD_RED)
    image = Image.open(io.BytesIO(body))
    assert has_colour(image, CARD_RED)
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_a_png_is_read_by_its_profile_too_and_stays_see_through(mode):
    given = Image.new(
        "RGBA", (600, 400), (*Image.open(io.BytesIO(P3)).getpixel((5, 5)),)
    )
    given.paste((185, 39, 50, 255), (0, 0, 300, 400))
    given.putpixel((599, 399), (0, 0, 0, 0))
    data = encoded(given.convert(mode), "PNG", icc_profile=profile_of())

    body = decoder.answer("logo", [600], data).partition(b"\n")[2]

    image = Image.open(io.BytesIO(body))
    assert image.getpixel((100, 100))[0] > 190
    assert image.getpixel((100, 100))[3] == 255


def test_grey_is_read_by_its_own_curve():
    grey = Image.new("L", (600, 400), 55)

    seen = pixels(encoded(grey, icc_profile=profile_of("L")))

    assert is_about(seen.getpixel((100, 200)), (128, 128, 128))


@pytest.mark.parametrize(
    ("mode", "profile"),
    [
        ("RGB", b"no profile"),
        ("RGB", profile_of()[:300]),
        ("L", profile_of()),
        ("CMYK", profile_of()),
        ("RGB", profile_of("L")),
    ],
    ids=["none", "cut", "for other pixels", "of light for ink", "of grey"],
)
def test_a_profile_that_is_broken_or_of_another_kind_is_ignored(mode, profile):
    image = Image.new("RGB", (600, 400), WHITE).convert(mode)

    seen = pixels(encoded(image, icc_profile=profile))

    assert is_about(seen.getpixel((100, 200)), WHITE)


# What other readers read --------------------------------------------------------------


def test_a_photo_without_its_end_mark_is_read():
    data = encoded(Image.effect_noise((800, 600), 60).convert("RGB"))
    assert data.endswith(b"\xff\xd9")

    assert pixels(data[:-2]).tobytes() == pixels(data).tobytes()
    assert asked(data[:-400]) == {"problem": "unreadable"}
    assert asked(encoded(drawn())[:-200]) == {"problem": "unreadable"}


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n" * 200 + pdf(2),
        pdf(2) + b"\0" * 500,
        pdf(2).removesuffix(b"%%EOF\n"),
        pdf(2, encryption=pikepdf.Encryption(owner="office", user="")),
    ],
    ids=["junk before", "junk after", "no end mark", "empty password"],
)
def test_a_pdf_that_every_reader_opens_is_read(data):
    assert len(document(data)) == 2


def test_a_pdf_that_came_in_part_does_not_look_whole():
    data = pdf(3, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    linear = pdf(3, linearize=True)

    for part in (0.6, 0.8, 0.95):
        assert asked(data[: int(len(data) * part)], "pdf") == {"problem": "unreadable"}
        assert asked(linear[: int(len(linear) * part)], "pdf") == {
            "problem": "unreadable"
        }


# What stays behind --------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        encoded(drawn()) + b"<script>alert(1)</script>" + EICAR,
        encoded(drawn(), comment=b"<script>" + EICAR),
        encoded(drawn(), icc_profile=b"<script>" + EICAR * 9),
        encoded(drawn(), xmp=b"<script>" + EICAR),
    ],
    ids=["after the end", "comment", "colour profile", "xmp"],
)
def test_only_pixels_of_a_picture_remain(data):
    assert EICAR in data

    (page,) = document(data)

    assert is_clean(page)
    assert EICAR not in page.jpeg
    assert b"<script>" not in page.jpeg


def test_only_pixels_of_a_pdf_remain():
    def arm(document):
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.Root.OpenAction = script
        document.attachments["virus.txt"] = EICAR

    data = pdf(2, change=arm, compress_streams=False)
    assert EICAR in data
    assert b"app.alert" in data

    pages = document(data)

    assert [(page.width, page.height) for page in pages] == [(1413, 1999)] * 2
    assert [is_clean(page) for page in pages] == [True, True]
    assert EICAR not in b"".join(page.jpeg for page in pages)


def test_a_signature_field_of_a_pdf_is_printed():
    def sign(document):
        look = document.make_stream(b"1 0 0 rg 0 0 595 842 re f")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = [0, 0, 595, 842]
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Sig,
                T="signature",
                Rect=[0, 0, 595, 842],
                F=4,
                AP=pikepdf.Dictionary(N=look),
            )
        )
        document.pages[0].Annots = [field]
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[field])

    answer = decoder.answer("pdf", [2000], pdf(change=sign))

    image = Image.open(io.BytesIO(answer.partition(b"\n")[2]))
    assert is_about(image.getpixel((700, 1000)), RED)


def test_a_scanned_identity_card_in_a_pdf_is_read_at_300_dots_per_inch():
    assert asked(pdf(page_size=(243, 153)), "pdf")["pages"][0][:2] == [1013, 638]


def test_a_pdf_that_only_forbids_changes_is_taken():
    protected = pdf(encryption=pikepdf.Encryption(owner="office", user=""))

    assert len(asked(protected, "pdf")["pages"]) == 1


def test_all_eight_pages_of_a_pdf_are_kept():
    assert len(asked(pdf(8), "pdf")["pages"]) == 8


# What is refused, and in which words --------------------------------------------------


def test_no_file_is_missing():
    with override("en"), pytest.raises(UploadProblem, match="Choose a file"):
        uploads.clean_document(None)


def test_an_empty_file_is_refused():
    assert sentence(b"") == (
        "This file is empty. Choose it again, or take a new photo."
    )


def test_a_file_over_25_mb_is_told_its_size():
    assert sentence(b"\xff\xd8\xff" + bytes(26 * 1024 * 1024)).startswith(
        "This file is too large: 26.0 MB. We can take up to 25.0 MB."
    )


def test_a_file_of_exactly_25_mb_is_taken():
    picture = encoded(drawn())
    data = picture + bytes(uploads.MAX_BYTES - len(picture))

    assert len(document(data)) == 1


def test_a_file_that_lies_about_its_size_is_not_read_to_the_end():
    file = ContentFile(bytes(uploads.MAX_BYTES * 2))
    file.size = 10

    with pytest.raises(UploadProblem) as caught:
        uploads.clean_document(file)

    assert caught.value.code == "too_large"
    assert file.tell() == uploads.MAX_BYTES + 1


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "type_heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "type_heic"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "type"),
        (b"PK\x03\x04\x14\0\x06\0word/document.xml", "type_office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "type_office"),
        (rb"{\rtf1\ansi", "type_office"),
        (b"GIF89a\x01\0\x01\0", "type_picture"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "type_picture"),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", "type_picture"),
        (
            b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>",
            "type_picture",
        ),
        (b"BM\x36\x10\0\0", "type_picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "type_picture"),
        (b"<!DOCTYPE html><html><script>alert(1)</script>", "type"),
        (b"MZ\x90\0\x03", "type"),
        (b"\xff", "type"),
    ],
)
def test_every_other_kind_of_file_gets_its_own_sentence(head, code):
    assert problem(head + bytes(300)) == code


def test_an_iphone_photo_is_told_the_way_out():
    assert "Save it as JPG, or take a screenshot" in sentence(
        b"\0\0\0\x18ftypheic" + bytes(300)
    )


def test_a_photo_is_never_a_pdf():
    assert problem(pdf(), uploads.clean_photo) == "type_photo_pdf"


def test_a_photo_that_is_no_picture_is_not_asked_for_as_pdf():
    assert "PDF" not in sentence(b"hello", uploads.clean_photo)


def test_a_locked_pdf_is_named_as_such():
    locked = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))

    assert sentence(locked).startswith("This PDF is locked with a password.")
    assert asked(locked, "pdf") == {"problem": "locked_pdf"}


def test_a_pdf_without_pages_is_named_as_such():
    assert problem(pdf(0)) == "no_pages"


def test_a_pdf_of_nine_pages_is_refused_and_not_cut():
    assert asked(pdf(9), "pdf")["problem"] == "too_many_pages"
    assert sentence(pdf(9)).startswith("This PDF has 9 pages. We can take at most 8.")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n" + bytes(500), pdf()[:300], pdf().replace(b"/Kids", b"/Kidz")],
    ids=["only a head", "cut", "lost pages"],
)
def test_a_broken_pdf_is_unreadable(data):
    assert asked(data, "pdf") == {"problem": "unreadable"}


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
@pytest.mark.parametrize("part", [0.001, 0.01, 0.1, 0.5, 0.9, 0.99])
def test_a_cut_picture_is_unreadable_wherever_it_was_cut(format, part):
    image = Image.effect_noise((800, 600), 60)
    data = encoded(image, format)

    assert asked(data[: max(12, int(len(data) * part))]) == {"problem": "unreadable"}


def test_a_cut_picture_is_told_what_to_do():
    assert sentence(encoded(drawn())[:2000]).startswith("This file is damaged")


@pytest.mark.parametrize(
    "hidden", [b"GIF89a" + bytes(50), b"%!PS-Adobe\n", b"<svg></svg>", b"II*\0"]
)
def test_no_other_reader_hides_behind_the_first_bytes_of_a_picture(hidden):
    assert asked(b"\xff\xd8\xff" + hidden) == {"problem": "unreadable"}
    assert asked(hidden) == {"problem": "unreadable"}


def test_a_bomb_of_900_megapixels_is_refused_at_once_and_outside():
    bomb = png_claiming(30_000, 30_000)
    assert len(bomb) < 120_000
    memory, start = getrusage(RUSAGE_SELF).ru_maxrss, time.monotonic()

    assert problem(bomb) == "too_many_pixels"

    assert time.monotonic() - start < 5
    assert getrusage(RUSAGE_SELF).ru_maxrss - memory < 100 * 1024  # kilobytes


def test_sixty_megapixels_are_the_limit():
    within, beyond = png_claiming(7_500, 8_000), png_claiming(7_500, 8_008)

    assert document(within)[0].height == 2000
    assert asked(beyond)["problem"] == "too_many_pixels"


@pytest.mark.parametrize("size", [(9248, 6936), (12_000, 9_000)], ids=["64 MP", "108"])
def test_a_photo_of_a_phones_best_camera_is_read_scaled_down(size):
    (page,) = document(encoded(drawn(size)))

    assert (page.width, page.height, page.own) == (2000, 1500, size)


def test_a_jpeg_of_several_passes_is_held_whole_and_has_the_lower_limit():
    said = sentence(encoded(drawn((9248, 6936)), progressive=True))

    assert "has 9248 × 6936 pixels, more than we can read" in said


@pytest.mark.parametrize(
    ("size", "code"),
    [((399, 300), "too_small"), ((400, 199), "too_small"), ((200, 400), None)],
)
def test_a_document_too_small_to_read_is_refused(size, code):
    data = encoded(drawn(size))

    assert (problem(data) if code else len(document(data))) == (code or 1)


def test_a_sentence_speaks_of_the_size_of_the_persons_own_file():
    long = sentence(encoded(drawn((8000, 400))))
    held_upright = Image.Exif()
    held_upright[decoder.ORIENTATION] = 6
    turned = sentence(encoded(drawn((8000, 400)), exif=held_upright))
    photo = sentence(encoded(drawn((8000, 1000))), uploads.clean_photo)

    assert "8000 × 400 pixels: so long and narrow" in long
    assert "400 × 8000 pixels: so long and narrow" in turned
    assert "8000 × 1000 pixels: too long and narrow" in photo
    assert "measures only 12 × 12 mm" in sentence(pdf(page_size=(34, 34)))


def test_a_photo_too_small_to_print_is_told_what_it_needs():
    said = sentence(encoded(drawn((299, 400))), uploads.clean_photo)

    assert "only 299 × 400 pixels" in said
    assert "at least 300 × 400" in said


def test_a_photo_of_300_by_400_is_enough():
    assert uploads.clean_photo(upload(encoded(drawn((300, 400))))).width == 300


def test_every_problem_of_the_decoder_has_a_sentence():
    raised = {"too_many_pixels", "too_many_pages", *decoder.PDF_PROBLEMS.values()}

    assert raised | {"unreadable"} <= set(uploads.SENTENCES)


# The process around it ----------------------------------------------------------------


@pytest.fixture
def decoder_that(tmp_path, monkeypatch):
    """Puts a program in the decoder's place: the real one, with something odd to do."""

    def replace(oddity):
        program = tmp_path / "odd.py"
        program.write_text(
            "import importlib.util, os, resource, sys, time\n"
            "sys.dont_write_bytecode = True\n"
            f"path = {str(uploads.DECODER)!r}\n"
            "spec = importlib.util.spec_from_file_location('decoder', path)\n"
            "d = importlib.util.module_from_spec(spec)\n"
            "spec.loader.exec_module(d)\n"
            "def odd(data, side):\n"
            f"    {oddity}\n"
            "    return d.decode_picture(data, side)\n"
            "d.TASKS['picture'] = (odd, d.TASKS['picture'][1])\n"
            "d.LIMITS[resource.RLIMIT_CPU] = 1\n"
            "d.main(*sys.argv[1:])\n"
        )
        monkeypatch.setattr(uploads, "DECODER", program)

    return replace


def test_a_decoder_with_nothing_odd_answers(decoder_that):
    decoder_that("pass")

    assert len(document(encoded(drawn()))) == 1


@pytest.mark.parametrize(
    ("oddity", "end"),
    [
        ("bytearray(800 * 2**20)", 1),
        ("while True: pass", -9),
        ("os.abort()", -6),
        ("os._exit(3)", 3),
    ],
    ids=["memory", "time", "crash", "exit"],
)
def test_a_decoder_that_breaks_off_is_busy(decoder_that, caplog, oddity, end):
    decoder_that(oddity)

    assert problem(encoded(drawn())) == "busy"

    assert caplog.messages == [f"upload decoder: ended with {end}"]


def test_a_lack_of_memory_is_not_called_a_damaged_file(monkeypatch):
    def greedy(data, side):
        raise MemoryError

    monkeypatch.setitem(decoder.TASKS, "picture", (greedy, 82))

    with pytest.raises(MemoryError):
        asked(encoded(drawn()))


def test_a_decoder_that_waits_for_ever_is_stopped(decoder_that, monkeypatch, caplog):
    decoder_that("time.sleep(60)")
    monkeypatch.setattr(uploads, "TIMEOUT_SECONDS", 0.5)

    assert sentence(encoded(drawn())).startswith("We could not read this file in time")

    assert caplog.messages == ["upload decoder: TimeoutExpired"]


def test_a_decoder_that_cannot_start_is_busy(monkeypatch, tmp_path):
    monkeypatch.setattr(uploads.sys, "executable", str(tmp_path / "nothing"))

    assert problem(encoded(drawn())) == "busy"


def test_a_decoder_cannot_write_files(decoder_that, tmp_path):
    decoder_that(f"open({str(tmp_path / 'loot')!r}, 'wb', 0).write(b'x')")

    assert problem(encoded(drawn())) == "unreadable"
    assert (tmp_path / "loot").read_text() == ""


def test_a_decoder_is_told_no_secrets(decoder_that, monkeypatch):
    monkeypatch.setenv("DATA_KEYS", "a secret")
    decoder_that("assert set(os.environ) <= {'LC_CTYPE'}")

    assert len(document(encoded(drawn()))) == 1


# Mutations ----------------------------------------------------------------------------

PICTURES = (
    encoded(drawn((480, 420))),
    encoded(drawn((480, 420)), progressive=True),
    encoded(drawn((480, 420), "RGBA"), "PNG"),
    encoded(drawn((480, 420), "P"), "PNG"),
    pdf(2),
)


@st.composite
def mutated_files(draw):
    """A sound file with bytes changed, taken out, repeated, or put in."""
    data = bytearray(draw(st.sampled_from(PICTURES)))
    for _change in range(draw(st.integers(1, 6))):
        if not data:
            break
        place = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(1, 40))
        match draw(st.sampled_from(["set", "cut", "repeat", "end"])):
            case "set":
                data[place : place + length] = draw(st.binary(max_size=length))
            case "cut":
                del data[place : place + length]
            case "repeat":
                data[place:place] = data[place : place + length]
            case "end":
                del data[place:]
    return bytes(data)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(mutated_files())
def test_a_mutated_file_is_clean_pictures_or_a_sentence(data):
    try:
        pages = document(data)
    except UploadProblem as refused:
        pages, code = [], refused.code
    else:
        code = None

    assert all(is_clean(page) for page in pages)
    # "busy" would be a crash of the decoder.
    assert bool(pages) or code in {*uploads.SENTENCES} - {"busy"}


# The frame of the card photo ----------------------------------------------------------


def test_the_default_frame_is_the_largest_and_rather_at_the_top():
    assert uploads.default_crop(1200, 1600) == Crop(0, 0, 1200, 1600)
    assert uploads.default_crop(1600, 1200) == Crop(350, 0, 900, 1200)
    assert uploads.default_crop(900, 1600) == Crop(0, 80, 900, 1200)


@pytest.mark.parametrize(
    ("sliders", "frame"),
    [
        ((100, 50, 50), Crop(0, 0, 1200, 1600)),
        ((200, 50, 50), Crop(300, 400, 600, 800)),
        ((200, 0, 0), Crop(0, 0, 600, 800)),
        ((200, 100, 100), Crop(600, 800, 600, 800)),
        ((300, 100, 0), Crop(801, 0, 399, 532)),
        ((999, -5, 400), Crop(0, 1068, 399, 532)),
        ((0, 50, 50), Crop(0, 0, 1200, 1600)),
    ],
)
def test_sliders_describe_a_frame(sliders, frame):
    assert uploads.crop_from_sliders(1200, 1600, *sliders) == frame


def test_zooming_into_a_small_photo_stops_at_240_by_320():
    frame = uploads.crop_from_sliders(300, 400, 300, 50, 50)

    assert frame == Crop(30, 40, 240, 320)


@given(
    st.integers(300, 1600),
    st.integers(400, 1600),
    st.integers(0, 400),
    st.integers(-10, 110),
    st.integers(-10, 110),
)
def test_a_frame_is_inside_and_three_by_four_and_the_decoder_agrees(
    width, height, zoom, x, y
):
    frame = uploads.crop_from_sliders(width, height, zoom, x, y)

    right, bottom = frame.x + frame.width, frame.y + frame.height
    assert frame.width * 4 == frame.height * 3
    assert min(frame.x, frame.y) >= 0
    assert (right <= width, bottom <= height) == (True, True)
    assert decoder.fitted(
        frame.x, frame.y, frame.width, frame.height, width, height
    ) == (frame.x, frame.y, right, bottom)


@pytest.mark.parametrize(
    ("box", "fitted"),
    [
        ((-50, -50, 300, 400), (0, 0, 300, 400)),
        ((900, 900, 300, 400), (300, 400, 600, 800)),
        ((0, 0, 9000, 9000), (0, 0, 600, 800)),
        ((100, 100, 10, 10), (100, 100, 340, 420)),
        ((100, 100, 300, 9000), (100, 100, 400, 500)),
        ((100, 100, -5, -5), (100, 100, 340, 420)),
    ],
)
def test_a_box_that_is_not_right_becomes_the_nearest_that_is(box, fitted):
    assert decoder.fitted(*box, 600, 800) == fitted


def test_a_card_photo_is_cut_and_printed_at_600_by_800():
    photo = encoded(drawn((1600, 1200)))
    assert asked(photo, "crop", 0, 0, 900, 1200, 60, 80)["pages"][0][:2] == [60, 80]

    card = uploads.crop_photo(photo, Crop(0, 0, 900, 1200))

    image = Image.open(io.BytesIO(card))
    assert (image.size, image.mode) == ((600, 800), "RGB")
    assert is_about(image.getpixel((500, 400)), RED)
    assert is_about(image.getpixel((560, 400)), BLUE)


def test_a_photo_that_no_longer_opens_cannot_be_cut():
    with pytest.raises(UploadProblem) as caught:
        uploads.crop_photo(b"broken", Crop(0, 0, 300, 400))

    assert caught.value.code == "unreadable"
