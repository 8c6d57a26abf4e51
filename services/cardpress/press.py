"""The printing machine: WeasyPrint with our style sheet and typeface, set up once."""

import atexit
import threading
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from PIL import ImageFile

from services.cardpress.ink import PLAIN, WIDE

FACES = {"Roboto": 400, "RobotoBold": 700}
FURNITURE = ("dots.svg", "marks.svg")
# WeasyPrint, Pango and the font map behind them are shared by all threads of a process:
# whoever draws with them holds this.
ONE_AT_A_TIME = threading.Lock()
SPECIMEN = "<html lang=id><title>–</title><p class=line>{0}<p class=line><b>{0}</b>"


def pdf(html: str, pictures: dict[str, bytes]) -> bytes:
    """`html` as a tagged PDF/A-3a; its pictures are named by the keys of `pictures`.

    Raises ValueError when it asks for anything else but our own files.
    """
    document, css, fonts, fetcher, refusal = _machine()
    try:
        pages = document(string=html, url_fetcher=fetcher(pictures)).render(
            stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-3a"
        )
    except refusal as error:
        raise ValueError("The card asks for a file from outside.") from error
    return pages.write_pdf(pdf_variant="pdf/a-3a")


@cache
def specimen(wide: bool) -> bytes:
    """A PDF with both weights of the typeface: all letters, or those of most cards."""
    letters = "".join(sorted(WIDE if wide else PLAIN))
    return pdf(SPECIMEN.format(escape(letters)), {})


@cache
def _machine():
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

    static = settings.BASE_DIR / "static" / "cardpress"
    faces = {name: Path(settings.CARD_FONTS[name]).as_uri() for name in FACES}
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
        for name, weight in FACES.items()
    )
    sheet = static / "card.css"
    css = CSS(
        string=rules + sheet.read_text(),
        base_url=sheet.as_uri(),
        font_config=fonts,
        url_fetcher=Fetcher({}),
    )
    # The fonts lie in a temporary folder, which goes while Python still stands.
    atexit.register(_machine.cache_clear)
    return HTML, css, fonts, Fetcher, FatalURLFetchingError
