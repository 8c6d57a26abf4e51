"""The messages that belong to acts."""

from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.sealed import blind_index
from services.issuance.models.application import Application


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    WHATSAPP = "whatsapp", _("WhatsApp")


class LetterQuerySet(models.QuerySet):
    def due(self, now: datetime) -> Self:
        """Its next try has come, and no worker is sending it now; oldest first."""
        long_ago = now - Letter.SENDING
        idle = Q(sending_since=None) | Q(sending_since__lt=long_ago)
        return (
            self.underway().filter(idle, try_at__lte=now).order_by("written_at", "pk")
        )

    def underway(self) -> Self:
        """Not sent, and not given up."""
        return self.filter(
            sent_at=None,
            attempts__lt=Letter.MAX_ATTEMPTS,
            unknowns__lt=Letter.MAX_UNKNOWNS,
        )

    def given_up(self) -> Self:
        """Tried in vain, or nobody knows whether it arrived: staff must look."""
        return self.filter(sent_at=None).filter(
            Q(attempts__gte=Letter.MAX_ATTEMPTS) | Q(unknowns__gte=Letter.MAX_UNKNOWNS)
        )


class Letter(models.Model):
    """A message that belongs to an act: written in its transaction, sent by a worker.

    It exists if and only if the act does. No NIK and no document is ever in one.
    """

    MAX_ATTEMPTS = 5
    # A message whose answer was lost may have arrived: it leaves once more at most.
    MAX_UNKNOWNS = 2
    UNKNOWN_WAIT = timedelta(minutes=15)
    # Longer than any way takes to answer: whoever was sending it then has died.
    SENDING = timedelta(minutes=2)
    # So many letters in a row that nobody took are an outage of the whole way.
    OUTAGE_LETTERS = 3
    # While nobody takes letters: when to ask again, and when it is too late for them.
    OUTAGE = timedelta(minutes=5)
    GOOD_FOR = timedelta(hours=48)

    application = models.ForeignKey(Application, models.PROTECT, related_name="letters")
    # Which of the office's texts it was written from.
    kind = models.CharField(max_length=24, blank=True)
    channel = models.CharField(
        _("channel"), max_length=8, choices=Channel, default=Channel.EMAIL
    )
    # An e-mail address, or a telephone number as +62….
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    try_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How often the answer was lost after the message had left.
    unknowns = models.PositiveSmallIntegerField(default=0, db_default=0)
    # A worker has it in hand: written down before the message leaves.
    sending_since = models.DateTimeField(null=True)
    # When nobody took letters there at all.
    unreached_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    # What the provider calls it, to ask there what became of it.
    provider_id = models.CharField(max_length=100, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        indexes = [
            models.Index(
                fields=["try_at"], name="letter_due", condition=Q(sent_at=None)
            )
        ]

    def __str__(self):
        return self.subject

    @property
    def message_id(self) -> str:
        """One for ever, at every try: a mailbox that has it shows it once."""
        host = urlsplit(settings.PUBLIC_URL).hostname
        return f"<{blind_index(str(self.pk), 'letter').hex()[:32]}@{host}>"
