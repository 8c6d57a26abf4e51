"""From the frozen card to its pages. The same card gives the same bytes."""

from services.issuance import card_pdf
from services.issuance.models import Card


def draw(card: Card, *, copy: int = 1) -> bytes:
    """The pages of one card as a PDF. Raises UnprintableError or Unreadable."""
    return card_pdf.card(sheet_of(card, copy=copy))


def sheet_of(card: Card, *, copy: int = 1) -> card_pdf.Sheet:
    """The frozen card, ready to draw."""
    return card_pdf.Sheet(
        printed=card.printed,
        photo=card.read_photo(),
        logo=card.read_logo(),
        copy=copy,
    )
