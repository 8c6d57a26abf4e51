"""An application for an AK-1 on its way to a card, and the card."""

import json
import uuid

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ak1portal.refusals import Refused
from ak1portal.sealed import seal, unseal
from ak1portal.tokens import new_token
from applicants.models import Applicant
from services.issuance.workflow import (
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


class ApplicationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status__in=OPEN)

    def waiting(self):
        """Submitted and taken by nobody yet; the one that is due first comes first."""
        return self.filter(status=Status.SUBMITTED).order_by("due_at", "submitted_at")


class Application(models.Model):
    """One request for an AK-1 (permohonan). Only `move` changes its status."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    applicant = models.ForeignKey(
        Applicant, models.PROTECT, related_name="applications"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="applications")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.NEW)
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
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="application_status_is_known",
                condition=Q(status__in=Status.values),
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

    def has_done(self, key) -> bool:
        """Whether the form with this idempotency key has already had its effect."""
        return key is not None and self.steps.filter(key=key).exists()

    def move(self, to, *, by, note="", key=None, **facts):
        """Take one step of the workflow and write it down. Only actions call this.

        `facts` are the fields that become true with the step; `key` is the form's
        idempotency key, which can have one effect only.
        """
        if to not in TRANSITIONS[self.status]:
            raise Refused(
                gettext("This application is now “%(status)s”.")
                % {"status": self.get_status_display()}
            )
        step = self.steps.create(
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


class CardSerial(models.Model):
    """The last running number of an office in a year. One row, locked to draw."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="serials")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("card serial")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year"], name="serial_one_row_per_office_and_year"
            )
        ]

    def __str__(self):
        return f"{self.office_id}/{self.year}: {self.last}"


class CardQuerySet(models.QuerySet):
    def to_authorise(self):
        return self.filter(authorised_at=None, voided_at=None)

    def to_print(self):
        """Authorised, standing, and never printed."""
        return self.filter(authorised_at__isnull=False, voided_at=None, prints=None)

    def to_hand_over(self):
        return self.filter(
            voided_at=None, handed_over_at=None, prints__isnull=False
        ).distinct()

    def valid_on(self, day):
        return self.filter(
            authorised_at__isnull=False, voided_at=None, expires_on__gte=day
        )


class Card(models.Model):
    """An AK-1. What is printed was copied here when it was issued, and stands still.

    Number, year and serial are never used again; a void card keeps its number and
    says why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    application = models.OneToOneField(Application, models.PROTECT, related_name="card")
    office = models.ForeignKey(Office, models.PROTECT, related_name="cards")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(_("registration number"), max_length=40, unique=True)
    holder_name = models.CharField(_("name"), max_length=100)
    issued_on = models.DateField(_("issued"))
    expires_on = models.DateField(_("valid until"))
    created_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    # The frozen contents (services.issuance.contents) and pictures, sealed.
    printed_sealed = models.BinaryField()
    photo_file = models.CharField(max_length=80)
    logo_file = models.CharField(max_length=80, blank=True)

    authorised_at = models.DateTimeField(_("authorised"), null=True)
    authorised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handed_over_at = models.DateTimeField(_("handed over"), null=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handed_over_to = models.CharField(_("handed over to"), max_length=100, blank=True)
    identity_seen = models.CharField(_("identity seen"), max_length=60, blank=True)
    voided_at = models.DateTimeField(_("withdrawn"), null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    void_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "serial"], name="card_serial_is_used_once"
            ),
            models.CheckConstraint(
                name="card_expires_after_issue",
                condition=Q(expires_on__gt=F("issued_on")),
            ),
            models.CheckConstraint(
                name="card_authorised_by_somebody",
                condition=Q(authorised_at=None, authorised_by=None)
                | Q(authorised_at__isnull=False, authorised_by__isnull=False),
            ),
            models.CheckConstraint(
                name="card_handed_over_only_when_authorised",
                condition=Q(handed_over_at=None) | Q(authorised_at__isnull=False),
            ),
            models.CheckConstraint(
                name="card_void_has_reason",
                condition=Q(voided_at=None)
                | (Q(voided_by__isnull=False) & ~Q(void_reason="")),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("verification:card", args=[self.token])

    @property
    def printed(self) -> dict:
        """The frozen contents, as services.issuance.contents.contents() made them."""
        return json.loads(unseal(self.printed_sealed, f"card.printed|{self.pk}"))

    @printed.setter
    def printed(self, contents: dict):
        plain = json.dumps(contents, ensure_ascii=False, sort_keys=True)
        self.printed_sealed = seal(plain.encode(), f"card.printed|{self.pk}")

    def read_photo(self) -> bytes:
        with default_storage.open(self.photo_file) as file:
            return file.read()

    def read_logo(self) -> bytes | None:
        if not self.logo_file:
            return None
        with default_storage.open(self.logo_file) as file:
            return file.read()

    def is_valid_on(self, day) -> bool:
        """Whether the public may trust this card on `day`."""
        return (
            self.authorised_at is not None
            and self.voided_at is None
            and self.issued_on <= day <= self.expires_on
        )

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(from_queryset=Card.objects.select_for_update(of=("self",)))


class PrintRun(models.Model):
    """One press of “print”: the cards that went into one PDF, in order."""

    token = models.CharField(max_length=26, unique=True, default=new_token)
    office = models.ForeignKey(Office, models.PROTECT, related_name="print_runs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("print run")
        ordering = ["-at"]

    def __str__(self):
        return self.token

    def get_absolute_url(self):
        return reverse("cards:print_run", args=[self.token])


class CardPrint(models.Model):
    """That a card was in a print run, and the how manieth copy it was."""

    run = models.ForeignKey(PrintRun, models.PROTECT, related_name="prints")
    card = models.ForeignKey(Card, models.PROTECT, related_name="prints")
    position = models.PositiveSmallIntegerField()
    copy = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("print")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "copy"], name="print_each_copy_once"
            ),
        ]

    def __str__(self):
        return f"{self.card} ({self.copy})"


class LetterQuerySet(models.QuerySet):
    def due(self, now):
        """Not sent, not given up, and its next try has come; oldest first."""
        return self.filter(
            sent_at=None, attempts__lt=Letter.MAX_ATTEMPTS, try_at__lte=now
        ).order_by("try_at", "pk")


class Letter(models.Model):
    """A message that belongs to an act: written in its transaction, sent by a worker.

    It exists if and only if the act does. No NIK and no document is ever in one.
    """

    MAX_ATTEMPTS = 5

    application = models.ForeignKey(Application, models.PROTECT, related_name="letters")
    to = models.EmailField()
    subject = models.CharField(max_length=120)
    body = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    try_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)

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
