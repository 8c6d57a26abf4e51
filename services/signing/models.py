"""How a card is signed, and the certificate with which a supervisor signs it."""

from datetime import datetime, timedelta
from textwrap import wrap
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.sealed import seal, unseal
from services.office.models import Officer


class Signature(models.TextChoices):
    """By a hand on the paper, or by a certificate in the file."""

    WET = "wet", _("signed by hand")
    ELECTRONIC = "electronic", _("signed electronically")


class CertificateQuerySet(models.QuerySet):
    def usable(self, now: datetime) -> Self:
        """Not taken back, and inside the time for which it was issued."""
        return self.filter(
            removed_at=None, valid_from__lte=now, valid_until__gte=now
        ).order_by("-added_at")


class Certificate(models.Model):
    """A key and its certificates, from a PKCS#12 file or on a PKCS#11 token.

    The passphrase of the file is never kept: the key is sealed with the portal's own
    data keys instead. A key on a token never leaves it; `token_label` finds it.
    """

    WARNED_BEFORE_THE_END = timedelta(days=30)

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="certificates")
    subject = models.CharField(_("issued to"), max_length=200)
    issuer = models.CharField(_("issued by"), max_length=200)
    fingerprint = models.CharField(max_length=64)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"))
    key_sealed = models.BinaryField(default=b"")
    token_label = models.CharField(_("label on the token"), max_length=60, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        ordering = ["-added_at"]
        constraints = [
            models.CheckConstraint(
                name="certificate_ends_after_it_begins",
                condition=Q(valid_until__gt=F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["officer"],
                name="certificate_one_in_use",
                condition=Q(removed_at=None),
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def key_material(self) -> bytes:
        """What services.signing.certificates packed: the key and its certificates.

        Of a key on a token, only the certificates.
        """
        return unseal(self.key_sealed, f"certificate|{self.fingerprint}")

    @key_material.setter
    def key_material(self, packed: bytes) -> None:
        self.key_sealed = seal(packed, f"certificate|{self.fingerprint}")

    @property
    def grouped_fingerprint(self) -> str:
        """SHA-256, as people compare it: ABCD EF01 …"""
        return " ".join(wrap(self.fingerprint.upper(), 4))

    def has_ended(self, now: datetime) -> bool:
        return self.valid_until < now

    def ends_soon(self, now: datetime) -> bool:
        """Whether it is time to ask for the next one."""
        return now <= self.valid_until < now + self.WARNED_BEFORE_THE_END
