"""What a worker finds due here: letters to send, cards to draw and sign, tidying up.

A message whose answer was lost leaves once more at most, with the same Message-ID, and
is then “perhaps arrived” until somebody has asked. An outage is three letters in a row
that nobody took.

A ticked batch is authorised at once, and a worker finishes up to 25 cards in one
transaction of about a second: the files are on the disk before the rows say so, and a
card that cannot be drawn falls out by itself. A full disk puts off the whole round.
"""

import logging
import time
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone

from ak1portal.disk import DiskRefused, is_refusal
from ak1portal.refusals import Refused
from ak1portal.sealed import Unreadable, default_storage, in_words
from ak1portal.sweeping import sweep
from services.issuance import terms
from services.issuance.actions import today_at
from services.issuance.actions_cards import finish, remind_of_diploma
from services.issuance.channels import (
    WAYS,
    UndeliverableError,
    UnknownError,
    UnreachableError,
)
from services.issuance.drawing import draw
from services.issuance.models import Card, Letter
from services.office.models import Office
from services.signing import signing
from services.signing.models import Signature
from services.signing.signers import Statement

log = logging.getLogger(__name__)

# Longer than any back-off of one letter, or one card.
LETTER_IS_LATE = timedelta(minutes=60)
CARD_IS_LATE = timedelta(minutes=15)
# So many cards are finished in one transaction; slow signers end it earlier, so that
# nobody waits long for a row.
ROUND = 25
ROUND_SECONDS = 1


def send_letter() -> bool:
    """Send the letter that has waited longest; False when none is due.

    That it is being sent is written down before it leaves: a worker that dies in the
    middle leaves a letter of which nobody knows whether it arrived, and such a letter
    leaves once more at most. A letter that fails backs off (2, 4, 8, 16 minutes) and
    after five tries stays visible on its case. While nobody takes letters at all, all
    of that channel wait, for two days at most: it is no fault of theirs.
    """
    letter = _take_letter()
    if letter is None:
        return False
    if letter.sending_since:
        failure = None
        try:
            letter.provider_id = WAYS[letter.channel].deliver(letter)
        except Exception as error:
            # Whatever it is: one letter that cannot go must not stop the others.
            failure = error
        _settle(letter, failure)
    return True


@transaction.atomic
def _take_letter() -> Letter | None:
    """The next letter, in our hands; one that a dead worker had is only put aside."""
    now = timezone.now()
    letter = Letter.objects.due(now).select_for_update(skip_locked=True).first()
    if letter is None:
        return None
    if letter.sending_since:
        _lost_sight_of(letter, now, "WorkerDied")
    else:
        letter.sending_since = now
    letter.save()
    return letter


@transaction.atomic
def _settle(letter: Letter, failure: Exception | None) -> None:
    """Write down what became of a letter that was in our hands."""
    now = timezone.now()
    letter.sending_since = None
    letter.attempts += 1
    if failure is None:
        letter.sent_at, letter.last_error = now, ""
    elif isinstance(failure, UnknownError):
        _lost_sight_of(letter, now, str(failure))
    elif isinstance(failure, UnreachableError):
        letter.attempts -= 1
        _wait(letter, now, str(failure))
    elif isinstance(failure, UndeliverableError):
        letter.attempts, letter.last_error = Letter.MAX_ATTEMPTS, str(failure)
        log.warning("letter cannot be delivered: %s", letter.last_error)
    else:
        letter.last_error = type(failure).__name__
        letter.try_at = now + timedelta(minutes=2**letter.attempts)
        log.warning("letter not sent: %s", letter.last_error)
    letter.save()


def _lost_sight_of(letter: Letter, now, why: str) -> None:
    letter.sending_since = None
    letter.unknowns += 1
    letter.last_error = why[:120]
    letter.try_at = now + Letter.UNKNOWN_WAIT
    log.warning("letter may have arrived: %s", letter.last_error)


def _wait(letter: Letter, now, why: str) -> None:
    """Nobody took it. Whether that is so for all, several letters must tell."""
    letter.last_error, letter.unreached_at = why[:120], now
    letter.try_at = now + Letter.OUTAGE
    if now - letter.written_at > Letter.GOOD_FOR:
        letter.attempts = Letter.MAX_ATTEMPTS
    log.warning("no letter gets through: %s", letter.last_error)
    same_way = Letter.objects.filter(channel=letter.channel)
    others = same_way.exclude(pk=letter.pk)
    last_sent = same_way.aggregate(Max("sent_at"))["sent_at__max"]
    since = max(filter(None, [last_sent, now - Letter.OUTAGE * 3]))
    in_a_row = 1 + others.underway().filter(unreached_at__gt=since).count()
    if in_a_row >= Letter.OUTAGE_LETTERS:
        others.due(now).update(try_at=letter.try_at)


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
        # What is shown beside the signature is what the card itself says.
        printed = card.printed
        says = Statement(printed["signer"]["name"], printed["office"]["city"])
        return page, signing.sign(page, card.authorised_by.officer, says)
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
    if not is_refusal(error):  # no fault of the card: never given up for it
        card.finish_attempts += 1
    card.finish_try_at = timezone.now() + wait
    card.finish_problem = _sentence(error)
    card.save(update_fields=["finish_attempts", "finish_try_at", "finish_problem"])
    log.warning("card not finished: %s", type(error).__name__)


def _sentence(error: Exception) -> str:
    """What staff read: our own sentence, or only the name of what went wrong."""
    if isinstance(error, Refused):
        return str(error)[:200]
    if isinstance(error, Unreadable | DiskRefused):
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
    return not Letter.objects.underway().filter(written_at__lt=long_ago).exists()


def no_card_is_late() -> bool:
    """Whether every card that is still to be drawn was authorised a short while ago.

    Also of those that wait for their next try, or were given up.
    """
    late = Card.objects.filter(
        authorised_at__lt=timezone.now() - CARD_IS_LATE,
        voided_at=None,
        finished_at=None,
    )
    return not late.exists()


ALWAYS = [send_letter, finish_card]
HOURLY = [remind_of_diplomas, sweep_card_files]
PROMPT = {"letters": no_letter_is_late, "cards": no_card_is_late}
