"""What may be printed, confirmed, handed over; what a reprint needs."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from services.issuance.models import Card
from services.issuance.rules_cards import bars_use
from services.office.models import Office
from services.printing.lists import to_print
from services.printing.models import MAX_OFFSET, Outcome, Print, PrintRun


def bars_run(size: int) -> str | None:
    """Why these cards may not be taken at once, or None.

    How many cards are taken at once, to print or to authorise.
    """
    if not size:
        return _("Choose at least one card.")
    if size > PrintRun.MAX_CARDS:
        return _(
            "At most %(most)d cards go at once; you chose %(size)d. Choose fewer, and"
            " take the others in a second round."
        ) % {"most": PrintRun.MAX_CARDS, "size": size}
    return None


def bars_printing(card: Card) -> str | None:
    """Why this card may not be printed now, or None.

    A card is printed once; again only after a spoiled sheet or with a reason.
    """
    if reason := bars_use(card):
        return reason
    if card.prints.filter(outcome="").exists():
        return _("Card %(number)s is in another print run.") % {"number": card.number}
    printed = card.prints.filter(outcome=Outcome.GOOD).exists()
    if printed and not card.reprints.filter(answered_by=None).exists():
        return _(
            "Card %(number)s has been printed. To print it again, write down why."
        ) % {"number": card.number}
    return None


def unprintable(cards: Sequence[Card], office: Office) -> dict[str, str]:
    """Token -> reason, of those that may not be printed.

    The list answers for most of them at once; the rule is asked about the others.
    """
    chosen = to_print(office).filter(pk__in=[card.pk for card in cards])
    fine = set(chosen.values_list("pk", flat=True))
    bars = {c.token: bars_printing(c) for c in cards if c.pk not in fine}
    return {token: bar for token, bar in bars.items() if bar}


def bars_reprint(card: Card) -> str | None:
    """Why no reprint of this card can be asked for."""
    if reason := bars_use(card):
        return reason
    if card.reprints.filter(answered_by=None).exists():
        return _("A reprint of card %(number)s has already been asked for.") % {
            "number": card.number
        }
    if not card.prints.filter(outcome=Outcome.GOOD).exists():
        return _("Card %(number)s has not been printed yet.") % {"number": card.number}
    return None


def bars_fetching(run: PrintRun) -> str | None:
    """Why the file of this run may not be fetched, or None."""
    if run.closed_at:
        return _("This print run is closed. Its file is gone.")
    if run.ready_at is None:
        return _("This print run is still being prepared.")
    return None


def bars_confirming(run: PrintRun) -> str | None:
    """Why this run may not be confirmed, or None."""
    if run.closed_at:
        return _("This print run is closed.")
    if run.ready_at is None:
        return _("This print run is still being prepared.")
    return None


def bars_cancelling(run: PrintRun) -> str | None:
    """Why this run may not be given up, or None.

    A run whose file was made may already lie in the tray: confirm it instead.
    """
    if run.closed_at:
        return _("This print run is closed.")
    if run.ready_at:
        return _("The file of this run is ready. Confirm each card instead.")
    return None


def bars_handing_over(print_: Print | None, card: Card) -> str | None:
    """Why this print may not be handed over, or None.

    `print_` is the newest good print of the card.
    """
    if reason := bars_use(card):
        return reason
    if print_ is None:
        return _("Card %(number)s has not been printed yet.") % {"number": card.number}
    if print_.handed_over_at:
        return _("Card %(number)s has already been handed over.") % {
            "number": card.number
        }
    return None


def bars_document(card: Card) -> str | None:
    """Why the document of this card may not be looked at, or None.

    Its finished pages can be looked at once a worker has drawn them.
    """
    if not card.is_finished:
        return _("Card %(number)s has not been drawn yet.") % {"number": card.number}
    return None


def bars_offset(tenths: int) -> str | None:
    """Why this offset of a printer may not be kept, or None.

    An offset in tenths of a millimetre that no printer in order needs.

    The limit is office practice: sheet feeders miss by a few millimetres; more than
    that is a wrong paper size or “fit to page”.
    """
    if abs(tenths) > MAX_OFFSET:
        return _(
            "At most %(most)d mm can be put right. If it is really more, check the"
            " paper size and the scale (100 %%) first."
        ) % {"most": MAX_OFFSET // 10}
    return None


def bars_stock(office: Office) -> str | None:
    """Why the blanks of this office may not be changed, or None."""
    if not office.counts_blanks:
        return _("This office does not keep count of yellow blanks.")
    return None


def bars_spoiling_blanks(sheets: int, balance: int) -> str | None:
    """Why so many blanks may not be written down as spoiled, or None.

    More than the books hold cannot be spoiled: a delivery is missing in them.
    """
    if sheets > balance:
        return _(
            "By the books there are only %(balance)d sheets. Write down the missing"
            " delivery first, or count."
        ) % {"balance": max(balance, 0)}
    return None
