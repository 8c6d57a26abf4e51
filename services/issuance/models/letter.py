"""The messages that belong to acts."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.issuance.models.application import Application


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    WHATSAPP = "whatsapp", _("WhatsApp")


class LetterQuerySet(models.QuerySet):
    def due(self, now):
        """Not sent, not given up, and its next try has come; oldest first."""
        return self.filter(
            sent_at=None, attempts__lt=Letter.MAX_ATTEMPTS, try_at__lte=now
        ).order_by("written_at", "pk")

    def given_up(self):
        return self.filter(sent_at=None, attempts__gte=Letter.MAX_ATTEMPTS)


class Letter(models.Model):
    """A message that belongs to an act: written in its transaction, sent by a worker.

    It exists if and only if the act does. No NIK and no document is ever in one.
    """

    MAX_ATTEMPTS = 5
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
