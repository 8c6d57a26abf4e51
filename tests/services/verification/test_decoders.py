"""Two decoders that know nothing of each other read the QR of a printed card.

From a raster of 300 dpi, as a flat-bed scanner or a near phone sees it; blurred, and
lying on the table in any direction.
"""

from functools import cache
from io import BytesIO

import cv2
import numpy
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from services.cardpress import pdf
from services.cardpress.pdf import Sheet
from services.cardpress.samples import typical
from services.issuance import contents
from services.signing import record
from tests import factories
from tests.services.signing.test_record import TYPICAL

# Up to twenty letters of host every code has error level M at version 8. Behind a
# longer one only the longest names go down to level L.
LONG_HOST = "https://ak1.cilacapkab.go.id"

DPI = 300
BLUR = 1.5  # pixels


def by_zxing(picture: Image.Image) -> str:
    found = zxingcpp.read_barcodes(numpy.asarray(picture))
    return found[0].text if found else ""


def by_opencv(picture: Image.Image) -> str:
    # Its older finder overlooks a code that lies aslant in a whole page.
    finder = cv2.QRCodeDetectorAruco()
    text, _corners, _dots = finder.detectAndDecode(numpy.asarray(picture))
    return text


DECODERS = {"zxing": by_zxing, "opencv": by_opencv}
SEEN = {
    "straight": lambda card: card,
    "blurred": lambda card: card.filter(ImageFilter.GaussianBlur(BLUR)),
    **{
        f"{'blurred ' if blur else ''}{angle} degrees": (
            lambda card, angle=angle, blur=blur: card.rotate(
                angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white"
            ).filter(ImageFilter.GaussianBlur(BLUR if blur else 0))
        )
        for angle in (7, 90, 200)
        for blur in (False, True)
    },
}


def raster(pdf: bytes) -> Image.Image:
    page = pypdfium2.PdfDocument(BytesIO(pdf))[0]
    return page.render(scale=DPI / 72).to_pil().convert("RGB")


@cache
def printed(layout: str) -> tuple[str, Image.Image]:
    """The link and the picture of the card whose code is the longest there is."""
    number, name = "DTK-AK1/" + "01234567" * 4, "W" * 40
    code = record.write(
        record.Record(**{**vars(TYPICAL), "number": number, "name": name})
    )
    link = contents.check_url(code)
    changes = {"layout": layout, "paper": "A4", "check_url": link}
    photo = factories.picture(600, 800)
    return link, raster(pdf.render([Sheet(typical(**changes), photo, None)]))


@pytest.fixture(autouse=True)
def long_host(settings):
    settings.PUBLIC_URL = LONG_HOST


@pytest.mark.parametrize("layout", ["A", "B"])
@pytest.mark.parametrize("seen", SEEN)
def test_the_longest_code_is_read_however_the_card_is_seen(layout, seen):
    link, picture = printed(layout)
    picture = SEEN[seen](picture)

    read = {name: decode(picture) for name, decode in DECODERS.items()}

    assert read == dict.fromkeys(DECODERS, link)


@pytest.mark.django_db
def test_the_code_of_a_finished_card_leads_to_its_check(client):
    card = factories.card(finished=True)

    picture = raster(card.read_page())

    (link,) = {read(picture) for read in DECODERS.values()}
    assert link == contents.check_url(card.code)
    path = link.removeprefix(LONG_HOST)
    assert client.get(path).context["card"] == card
