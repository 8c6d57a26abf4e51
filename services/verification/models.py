"""What people tell an office about cards that are not its own."""

import json
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.sealed import default_storage, seal, unseal
from ak1portal.tokens import new_receipt, new_token
from services.issuance.models import Card
from services.office.models import Office


class ForgeryReportQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        return self.filter(closed_at__isnull=False)


class ForgeryReport(models.Model):
    """Somebody saw a card that looks forged. No account is needed to say so.

    Everything a stranger wrote is sealed: it names people, and perhaps who told us.
    """

    token = models.CharField(
        max_length=26, unique=True, default=new_token, editable=False
    )
    # For the reporter, on paper and by telephone.
    reference = models.CharField(
        _("reference"), max_length=12, unique=True, default=new_receipt, editable=False
    )
    key = models.UUIDField(unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="forgery_reports")
    # The card of ours that has this code or number, if there is one.
    card = models.ForeignKey(
        Card, models.PROTECT, null=True, related_name="forgery_reports"
    )
    at = models.DateTimeField(_("received"), default=timezone.now)
    told_sealed = models.BinaryField()
    photo_file = models.CharField(max_length=80, blank=True)

    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(_("note"), max_length=1000, blank=True)

    objects = ForgeryReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("forgery report")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["office", "-at"], name="forgery_by_office")]
        constraints = [
            models.CheckConstraint(
                name="forgery_closed_says_who_and_what",
                condition=Q(closed_at=None, closed_by=None, note="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(note="")),
            )
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("forgery:detail", args=[self.token])

    @property
    def told(self) -> dict:
        """The answers of the form, as text: seen, where, seen_on, wrong, name …"""
        return json.loads(unseal(self.told_sealed, f"forgery.told|{self.token}"))

    @told.setter
    def told(self, answers: dict) -> None:
        plain = json.dumps(answers, ensure_ascii=False, sort_keys=True)
        self.told_sealed = seal(plain.encode(), f"forgery.told|{self.token}")

    def read_photo(self) -> bytes:
        with default_storage.open(self.photo_file) as file:
            return file.read()

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        locked = ForgeryReport.objects.select_for_update(of=("self",))
        self.refresh_from_db(from_queryset=locked)
