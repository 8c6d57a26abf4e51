"""What may be done with a card, by whom, when. Answers as rules.py does.

A withdrawal needs two people, as an authorisation does: an officer or supervisor asks,
another supervisor confirms. Until then the card is good. An office of one person (the
same setting) withdraws at once.
"""

from datetime import date

from django.utils.translation import gettext as _

from services.issuance.models import Application, Card, Kind
from services.office.models import Officer


def bars_number(number: str) -> str | None:
    """Why this number may not be given to a card, or None.

    A number is used once for ever, whatever an office does to its pattern.
    """
    if Card.objects.filter(number=number).exists():
        return _(
            "The number pattern of this office gives %(number)s, which is already used."
            " The administrator must change the pattern."
        ) % {"number": number}
    return None


def bars_correction(card: Card, today: date) -> str | None:
    """Why this card may not be corrected, or None.

    Only a card that stands is corrected; another one is applied for anew.
    """
    if reason := bars_use(card):
        return reason
    if not card.is_valid_on(today):
        return _("Card %(number)s has ended.") % {"number": card.number}
    return None


def bars_issuing(application: Application) -> str | None:
    """Why this card may not be issued, or None.

    The card that is to be corrected may have gone while the office was reading.
    """
    if application.kind == Kind.CORRECTION:
        return bars_use(application.corrects)  # type: ignore[arg-type]
    return None


def bars_authorisation(card: Card, officer: Officer) -> str | None:
    """Why this officer may not authorise the card, or None.

    The second pair of eyes: not who approved, but in one-person offices.
    """
    if card.voided_at:
        return _("Card %(number)s has been withdrawn.") % {"number": card.number}
    if card.authorised_at:
        return _("Card %(number)s is already authorised.") % {"number": card.number}
    if not officer.supervises:
        return _("Only a supervisor authorises cards.")
    if card.approved_by_id == officer.user_id and not card.office.one_person_office:
        return _(
            "You approved the application of card %(number)s yourself; somebody else"
            " must authorise it."
        ) % {"number": card.number}
    return bars_issuing(card.application)


def bars_use(card: Card) -> str | None:
    """Why this card may not be printed, handed over or corrected, or None.

    Printing, handing over, correcting: only of a card that is in force.
    """
    if card.voided_at:
        return _("Card %(number)s has been withdrawn.") % {"number": card.number}
    if card.replaced_at:
        return _("Card %(number)s has been replaced by a newer one.") % {
            "number": card.number
        }
    if not card.authorised_at:
        return _("Card %(number)s is not authorised yet.") % {"number": card.number}
    return None


def bars_seeing_diploma(card: Card) -> str | None:
    """Why the diploma of this card may not be written down as seen, or None.

    Only of a card that was issued on a graduation letter, and once.
    """
    if card.diploma_seen_at:
        return _("The diploma for card %(number)s was seen already.") % {
            "number": card.number
        }
    if not card.diploma_due_on:
        return _("Card %(number)s asks for no diploma.") % {"number": card.number}
    return bars_use(card)


def bars_asking_void(card: Card, officer: Officer) -> str | None:
    """Why nobody may ask to withdraw this card, or None."""
    if card.voided_at:
        return _("Card %(number)s has been withdrawn.") % {"number": card.number}
    if card.void_asked_at:
        return _("Somebody has already asked to withdraw card %(number)s.") % {
            "number": card.number
        }
    if not officer.decides:
        return _("Only an officer or a supervisor asks for this.")
    return None


def bars_voiding(card: Card, officer: Officer) -> str | None:
    """Why this officer may not confirm the withdrawal, or None.

    Four eyes on the way out as well: not who asked, but in one-person offices.
    """
    if card.voided_at:
        return _("Card %(number)s has been withdrawn.") % {"number": card.number}
    if not card.void_asked_at:
        return _("Nobody has asked to withdraw card %(number)s.") % {
            "number": card.number
        }
    if not officer.supervises:
        return _("Only a supervisor withdraws cards.")
    if card.void_asked_by_id == officer.user_id and not card.office.one_person_office:
        return _(
            "You asked to withdraw card %(number)s yourself; another supervisor must"
            " confirm it."
        ) % {"number": card.number}
    return None


def bars_keeping(card: Card, officer: Officer) -> str | None:
    """Why the wish to withdraw this card may not be turned down, or None.

    To let a card stand although somebody asked to withdraw it.
    """
    if card.voided_at:
        return _("Card %(number)s has been withdrawn.") % {"number": card.number}
    if not card.void_asked_at:
        return _("Nobody has asked to withdraw card %(number)s.") % {
            "number": card.number
        }
    if not officer.supervises and card.void_asked_by_id != officer.user_id:
        return _("Only a supervisor, or whoever asked, takes this back.")
    return None
