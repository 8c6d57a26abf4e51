"""The AK-1 as a PDF, for one card or a batch, and the same page for the screen.

Everything a card shows is handed in: nothing is looked up or fetched while it is set.
"""

import atexit
import hashlib
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import qrcode
from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image, ImageFile

from ak1portal.refusals import Refused
from services.issuance import card_folded, card_form
from services.issuance.card_fit import DoesNotFitError
from services.issuance.card_sides import Side

DOCUMENT = "issuance/card/sheet.html"
LAYOUTS = {"A": card_folded.sides, "B": card_form.sides}
TITLE = "Kartu AK I"
FACES = (("Roboto", 400), ("RobotoBold", 700))
FURNITURE = ("img/card-cells.png", "img/card-dots.png", "img/card-marks.svg")
PIXELS_PER_MODULE = 4
MASK = 4

# WeasyPrint, Pango and the font map behind them are shared by all threads.
_press = threading.Lock()


class UnprintableError(Refused):
    """A card cannot be printed as it is; the message says which part and why."""


@dataclass(frozen=True)
class Sheet:
    """One card, ready to print: its frozen contents and its pictures."""

    printed: dict
    photo: bytes | None
    logo: bytes | None
    copy: int = 1


def render(sheets: Sequence[Sheet]) -> bytes:
    """One PDF of all `sheets` in their order, tagged as PDF/UA-1.

    The same sheets give the same bytes. Raises UnprintableError when a picture is
    broken or a text does not fit, before anything is printed.
    """
    with _press:
        return _render(sheets)


def page(sheet: Sheet, *, photo_url: str, logo_url: str) -> str:
    """The same card for the screen; pictures by address, "" leaves a frame."""
    return _document(
        sheet,
        _sides(sheet),
        screen=True,
        photo_url=photo_url,
        logo_url=logo_url,
        qr_url="",
    )


@lru_cache(maxsize=64)
def qr_png(url: str) -> bytes:
    """A QR of `url`, four pixels a module, without its quiet zone. PNG.

    Error level M. Digits, capitals and other letters go into segments of their own,
    which keeps the modules large.
    """
    # Every reader knows all eight masks. Drawing all of them to take the prettiest
    # costs a tenth of a card.
    code = qrcode.QRCode(
        error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=MASK
    )
    code.add_data(url, optimize=8)
    code.make()
    size = code.modules_count
    dots = bytes(0 if dark else 255 for row in code.modules for dark in row)
    image = Image.frombytes("L", (size, size), dots)
    image = image.resize(
        (size * PIXELS_PER_MODULE,) * 2, resample=Image.Resampling.NEAREST
    )
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _render(sheets):
    _machine()
    pictures, decoded = {}, {}
    documents = [
        document
        for sheet in sheets
        for document in _documents(sheet, pictures, decoded)
    ]
    if not documents:
        raise UnprintableError("There is no card to print.")
    repeated = {}
    whole = documents[0].copy(
        [
            repeated.setdefault(page, _Repeated(page))
            for each in documents
            for page in each.pages
        ]
    )
    whole.metadata.title = _title(sheets)
    return whole.write_pdf(pdf_variant="pdf/ua-1")


def _documents(sheet, pictures, decoded):
    """Each side of a card as a laid-out document."""
    addresses = {
        "photo_url": _address(pictures, sheet.photo, "photo"),
        "logo_url": _address(pictures, sheet.logo, "logo"),
        "qr_url": "",
    }
    if url := sheet.printed["check_url"]:
        addresses["qr_url"] = _address(pictures, qr_png(url), "QR")
    for side in _sides(sheet):
        html = _document(sheet, [side], screen=False, **addresses)
        if side.is_personal:
            yield _laid_out(html, pictures, decoded)
        else:
            yield _laid_out_once(html)


def _sides(sheet: Sheet) -> list[Side]:
    try:
        return LAYOUTS[sheet.printed["layout"]](sheet.printed, sheet.copy)
    except DoesNotFitError as error:
        raise UnprintableError(f"Too long for the card: {error}…") from error


def _document(sheet, its_sides, **context) -> str:
    printed = sheet.printed
    return render_to_string(
        DOCUMENT,
        {
            "title": TITLE,
            "layout": printed["layout"],
            "paper": printed["paper"],
            "yellow": printed["yellow"],
            "sides": its_sides,
            **context,
        },
    )


def _title(sheets) -> str:
    if len(sheets) == 1:
        return f"{TITLE} {sheets[0].printed['number']}".strip()
    return f"{TITLE} ({len(sheets)} kartu)"


def _address(pictures: dict, picture: bytes | None, part: str) -> str:
    """The address under which the printer finds `picture`; equal ones share it."""
    if not picture:
        return ""
    address = f"picture:{hashlib.sha256(picture).hexdigest()}"
    if address not in pictures:
        _check(picture, part)
        pictures[address] = picture
    return address


def _check(picture: bytes, part: str):
    """Decode the whole picture: WeasyPrint would leave a broken one out in silence."""
    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as image:
            # A JPEG is read to its end all the same, at an eighth of the size.
            image.draft("L", (75, 100))
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnprintableError(f"The {part} cannot be read.") from error


# The printing machine ------------------------------------------------------------


class _Repeated:
    """A page that is on many cards: painted for the first, copied for the others.

    WeasyPrint numbers the words of each page from 0, so that the same ink serves
    every copy; the tags are built for each page all the same.
    """

    def __init__(self, page):
        vars(self).update(vars(page))
        self.original, self.ink, self.words = page, None, {}

    def paint(self, stream, scale=1):
        if self.ink is None:
            before = len(stream.stream)
            self.original.paint(stream, scale)
            self.ink, self.words = stream.stream[before:], dict(stream._tags)
        else:
            stream.stream.extend(self.ink)
            stream._tags.update(self.words)


@lru_cache(maxsize=32)
def _laid_out_once(html: str):
    """A side without a word about a person, which serves every card it is on."""
    return _laid_out(html, {}, {})


def _laid_out(html: str, pictures: dict, decoded: dict):
    document, css, fonts, fetcher, refusal = _machine()
    try:
        return document(string=html, url_fetcher=fetcher(pictures)).render(
            stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1", cache=decoded
        )
    except refusal as error:
        raise UnprintableError("The card asks for a file from outside.") from error


@cache
def _machine():
    """WeasyPrint with our style sheet and typeface, set up once for the process."""
    # Imported here: it takes half a second, and most requests print no card.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import (
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    # WeasyPrint lets Pillow accept truncated pictures in the whole process, and
    # uploads would pass for whole. We check every picture; nobody needs that.
    ImageFile.LOAD_TRUNCATED_IMAGES = False

    static = settings.BASE_DIR / "static"
    faces = {name: Path(settings.CARD_FONTS[name]).as_uri() for name, _ in FACES}
    files = [*faces.values(), *((static / name).as_uri() for name in FURNITURE)]

    class Fetcher(URLFetcher):
        """Gives the pictures of the cards and the files named here, nothing else."""

        def __init__(self, pictures):
            super().__init__(fail_on_errors=True)
            self.pictures = pictures

        def fetch(self, url, headers=None):
            if url in self.pictures:
                return URLFetcherResponse(url, self.pictures[url])
            if url in files:
                return super().fetch(url, headers)
            raise ValueError(f"Not part of a card: {url[:80]}")

    fonts = FontConfiguration()
    rules = "".join(
        f"@font-face{{font-family:Roboto;font-weight:{weight};src:url({faces[name]})}}"
        for name, weight in FACES
    )
    sheet = static / "css" / "card.css"
    css = CSS(
        string=rules + sheet.read_text(),
        base_url=sheet.as_uri(),
        font_config=fonts,
        url_fetcher=Fetcher({}),
    )
    # The fonts lie in a temporary folder, which goes while Python still stands.
    atexit.register(_laid_out_once.cache_clear)
    atexit.register(_machine.cache_clear)
    return HTML, css, fonts, Fetcher, FatalURLFetchingError
