"""From the frozen card to its pages. The same card gives the same bytes."""

from contextlib import contextmanager

from ak1portal.refusals import Refused
from services.cardpress import pdf
from services.issuance.models import Card


def draw(card: Card, *, copy: int = 1) -> bytes:
    """The pages of one card as a PDF.

    Raises Refused, in words, for what cannot be printed, and Unreadable.
    """
    with _in_words():
        return pdf.card(sheet_of(card, copy=copy))


def on_screen(printed: dict, *, photo_url: str, logo_url: str = "") -> str:
    """The same page in HTML; pictures by address. Raises Refused as `draw` does."""
    sheet = pdf.Sheet(printed=printed, photo=None, logo=None)
    with _in_words():
        return pdf.page(sheet, photo_url=photo_url, logo_url=logo_url)


def sheet_of(card: Card, *, copy: int = 1) -> pdf.Sheet:
    """The frozen card, ready to draw."""
    return pdf.Sheet(
        printed=card.printed,
        photo=card.read_photo(),
        logo=card.read_logo(),
        copy=copy,
    )


@contextmanager
def _in_words():
    try:
        yield
    except pdf.UnprintableError as error:
        raise Refused(str(error)) from error
