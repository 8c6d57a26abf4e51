"""The register of job seekers: what the ministry's tables are counted from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.issuance.models.card import Card, Inactive
from services.office.models import Office


class EventKind(models.TextChoices):
    """The words of the IPK III forms: terdaftar, ditempatkan, dihapuskan …"""

    REGISTERED = "registered", _("registered")
    REPORTED = "reported", _("reported")
    PLACED = "placed", _("placed")
    REMOVED = "removed", _("removed")
    REACTIVATED = "reactivated", _("reactivated")


class AppendOnlyError(TypeError):
    """The register is only ever added to."""


class RegisterEventQuerySet(models.QuerySet):
    def update(self, **values):
        raise AppendOnlyError

    def delete(self):
        raise AppendOnlyError


class RegisterEvent(models.Model):
    """One fact of the register, with a copy of what the tables ask of the person.

    Append-only: a mistake is put right by another event, so that a table that was
    sent can be counted again. Old balances of an office stand here too, without a
    card and for as many people as `people` says. A trigger of the database refuses
    what gets past the model.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="register")
    kind = models.CharField(_("event"), max_length=11, choices=EventKind)
    card = models.ForeignKey(Card, models.PROTECT, null=True, related_name="events")
    # The day on which it counts; `at` is when it was written down.
    day = models.DateField(_("day"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    people = models.PositiveIntegerField(default=1)

    sex = models.CharField(max_length=1, blank=True)
    birth_date = models.DateField(null=True)
    # applicants.codes.EducationLevel of the highest level, and what was studied.
    education = models.CharField(max_length=12, blank=True)
    # The line of IPK III/2 of the field, where the level has fields (codes.fields_of).
    field_code = models.CharField(max_length=4, blank=True)
    major = models.CharField(max_length=100, blank=True)
    graduation_year = models.PositiveSmallIntegerField(null=True)
    # KBJI 2014: sub-major group of the job wanted. The job found stands on the
    # placement (services.registry): a line of the tables must lose whom it won.
    job_group = models.CharField(max_length=2, blank=True)

    # Of a placement: KBLI section with its version, AKL/AKAD/AKAN, who received.
    sector = models.CharField(max_length=1, blank=True)
    sector_version = models.CharField(max_length=4, blank=True)
    placement = models.CharField(max_length=4, blank=True)
    receiver = models.CharField(max_length=2, blank=True)
    # Of a removal.
    why = models.CharField(max_length=8, choices=Inactive, blank=True)

    objects = RegisterEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("register event")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["office", "day", "kind"], name="event_by_office_day")
        ]
        constraints = [
            models.CheckConstraint(
                name="event_kind_is_known", condition=Q(kind__in=EventKind.values)
            ),
            models.CheckConstraint(
                name="event_removal_says_why",
                condition=~Q(kind=EventKind.REMOVED) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="event_of_one_card_is_one_person",
                condition=Q(card=None) | Q(people=1),
            ),
            models.UniqueConstraint(
                fields=["card"],
                name="event_registered_once_per_card",
                condition=Q(kind=EventKind.REGISTERED),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.day}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError
