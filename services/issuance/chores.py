"""What a worker finds due here: letters to send, cards to draw and sign, tidying up."""

import logging
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone

from ak1portal.refusals import Refused
from ak1portal.sealed import Unreadable, in_words
from ak1portal.sweeping import sweep
from services.issuance import signing, terms
from services.issuance.actions import today_at
from services.issuance.actions_cards import finish, remind_of_diploma
from services.issuance.channels import WAYS, UndeliverableError, UnreachableError
from services.issuance.drawing import draw
from services.issuance.models import Card, Letter, Signature
from services.office.models import Office

log = logging.getLogger(__name__)

# Longer than any back-off of one letter, or one card.
LETTER_IS_LATE = timedelta(minutes=60)
CARD_IS_LATE = timedelta(minutes=15)


@transaction.atomic
def send_letter() -> bool:
    """Send the letter that has waited longest; False when none is due.

    The row is held while the mail leaves. A letter that fails backs off (2, 4, 8, 16
    minutes) and after five tries stays visible on its case. While nobody takes letters
    at all, all of that channel wait, for two days at most: it is no fault of theirs.
    """
    now = timezone.now()
    letter = Letter.objects.due(now).select_for_update(skip_locked=True).first()
    if letter is None:
        return False
    letter.attempts += 1
    try:
        letter.provider_id = WAYS[letter.channel].deliver(letter)
    except UnreachableError as error:
        letter.attempts -= 1
        letter.last_error = str(error)[:120]
        if now - letter.written_at > Letter.GOOD_FOR:
            letter.attempts = Letter.MAX_ATTEMPTS
        log.warning("no letter gets through: %s", letter.last_error)
        others = Letter.objects.due(now).filter(channel=letter.channel)
        letter.try_at = now + Letter.OUTAGE
        others.exclude(pk=letter.pk).update(try_at=letter.try_at)
    except UndeliverableError as error:
        letter.attempts, letter.last_error = Letter.MAX_ATTEMPTS, str(error)
        log.warning("letter cannot be delivered: %s", letter.last_error)
    except Exception as error:
        # Whatever it is: one letter that cannot go must not stop the others.
        letter.last_error = type(error).__name__
        letter.try_at = now + timedelta(minutes=2**letter.attempts)
        log.warning("letter not sent: %s", letter.last_error)
    else:
        letter.sent_at, letter.last_error = now, ""
    letter.save()
    return True


@transaction.atomic
def finish_card() -> bool:
    """Draw and sign the card that has waited longest; False when none waits.

    The page is a pure function of what was frozen, and both files are named by what
    is in them: a worker that dies here has done nothing that anybody sees, and the
    next one does it again; what was signed in vain is swept. A card that fails backs
    off, and after five tries stays visible in the print room.
    """
    now = timezone.now()
    waiting = Card.objects.to_finish(now).select_related("office", "application")
    card = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if card is None:
        return False
    try:
        page = draw(card)
        page_file = default_storage.keep("pages", page, "pdf")
        signed_file = ""
        if card.signature == Signature.ELECTRONIC:
            signed = signing.sign(page, card)
            signed_file = default_storage.keep("signed", signed, "pdf")
    except DatabaseError:
        raise
    except Exception as error:
        card.finish_attempts += 1
        card.finish_try_at = now + timedelta(seconds=15 * 2**card.finish_attempts)
        card.finish_problem = _sentence(error)
        card.save(update_fields=["finish_attempts", "finish_try_at", "finish_problem"])
        log.warning("card not finished: %s", type(error).__name__)
    else:
        finish(card, page_file=page_file, signed_file=signed_file)
    return True


def _sentence(error: Exception) -> str:
    """What staff read: our own sentence, or only the name of what went wrong."""
    if isinstance(error, Refused):
        return str(error)[:200]
    if isinstance(error, Unreadable):
        return in_words(error)
    return type(error).__name__


def remind_of_diplomas() -> None:
    """Letters: a card stands on a graduation letter, and the diploma is due soon."""
    for office in Office.objects.all():
        until = today_at(office) + timedelta(days=terms.DIPLOMA_REMIND_DAYS)
        due = office.cards.owing_diploma().filter(
            diploma_due_on__lte=until, diploma_reminded_on=None
        )
        for card in list(due):
            try:
                remind_of_diploma(card)
            except DatabaseError:
                raise
            except Exception as error:
                # One that fails must not stop the others.
                log.warning("diploma reminder failed: %s", type(error).__name__)


def sweep_card_files() -> None:
    """Files whose card was rolled back after they were written."""
    for folder, field in (
        ("cards", "photo_file"),
        ("pages", "page_file"),
        ("signed", "signed_file"),
    ):
        sweep(folder, Card.objects.all(), field)


def no_letter_is_late() -> bool:
    """Whether every letter that is still tried was written a short while ago."""
    long_ago = timezone.now() - LETTER_IS_LATE
    unsent = Letter.objects.filter(sent_at=None, attempts__lt=Letter.MAX_ATTEMPTS)
    return not unsent.filter(written_at__lt=long_ago).exists()


def no_card_is_late() -> bool:
    """Whether every card that is still to be drawn was authorised a short while ago."""
    late = Card.objects.to_finish(timezone.now()).filter(
        authorised_at__lt=timezone.now() - CARD_IS_LATE
    )
    return not late.exists()


ALWAYS = [send_letter, finish_card]
HOURLY = [remind_of_diplomas, sweep_card_files]
PROMPT = {"letters": no_letter_is_late, "cards": no_card_is_late}
