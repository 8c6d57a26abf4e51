"""An application for an AK-1 on its way to a card, the card, and the letters."""

from services.issuance.models.application import (
    Application,
    Correction,
    Kind,
    Step,
    Via,
)
from services.issuance.models.card import Card, CardSerial, Inactive
from services.issuance.models.event import EventKind, RegisterEvent
from services.issuance.models.letter import Channel, Letter

__all__ = [
    "Application",
    "Card",
    "CardSerial",
    "Channel",
    "Correction",
    "EventKind",
    "Inactive",
    "Kind",
    "Letter",
    "RegisterEvent",
    "Step",
    "Via",
]
