"""The card, and the numbers it draws from."""

import json
import uuid
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.sealed import default_storage, seal, unseal
from ak1portal.tokens import new_token
from services.issuance.models.application import Application
from services.office.models import Office
from services.signing.models import Signature


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


class Inactive(models.TextChoices):
    """Why a card that stands is not in force: what the ministry counts as removed.

    The codes are the office's; the public learns only that the card is not active.
    """

    PLACED = "placed", _("found work")
    EXPIRED = "expired", _("the card has ended")
    LAPSED = "lapsed", _("did not report")
    REQUEST = "request", _("asked for it")
    MOVED = "moved", _("moved away")
    DIED = "died", _("died")
    # Of an event only: a withdrawn card says so itself (voided_at).
    VOID = "void", _("the office withdrew the card")


class CardQuerySet(models.QuerySet):
    def to_authorise(self) -> Self:
        return self.filter(authorised_at=None, voided_at=None)

    def to_print(self) -> Self:
        """Of which a paper is wanted, but for those that the workers have given up."""
        drawable = Q(finished_at__isnull=False) | Q(
            finish_attempts__lt=Card.MAX_ATTEMPTS
        )
        return self.filter(drawable, needs_print=True)

    def to_hand_over(self) -> Self:
        return self.filter(needs_hand_over=True)

    def to_withdraw(self) -> Self:
        """Somebody asked for it, and somebody else has to confirm."""
        return self.filter(void_asked_at__isnull=False, voided_at=None)

    def standing(self) -> Self:
        """Authorised, and neither withdrawn nor replaced by a later one."""
        return self.filter(
            authorised_at__isnull=False, voided_at=None, replaced_at=None
        )

    def valid_on(self, day: date) -> Self:
        return self.standing().filter(expires_on__gte=day, inactive_since=None)

    def owing_diploma(self) -> Self:
        """In force on a graduation letter: the diploma is still to be shown."""
        return self.standing().filter(
            diploma_due_on__isnull=False, diploma_seen_at=None
        )

    def to_finish(self, now: datetime) -> Self:
        """Authorised, not yet drawn and signed, and its next try has come."""
        return self.filter(
            authorised_at__isnull=False,
            voided_at=None,
            finished_at=None,
            finish_attempts__lt=Card.MAX_ATTEMPTS,
            finish_try_at__lte=now,
        ).order_by("finish_try_at", "pk")

    def stuck(self) -> Self:
        """Authorised, and given up after the last try: somebody must look at it."""
        return self.filter(
            voided_at=None, finished_at=None, finish_attempts__gte=Card.MAX_ATTEMPTS
        )


# A card is given up after so many tries to draw it.
MAX_ATTEMPTS = 5


class Card(models.Model):
    """An AK-1. What is printed was copied here when it was issued, and stands still.

    Number, year and serial are never used again; a void card keeps its number and
    says why. A corrected card (perbaikan) is a card of its own, with the number and
    the dates of the one it replaces and the next revision.
    """

    MAX_ATTEMPTS = MAX_ATTEMPTS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    application = models.OneToOneField(Application, models.PROTECT, related_name="card")
    # Its lists have indexes that begin with it.
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="cards", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    revision = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(_("registration number"), max_length=40)
    # The number as people type it: without what stands between its parts.
    number_key = models.GeneratedField(
        expression=Upper(
            Func(
                F("number"),
                models.Value("[^0-9A-Za-z]"),
                models.Value(""),
                models.Value("g"),
                function="REGEXP_REPLACE",
            )
        ),
        output_field=models.CharField(max_length=40),
        db_persist=True,
        db_index=True,
    )
    holder_name = models.CharField(_("name"), max_length=100)
    # Six digits of the official region code: where the holder lived on that day.
    district = models.CharField(_("district"), max_length=6, blank=True)
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
    signature = models.CharField(
        _("signature"), max_length=10, choices=Signature, default=Signature.WET
    )
    # The signed record of services.signing.record, as the QR says it. NULL until the
    # card is authorised: nothing that passes the check exists before.
    code = models.CharField(max_length=180, unique=True, null=True)  # noqa: DJ001

    # Drawn once, from the frozen contents; named by the hash of what is in them.
    page_file = models.CharField(max_length=80, blank=True)
    signed_file = models.CharField(max_length=80, blank=True)
    finished_at = models.DateTimeField(null=True)
    finish_attempts = models.PositiveSmallIntegerField(default=0)
    finish_try_at = models.DateTimeField(default=timezone.now)
    finish_problem = models.CharField(max_length=200, blank=True)

    # What the print room still owes this card: a paper, and the hand it goes into. Kept
    # here so that no list reads the past; services.printing.needs says what is so.
    needs_print = models.BooleanField(default=False, db_default=False)
    needs_hand_over = models.BooleanField(default=False, db_default=False)

    # Issued on a graduation letter (SKL): by when the diploma is to be shown.
    diploma_due_on = models.DateField(_("diploma due"), null=True)
    diploma_reminded_on = models.DateField(null=True)
    diploma_seen_at = models.DateTimeField(_("diploma seen"), null=True)
    diploma_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    inactive_since = models.DateTimeField(null=True)
    inactive_why = models.CharField(max_length=8, choices=Inactive, blank=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaces"
    )
    void_asked_at = models.DateTimeField(null=True)
    void_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    void_reason = models.CharField(_("reason"), max_length=300, blank=True)
    voided_at = models.DateTimeField(_("withdrawn"), null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        ordering = ["created_at"]
        indexes = [
            models.Index(
                fields=["finish_try_at"],
                name="card_to_finish",
                condition=Q(authorised_at__isnull=False, finished_at=None),
            ),
            models.Index(fields=["office", "-authorised_at"], name="card_by_office"),
            # The lists of the print room: each as long as what it shows.
            models.Index(
                fields=["office", "-created_at", "-id"], name="card_newest_first"
            ),
            models.Index(
                fields=["office", "created_at", "id"],
                name="card_to_authorise",
                condition=Q(authorised_at=None, voided_at=None),
            ),
            models.Index(
                fields=["office", "authorised_at", "id"],
                name="card_to_print",
                condition=Q(needs_print=True),
            ),
            models.Index(
                fields=["office", "created_at", "id"],
                name="card_to_hand_over",
                condition=Q(needs_hand_over=True),
            ),
            models.Index(
                fields=["office", "void_asked_at", "id"],
                name="card_to_withdraw",
                condition=Q(void_asked_at__isnull=False, voided_at=None),
            ),
            models.Index(
                fields=["office", "created_at", "id"],
                name="card_to_look_at",
                condition=Q(
                    voided_at=None, finished_at=None, finish_attempts__gte=MAX_ATTEMPTS
                ),
            ),
            # The sweep asks which of a thousand files are a card's.
            models.Index(fields=["photo_file"], name="card_by_photo_file"),
            models.Index(
                fields=["page_file"],
                name="card_by_page_file",
                condition=~Q(page_file=""),
            ),
            models.Index(
                fields=["signed_file"],
                name="card_by_signed_file",
                condition=~Q(signed_file=""),
            ),
            # The signed list of what is not good any more.
            models.Index(
                fields=["expires_on"],
                name="card_withdrawn_or_replaced",
                condition=Q(voided_at__isnull=False) | Q(replaced_at__isnull=False),
            ),
            models.Index(
                fields=["office", "diploma_due_on"],
                name="card_owing_diploma",
                condition=Q(diploma_due_on__isnull=False, diploma_seen_at=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "serial", "revision"],
                name="card_serial_is_used_once",
            ),
            models.UniqueConstraint(
                fields=["number", "revision"], name="card_number_is_used_once"
            ),
            models.CheckConstraint(
                name="card_needs_nothing_unless_it_stands",
                condition=Q(needs_print=False, needs_hand_over=False)
                | Q(authorised_at__isnull=False, voided_at=None, replaced_at=None),
            ),
            models.CheckConstraint(
                name="card_expires_after_issue",
                condition=Q(expires_on__gt=F("issued_on")),
            ),
            models.CheckConstraint(
                name="card_authorised_by_somebody",
                condition=Q(authorised_at=None, authorised_by=None, code=None)
                | Q(
                    authorised_at__isnull=False,
                    authorised_by__isnull=False,
                    code__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="card_finished_has_its_files",
                condition=Q(finished_at=None)
                | (
                    ~Q(page_file="") & (Q(signature=Signature.WET) | ~Q(signed_file=""))
                ),
            ),
            models.CheckConstraint(
                name="card_diploma_seen_by_somebody",
                condition=Q(diploma_seen_at=None, diploma_seen_by=None)
                | Q(diploma_seen_at__isnull=False, diploma_seen_by__isnull=False),
            ),
            models.CheckConstraint(
                name="card_inactive_says_why",
                condition=Q(inactive_since=None, inactive_why="")
                | (Q(inactive_since__isnull=False) & ~Q(inactive_why="")),
            ),
            models.CheckConstraint(
                name="card_replaced_by_another",
                condition=Q(replaced_at=None, replaced_by=None)
                | Q(replaced_at__isnull=False, replaced_by__isnull=False),
            ),
            models.CheckConstraint(
                name="card_void_has_reason",
                condition=Q(voided_at=None)
                | (
                    Q(voided_by__isnull=False, void_asked_by__isnull=False)
                    & ~Q(void_reason="")
                ),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        """Where anybody checks it: by its code; by its token before it has one."""
        return reverse("verification:card", args=[self.code or self.token])

    @property
    def printed(self) -> dict:
        """The frozen contents, as services.issuance.contents.contents() made them."""
        return json.loads(unseal(self.printed_sealed, f"card.printed|{self.pk}"))

    @printed.setter
    def printed(self, contents: dict) -> None:
        plain = json.dumps(contents, ensure_ascii=False, sort_keys=True)
        self.printed_sealed = seal(plain.encode(), f"card.printed|{self.pk}")

    def read_photo(self) -> bytes:
        return _read(self.photo_file)

    def read_logo(self) -> bytes | None:
        return _read(self.logo_file) if self.logo_file else None

    def read_page(self) -> bytes:
        """The finished pages, as they are printed."""
        return _read(self.page_file)

    def read_document(self) -> bytes:
        """The card as a document: signed where the office signs electronically."""
        return _read(self.signed_file or self.page_file)

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def owes_diploma(self) -> bool:
        """In force on a graduation letter, and nobody has seen the diploma yet."""
        is_standing = self.authorised_at and not self.voided_at and not self.replaced_at
        return bool(is_standing and self.diploma_due_on and not self.diploma_seen_at)

    @property
    def is_handed_over(self) -> bool:
        """Whether somebody has collected a paper of it. Asks the database."""
        return self.prints.filter(handed_over_at__isnull=False).exists()

    def is_valid_on(self, day: date) -> bool:
        """Whether the public may trust this card on `day`."""
        return (
            self.authorised_at is not None
            and self.voided_at is None
            and self.replaced_at is None
            and self.inactive_since is None
            and day <= self.expires_on
        )

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(from_queryset=Card.objects.select_for_update(of=("self",)))


def _read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()
