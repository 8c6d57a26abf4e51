"""An application for an AK-1 on its way to a card, and its history."""

import uuid
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ak1portal.refusals import Refused
from ak1portal.tokens import new_token
from applicants.models import Applicant, User
from services.issuance.workflow import (
    CLOSED,
    OPEN,
    TRANSITIONS,
    WITH_APPLICANT,
    WITH_OFFICE,
    Status,
)
from services.office.models import Office


class Kind(models.TextChoices):
    NEW = "new", _("New card")
    RENEWAL = "renewal", _("Renewal")
    CORRECTION = "correction", _("Correction of a card")


class Via(models.TextChoices):
    """Where a person is served with this application: it may change until the end."""

    ONLINE = "online", _("online")
    DESK = "desk", _("at the counter")


class ApplicationQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)


class Application(models.Model):
    """One request for an AK-1 (permohonan). Only `move` changes its status."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    applicant = models.ForeignKey(
        Applicant, models.PROTECT, related_name="applications"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="applications")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NEW)
    via = models.CharField(
        _("handed in"), max_length=6, choices=Via, default=Via.ONLINE
    )
    # The card that a correction (perbaikan) is about.
    corrects = models.ForeignKey(
        "issuance.Card", models.PROTECT, null=True, related_name="corrections"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT
    )
    # NULL until it is handed in: "" would be unique only once.
    receipt = models.CharField(  # noqa: DJ001
        _("receipt number"), max_length=12, unique=True, null=True
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Until then nobody else takes it from the desk of `reviewer`.
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    due_at = models.DateTimeField(_("promised by"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        indexes = [
            models.Index(
                fields=["office", "status", "due_at"], name="application_queue"
            ),
            # What is decided is the whole past: newest first, and by kind.
            models.Index(
                fields=["office", "-decided_at", "-id"],
                name="application_decided",
                condition=Q(status__in=CLOSED, receipt__isnull=False),
            ),
            models.Index(
                fields=["office", "kind", "-decided_at", "-id"],
                name="application_decided_by_kind",
                condition=Q(status__in=CLOSED, receipt__isnull=False),
            ),
            models.Index(
                fields=["office", "submitted_at", "id"],
                name="application_decided_came_in",
                condition=Q(status__in=CLOSED, receipt__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="application_status_is_known",
                condition=Q(status__in=Status.values),
            ),
            models.CheckConstraint(
                name="application_via_is_known", condition=Q(via__in=Via.values)
            ),
            models.CheckConstraint(
                name="application_correction_names_the_card",
                condition=Q(kind=Kind.CORRECTION, corrects__isnull=False)
                | (~Q(kind=Kind.CORRECTION) & Q(corrects=None)),
            ),
            models.CheckConstraint(
                name="application_in_review_has_reviewer",
                condition=~Q(status=Status.IN_REVIEW) | Q(reviewer__isnull=False),
            ),
            models.CheckConstraint(
                name="application_with_office_has_receipt",
                condition=~Q(status__in=WITH_OFFICE)
                | Q(receipt__isnull=False, due_at__isnull=False),
            ),
            # Two open tabs, two clicks, one application.
            models.UniqueConstraint(
                fields=["applicant"],
                name="application_one_open_per_applicant",
                condition=Q(status__in=OPEN),
            ),
        ]

    def __str__(self):
        return f"{self.applicant} ({self.get_status_display()})"

    def get_absolute_url(self):
        return reverse("issuance:detail", args=[self.token])

    @property
    def is_with_applicant(self) -> bool:
        return self.status in WITH_APPLICANT

    @property
    def is_with_office(self) -> bool:
        return self.status in WITH_OFFICE

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(
            from_queryset=Application.objects.select_for_update(of=("self",))
        )

    def has_done(self, key: UUID | None) -> bool:
        """Whether the form with this idempotency key has already had its effect."""
        return key is not None and self.steps.filter(key=key).exists()

    def move(
        self,
        to: Status,
        *,
        by: User | None,
        note: str = "",
        key: UUID | None = None,
        **facts,
    ) -> "Step":
        """Take one step of the workflow and write it down. Only actions call this.

        `facts` are the fields that become true with the step; `key` is the form's
        idempotency key, which can have one effect only.
        """
        if to not in TRANSITIONS[self.status]:  # type: ignore[index]
            raise Refused(
                gettext("This application is now “%(status)s”.")
                % {"status": self.get_status_display()}
            )
        step = self.steps.create(  # type: ignore[misc]
            from_status=self.status, to_status=to, by=by, note=note, key=key
        )
        self.status = to
        for field, value in facts.items():
            setattr(self, field, value)
        self.save(update_fields=["status", *facts])
        return step


class Step(models.Model):
    """One line of an application's history (riwayat): who, when, from, to, why."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="steps")
    from_status = models.CharField(max_length=10, choices=Status)
    to_status = models.CharField(max_length=10, choices=Status)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    key = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("step")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "key"], name="step_once_per_form"
            )
        ]

    def __str__(self):
        return f"{self.from_status} → {self.to_status}"


class Correction(models.Model):
    """One thing the applicant is asked to put right, on one return of the application.

    `item` is a section or a document kind, as applicants.rules and DocumentKind name
    them. Written by review.send_back; answered when the application is sent again.
    """

    step = models.ForeignKey(Step, models.PROTECT, related_name="corrections")
    item = models.CharField(max_length=12)
    reason = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("correction")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.item}: {self.reason}"
