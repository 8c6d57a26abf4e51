"""What a worker finds due here: letters to send, pictures that no card points at."""

import logging
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from ak1portal.sealed import sweep
from services.issuance.models import Card, Letter

log = logging.getLogger(__name__)


@transaction.atomic
def send_letter() -> bool:
    """Send the letter that has waited longest; False when none is due.

    The row is held while the mail leaves. A letter that fails backs off (2, 4, 8, 16
    minutes) and after five tries stays visible on its case.
    """
    now = timezone.now()
    letter = Letter.objects.due(now).select_for_update(skip_locked=True).first()
    if letter is None:
        return False
    letter.attempts += 1
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
    except Exception as error:
        # Whatever it is: one letter that cannot go must not stop the others.
        letter.last_error = type(error).__name__
        letter.try_at = now + timedelta(minutes=2**letter.attempts)
        log.warning("letter not sent: %s", letter.last_error)
    else:
        letter.sent_at, letter.last_error = now, ""
    letter.save()
    return True


def sweep_card_photos() -> None:
    """Photos whose card was rolled back after they were written."""
    sweep("cards", set(Card.objects.values_list("photo_file", flat=True)))


ALWAYS = [send_letter]
HOURLY = [sweep_card_photos]
