"""A file from outside becomes a safe file, or an error that says what to do.

What is kept is always drawn anew: upright pixels in a JPEG of our own making. Scripts,
viruses, hidden text, places and dates a phone writes into its pictures stay behind with
the file that came, and that file is not kept. Nothing is written to disk, and neither a
file's name nor anything in it reaches a log or a sentence.

The file itself is opened in a process of its own with hard limits (`decoder.py`); here
are only its size, its first bytes and the words.

PDF documents are kept as pictures, up to 8 pages, all or none: half a transcript looks
like a whole one. The file itself is not kept. A PDF whose end did not come is refused
even where a reader could repair it; junk around a whole one does no harm.

A file may weigh 25 MB, as photos of 108 megapixels do. A JPEG in one pass is read
scaled down, up to 210 megapixels; what must be held whole (PNG, progressive JPEG) up to
60. nginx and Django take 27 MB, and one file a page as before.
"""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

# A photo of 108 megapixels as it leaves the phone.
MAX_BYTES = 25 * 1024 * 1024

DOCUMENT_SIDE = 2000
PHOTO_SIDE = 1600
CARD_PHOTO = (600, 800)
LOGO_SIDE = 400
# Longer and shorter side of the smallest picture in which letters can be read.
MIN_DOCUMENT = (400, 200)
# What the card prints; half of that is still a face.
CARD_PHOTO = (600, 800)
MIN_PHOTO = (300, 400)

DECODER = Path(__file__).with_name("decoder.py")
TIMEOUT_SECONDS = 12

# Where the 3:4 frame starts in a taller picture: a face is above the middle.
DEFAULT_Y = 20
# The frame holds at least 240 by 320 pixels (`decoder.py` keeps to it as well).
MIN_CROP_UNIT = 80
MAX_ZOOM = 300

# How files begin. Only for the right sentence: to be accepted takes more than this.
PICTURE = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")
OTHER_PICTURE = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"%!PS")

log = logging.getLogger(__name__)

SENTENCES = {
    "missing": _("Choose a file first."),
    "empty": _("This file is empty. Choose it again, or take a new photo."),
    "too_large": _(
        "This file is too large: %(found)s. We can take up to %(limit)s. Take a photo"
        " with a lower resolution, or make a smaller scan."
    ),
    "type": _(
        "This is not a file we can read. Send a photo or scan as JPG or PNG, or a"
        " document as PDF."
    ),
    "type_picture": _(
        "We cannot take this kind of picture. Open it, take a screenshot and send"
        " that, or save it as JPG or PNG."
    ),
    "type_heic": _(
        "This photo is in the HEIC format, which not every computer can open. Save it"
        " as JPG, or take a screenshot of it and send that."
    ),
    "type_office": _(
        "This is a Word file or a folder of files. Save it as PDF, or print it and"
        " take a photo."
    ),
    "type_photo": _("This is not a file we can read. Send your photo as JPG or PNG."),
    "type_photo_pdf": _(
        "This is a PDF. Send your photo as a picture, JPG or PNG: take it with your"
        " phone, or take a screenshot of the PDF."
    ),
    "unreadable": _(
        "This file is damaged, or it did not arrive completely. Choose it again, or"
        " take a new photo."
    ),
    "too_many_pixels": _(
        "This picture has %(width)s × %(height)s pixels, more than we can read. Take a"
        " photo with a lower resolution, or take a screenshot of it and send that."
    ),
    "too_small": _(
        "This picture has only %(width)s × %(height)s pixels, too few to read the"
        " letters on it. Take a new photo from closer."
    ),
    "too_narrow": _(
        "This picture is %(width)s × %(height)s pixels: so long and narrow that the"
        " letters on it would be too small. Send it as a PDF of several pages, or take"
        " a photo of the paper."
    ),
    "too_narrow_photo": _(
        "This photo is %(width)s × %(height)s pixels: too long and narrow for a"
        " photo on the card. Choose one of your head and shoulders."
    ),
    "too_small_pdf": _(
        "A page of this PDF measures only %(width)s × %(height)s mm, too small to read"
        " the letters on it. Scan the paper again in its own size."
    ),
    "too_small_photo": _(
        "This photo has only %(width)s × %(height)s pixels, too few to print it. It"
        " needs at least %(min_width)s × %(min_height)s. Choose the original photo,"
        " not a small copy of it."
    ),
    "locked_pdf": _(
        "This PDF is locked with a password. Save it without the password, or take"
        " a photo of the document."
    ),
    "no_pages": _("This PDF has no pages. Choose another file, or take a photo."),
    "too_many_pages": _(
        "This PDF has %(found)s pages. We can take at most %(limit)s. Send only the"
        " pages we ask for, or take a photo of them."
    ),
    "busy": _(
        "We could not read this file in time. Try again in a minute, or send a"
        " smaller photo."
    ),
}

# Large enough as they came, and too small once their longer side fits.
NARROW = {"too_small": "too_narrow", "too_small_photo": "too_narrow_photo"}


class UploadProblem(ValidationError):
    """Why a file was not taken. A form's clean method may simply let it through.

    `code` is a key of SENTENCES; `str()` is the sentence, in the reader's language.
    """

    def __init__(self, code, **numbers):
        super().__init__(SENTENCES[code], code=code, params=numbers)

    def __str__(self):
        return self.messages[0]


@dataclass(frozen=True)
class Page:
    """One clean picture: RGB, upright, nothing but pixels.

    `own` is how large it came, for sentences: pixels, or millimetres of a PDF's page.
    """

    jpeg: bytes
    width: int
    height: int
    own: tuple[int, ...] = ()


@dataclass(frozen=True)
class Crop:
    """A frame in the pixels of the picture it is cut from."""

    x: int
    y: int
    width: int
    height: int


def clean_document(file) -> list[Page]:
    """The pages of a JPEG, a PNG (one page) or a PDF (up to eight), in order.

    No side is longer than 2000 pixels, which is A4 at about 170 dots per inch. A PDF
    with more pages is refused, not cut: half a transcript looks like a whole one.
    Raises UploadProblem.
    """
    data = _read(file)
    kind = _kind(data)
    if kind not in ("picture", "pdf"):
        _refuse(kind)
    pages = _decode(data, kind, DOCUMENT_SIDE)
    longer, shorter = MIN_DOCUMENT
    for page in pages:
        if (
            max(page.width, page.height) < longer
            or min(page.width, page.height) < shorter
        ):
            _refuse_size(page, "too_small_pdf" if kind == "pdf" else "too_small")
    return pages


def clean_photo(file) -> Page:
    """The picture in a JPEG or PNG, no side longer than 1600 pixels.

    A 3:4 frame of 300 by 400 pixels or more fits in. Raises UploadProblem.
    """
    data = _read(file)
    kind = _kind(data)
    if kind != "picture":
        _refuse({"pdf": "type_photo_pdf", "type": "type_photo"}.get(kind, kind))
    (page,) = _decode(data, "picture", PHOTO_SIDE)
    min_width, min_height = MIN_PHOTO
    if page.width < min_width or page.height < min_height:
        numbers = {"min_width": min_width, "min_height": min_height}
        _refuse_size(page, "too_small_photo", **numbers)
    return page


def crop_photo(jpeg: bytes, box: Crop) -> bytes:
    """The part of a clean photo that goes on the card: a JPEG of 600 by 800 pixels.

    A box that is not 3:4, too small or partly outside is moved and cut to the nearest
    one that is right. Raises UploadProblem, when the picture cannot be opened.
    """
    frame = box.x, box.y, box.width, box.height
    (page,) = _decode(jpeg, "crop", *frame, *CARD_PHOTO)
    return page.jpeg


def clean_logo(file) -> bytes:
    """A coat of arms as a PNG, no side longer than 400 pixels, see-through if it was.

    JPEG and PNG only. Raises UploadProblem.
    """
    data = _read(file)
    kind = _kind(data)
    if kind != "picture":
        _refuse("type_photo" if kind in ("pdf", "type") else kind)
    (page,) = _decode(data, "logo", LOGO_SIDE)
    return page.jpeg


def default_crop(width: int, height: int) -> Crop:
    """The largest 3:4 frame, in the middle and rather at the top."""
    return crop_from_sliders(width, height, zoom=100, x=50, y=DEFAULT_Y)


def crop_from_sliders(width: int, height: int, zoom: int, x: int, y: int) -> Crop:
    """The frame that three sliders describe, in a picture of `width` by `height`.

    `zoom` is 100 to 300 per cent; `x` and `y` say where in the room that is left, 0 to
    100 per cent. Values outside are brought in. `static/js/crop.js` counts the same.
    """
    zoom, x, y = _within(100, zoom, MAX_ZOOM), _within(0, x, 100), _within(0, y, 100)
    # In whole units, the frame is exactly 3:4.
    largest = min(width // 3, height // 4)
    unit = max(largest * 100 // zoom, min(MIN_CROP_UNIT, largest))
    return Crop(
        x=(width - 3 * unit) * x // 100,
        y=(height - 4 * unit) * y // 100,
        width=3 * unit,
        height=4 * unit,
    )


def sliders_of(crop: Crop, width: int, height: int) -> dict[str, int]:
    """Where the three sliders stand for a frame in a picture of `width` by `height`."""
    room_x, room_y = width - crop.width, height - crop.height
    largest = min(width // 3, height // 4)
    return {
        "zoom": round(100 * 3 * largest / crop.width),
        "x": round(100 * crop.x / room_x) if room_x else 50,
        "y": round(100 * crop.y / room_y) if room_y else DEFAULT_Y,
    }


def _within(least: int, number: int, most: int) -> int:
    return max(least, min(number, most))


def _refuse(code: str, **numbers) -> NoReturn:
    raise UploadProblem(code, **numbers)


def _refuse_size(page: Page, code: str, **numbers) -> NoReturn:
    """Says how large the person's own file is, never what was made of it here."""
    width, height = page.own
    if code in NARROW and page.own != (page.width, page.height):
        code = NARROW[code]
    _refuse(code, width=width, height=height, **numbers)


def _read(file) -> bytes:
    """The bytes of the file; never more than we take, whatever it says of its size."""
    if file is None:
        _refuse("missing")
    data = b"" if file.size > MAX_BYTES else _start_of(file)
    if max(file.size, len(data)) > MAX_BYTES:
        found, limit = filesizeformat(file.size), filesizeformat(MAX_BYTES)
        _refuse("too_large", found=found, limit=limit)
    if not data:
        _refuse("empty")
    return data


def _start_of(file) -> bytes:
    file.seek(0)
    return file.read(MAX_BYTES + 1)


def _kind(data: bytes) -> str:
    """ "picture", "pdf", or the code of the sentence for what this seems to be.

    Names and types that a browser sends are not asked: phones get them wrong. Whether
    it really is one, only the decoder knows.
    """
    head = data[:1024]
    if head.startswith(PICTURE):
        return "picture"
    if b"%PDF-" in head:
        return "pdf"
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        return "type_heic"
    if head.startswith(OFFICE):
        return "type_office"
    if (
        head.startswith(OTHER_PICTURE)
        or head[8:12] in (b"WEBP", b"avif")
        or b"<svg" in head
    ):
        return "type_picture"
    return "type"


def _decode(data: bytes, task: str, *numbers: int) -> list[Page]:
    command = [sys.executable, "-I", str(DECODER), task, *map(str, numbers)]
    try:
        # The command is ours; the file comes in on stdin only.
        done = subprocess.run(  # noqa: S603
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=TIMEOUT_SECONDS,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        log.warning("upload decoder: %s", type(error).__name__)
        raise UploadProblem("busy") from None
    if done.returncode:
        log.warning("upload decoder: ended with %s", done.returncode)
        _refuse("busy")
    header, _newline, jpegs = done.stdout.partition(b"\n")
    answer = json.loads(header)
    if "problem" in answer:
        _refuse(answer.pop("problem"), **answer)
    return _pages(answer["pages"], jpegs)


def _pages(sizes: list, jpegs: bytes) -> list[Page]:
    pages, start = [], 0
    for width, height, length, *own in sizes:
        jpeg = jpegs[start : start + length]
        pages.append(Page(jpeg, width, height, tuple(own)))
        start += length
    return pages
