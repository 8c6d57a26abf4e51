"""Whether the public may trust a card, in the words the public is told."""

from datetime import date
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.issuance.models import Card, Inactive


class Validity(Enum):
    """What the public is told, most serious first."""

    VOID = "void"
    REPLACED = "replaced"
    UNAUTHORISED = "unauthorised"
    INACTIVE = "inactive"
    EXPIRED = "expired"
    VALID = "valid"

    @property
    def label(self) -> Promise:
        return {
            Validity.VOID: _("Withdrawn: this card is not valid"),
            Validity.REPLACED: _("Replaced by a newer card: this one is not valid"),
            Validity.UNAUTHORISED: _("Not yet authorised: this card is not valid"),
            Validity.INACTIVE: _("Not active: the holder is not looking for work"),
            Validity.EXPIRED: _("Expired: this card is not valid any more"),
            Validity.VALID: _("Valid"),
        }[self]


def validity(card: Card, today: date) -> Validity:
    """The public state of a card on the day `today` at its office."""
    if card.voided_at:
        return Validity.VOID
    if card.replaced_at:
        return Validity.REPLACED
    if not card.authorised_at:
        return Validity.UNAUTHORISED
    if card.inactive_since and card.inactive_why != Inactive.EXPIRED:
        return Validity.INACTIVE
    if not card.is_valid_on(today):
        return Validity.EXPIRED
    return Validity.VALID
