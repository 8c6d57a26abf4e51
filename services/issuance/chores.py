"""What a worker finds due here: letters to send, cards to draw and sign, tidying up."""

import logging
import time
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone

from ak1portal.refusals import Refused
from ak1portal.sealed import Unreadable, sweep
from services.issuance import signing, terms
from services.issuance.actions import today_at
from services.issuance.actions_cards import finish, remind_of_diploma
from services.issuance.channels import WAYS, UndeliverableError, UnreachableError
from services.issuance.drawing import draw
from services.issuance.models import Card, Letter, Signature
from services.office.models import Office

log = logging.getLogger(__name__)

# So many cards are finished in one transaction; slow signers end it earlier, so that
# nobody waits long for a row.
ROUND = 25
ROUND_SECONDS = 1


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
    """Draw and sign the cards that have waited longest; False when none waits.

    Several share a transaction and the wait for the disk. The page is a pure function
    of what was frozen, and both files are named by what is in them: a worker that dies
    here has done nothing that anybody sees, and the next one does it again; what was
    signed in vain is swept. A card that fails backs off, and after five tries stays
    visible in the print room; it does not hold up the others.
    """
    until = time.monotonic() + ROUND_SECONDS
    waiting = Card.objects.to_finish(timezone.now()).select_related(
        "application__applicant__user", "authorised_by__officer"
    )
    waiting = waiting.prefetch_related("office", "application__office")
    held = list(waiting.select_for_update(skip_locked=True, of=("self",))[:ROUND])
    drawn = []
    for card in held:
        try:
            drawn.append((card, *_draw(card)))
        except DatabaseError:
            raise
        except Exception as error:
            _put_off(card, error)
        if time.monotonic() > until:
            break
    if drawn:
        _keep(drawn)
    return bool(held)


def _draw(card: Card) -> tuple[bytes, bytes]:
    """Page and signed document; empty where a hand signs."""
    page = draw(card)
    if card.signature == Signature.ELECTRONIC:
        return page, signing.sign(page, card)
    return page, b""


def _keep(drawn: list[tuple[Card, bytes, bytes]]) -> None:
    """First the files are on the disk, then the rows say so."""
    cards, pages, documents = zip(*drawn, strict=True)
    signed = [document for document in documents if document]
    try:
        page_files = default_storage.keep_all("pages", pages, "pdf")
        kept = iter(default_storage.keep_all("signed", signed, "pdf"))
    except Exception as error:
        for card in cards:
            _put_off(card, error)
        return
    signed_files = [next(kept) if document else "" for document in documents]
    finish(list(zip(cards, page_files, signed_files, strict=True)))


def _put_off(card: Card, error: Exception) -> None:
    wait = timedelta(seconds=15 * 2 ** (card.finish_attempts + 1))
    card.finish_attempts += 1
    card.finish_try_at = timezone.now() + wait
    card.finish_problem = _sentence(error)
    card.save(update_fields=["finish_attempts", "finish_try_at", "finish_problem"])
    log.warning("card not finished: %s", type(error).__name__)


def _sentence(error: Exception) -> str:
    """What staff read: our own sentence, or only the name of what went wrong."""
    if isinstance(error, Refused | Unreadable):
        return str(error)[:200]
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
        sweep(folder, set(Card.objects.values_list(field, flat=True)))


ALWAYS = [send_letter, finish_card]
HOURLY = [remind_of_diplomas, sweep_card_files]
