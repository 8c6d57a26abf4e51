"""From what stands on a card to the card and the office, if they are ours."""

import logging

from django.db.models import Q

from services.issuance.models import Card
from services.office.models import Office
from services.signing import record
from services.verification.codes import code_in

log = logging.getLogger(__name__)


def card_of(code: str) -> Card | None:
    """The card that has this code, or this token of the first cards.

    A record that our key signed and no card has cannot be: it is written to the log,
    because then somebody else signs with our key, or cards were lost.
    """
    asked = Q(code=code.upper()) if len(code) > 26 else Q(token=code.lower())
    card = Card.objects.select_related("office").filter(asked).first()
    if card is None and _record_in(code):
        log.error("a code that our key signed belongs to no card")
    return card


def origin_of(typed: str) -> tuple[Office | None, Card | None]:
    """Office and card of a code, a link, a token or a registration number as seen."""
    code = code_in(typed)
    if code:
        card = card_of(code)
    else:
        cards = Card.objects.select_related("office").filter(number=typed.strip())
        card = cards.order_by("-revision").first()
    return (card.office, card) if card else (_office_in(code), None)


def _office_in(code: str) -> Office | None:
    said = _record_in(code)
    if said is None:
        return None
    return Office.objects.filter(region_code=said.region).first()


def _record_in(code: str) -> record.Record | None:
    try:
        return record.read(code)
    except record.NotARecordError:
        return None
