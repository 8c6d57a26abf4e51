"""The calibration sheet: crosshairs and rulers that show by how much a printer misses.

It goes through the same `pdf.assemble` as the cards, with the offsets that the
printer has now. So the first sheet shows what the printer does by itself, and the one
that is printed after typing in what was measured is the proof.
"""

import atexit
import io
from functools import cache
from itertools import product
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from services.cardpress import pdf
from services.cardpress.press import ONE_AT_A_TIME
from services.office.models import Layout, Paper
from services.printing.models import Flip, Printer

# From each edge to the middle of the nearest crosshairs, in mm.
INSET = 15
# Half an arm of a crosshair; the rulers leave them free.
ARM = 5
# From each edge to the line of its ruler: most printers leave 4.2 mm white.
RULER = 5.5
# A line this long shows whether the printer keeps to 100 %.
SCALE_LINE = 100


def sheet(printer: Printer) -> bytes:
    """Front and back for the paper of `printer`, as a PDF, with its offsets."""
    size = size_of(printer)
    html = render_to_string(
        "cards/calibration_sheet.html",
        {
            "printer": printer,
            "width": size[0],
            "height": size[1],
            "crosses": "".join(_cross(*at) for at in crosses(size)),
            "rulers": _rulers(size),
            "figures": _figures(size),
            "inset": INSET,
            "scale_line": SCALE_LINE,
            "sides": ((True, *printer.shifts[0]), (False, *printer.shifts[1])),
        },
    )
    out = io.BytesIO()
    pdf.assemble(
        [_drawn(html)],
        out,
        title=printer.name,
        shifts=printer.shifts,
        turn_back=printer.flip == Flip.LONG,
    )
    return out.getvalue()


def size_of(printer: Printer) -> tuple[int, int]:
    """Width and height in mm, as the cards of the office lie on this paper."""
    if printer.paper == Paper.CARD:
        return 330, 120
    return (297, 210) if printer.office.layout == Layout.A else (210, 297)


def crosses(size: tuple[int, int]) -> list[tuple[float, float]]:
    """The middles of the crosshairs: four corners and the centre; mm from top left."""
    width, height = size
    corners = product((INSET, width - INSET), (INSET, height - INSET))
    return [*corners, (width / 2, height / 2)]


def _cross(x, y) -> str:
    return f"M{x - ARM} {y}h{2 * ARM}M{x} {y - ARM}v{2 * ARM}"


def _rulers(size) -> str:
    """A tick for every millimetre along the edges; tick n is n mm from the corner."""
    width, height = size
    across = [
        f"M{x} {y}v{inwards * _tick(x)}"
        for y, inwards in ((RULER, 1), (height - RULER, -1))
        for x in range(10, width - 9)
    ]
    down = [
        f"M{x} {y}h{inwards * _tick(y)}"
        for x, inwards in ((RULER, 1), (width - RULER, -1))
        for y in range(10, height - 9)
    ]
    return "".join(across + down)


def _tick(number: int) -> float:
    return 3 if number % 10 == 0 else 2 if number % 5 == 0 else 1


def _figures(size) -> list[tuple[float, float, int]]:
    """Every second centimetre at the left and upper rulers: x, y, what is written."""
    width, height = size
    across = [(x, RULER + 5.5, x) for x in range(40, width - 30, 20)]
    down = [(RULER + 5.5, y + 0.8, y) for y in range(40, height - 30, 20)]
    return across + down


def _drawn(html: str) -> bytes:
    with ONE_AT_A_TIME:
        document, css, fonts, fetcher = _machine()
        return document(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=[css], font_config=fonts
        )


@cache
def _machine():
    """WeasyPrint with the typeface of the card; it fetches nothing else."""
    # Imported here: it takes half a second, and hardly any request needs it.
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    face = Path(settings.CARD_FONTS["Roboto"]).as_uri()

    class Fetcher(URLFetcher):
        def __init__(self):
            super().__init__(fail_on_errors=True)

        def fetch(self, url, headers=None):
            if url != face:
                raise ValueError(f"Not part of the sheet: {url[:80]}")
            return super().fetch(url, headers)

    fonts, fetcher = FontConfiguration(), Fetcher()
    style = settings.BASE_DIR / "static" / "css" / "calibration.css"
    css = CSS(
        string=f"@font-face{{font-family:Roboto;src:url({face})}}{style.read_text()}",
        font_config=fonts,
        url_fetcher=fetcher,
    )
    # The font lies in a temporary folder, which goes while Python still stands.
    atexit.register(_machine.cache_clear)
    return HTML, css, fonts, fetcher
