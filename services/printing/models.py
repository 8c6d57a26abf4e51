"""The print room: printers, print runs, the register of prints, yellow blanks.

A spoiled sheet keeps its copy number. “Cetakan ke-2” is printed on the second paper
that leaves the office, not on the second try at the press.
"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.sealed import default_storage
from ak1portal.tokens import new_token
from services.issuance.models import Card
from services.office.models import Office, Paper

MAX_OFFSET = 100


class Stock(models.TextChoices):
    PLAIN = "plain", _("plain paper: the yellow ground is printed")
    YELLOW = "yellow", _("yellow stock: the ground is left out")


class Flip(models.TextChoices):
    LONG = "long", _("long edge")
    SHORT = "short", _("short edge")


def _offset(label):
    """Tenths of a millimetre; positive moves the print right or down."""
    return models.SmallIntegerField(
        label,
        default=0,
        validators=[MinValueValidator(-MAX_OFFSET), MaxValueValidator(MAX_OFFSET)],
    )


class Printer(models.Model):
    """How one printer of the office must be fed, and by how much it misses."""

    token = models.CharField(max_length=26, unique=True, default=new_token)
    office = models.ForeignKey(Office, models.PROTECT, related_name="printers")
    name = models.CharField(_("name"), max_length=60)
    paper = models.CharField(_("paper"), max_length=8, choices=Paper)
    stock = models.CharField(
        _("stock"), max_length=6, choices=Stock, default=Stock.PLAIN
    )
    tray_note = models.CharField(
        _("tray and how to lay in"), max_length=120, blank=True
    )
    flip = models.CharField(
        _("turns two-sided sheets on the"),
        max_length=5,
        choices=Flip,
        default=Flip.SHORT,
    )
    front_x = _offset(_("front, to the right (0.1 mm)"))
    front_y = _offset(_("front, down (0.1 mm)"))
    back_x = _offset(_("back, to the right (0.1 mm)"))
    back_y = _offset(_("back, down (0.1 mm)"))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("printer")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "name"],
                name="printer_name_once_per_office",
                violation_error_message=_("A printer of this name exists already."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("cards:printer", args=[self.token])

    @property
    def offsets(self) -> tuple[int, int, int, int]:
        """Tenths of a millimetre: front right, front down, back right, back down."""
        return self.front_x, self.front_y, self.back_x, self.back_y

    @property
    def shifts(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """(right, down) in mm for the front and for the back."""
        return (
            (self.front_x / 10, self.front_y / 10),
            (self.back_x / 10, self.back_y / 10),
        )

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(
            from_queryset=Printer.objects.select_for_update(of=("self",))
        )


class PrintRunQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def stuck(self) -> Self:
        """Given up after the last try: somebody must look at them."""
        return self.filter(
            closed_at=None, ready_at=None, attempts__gte=PrintRun.MAX_ATTEMPTS
        )

    def to_assemble(self, now: datetime) -> Self:
        """Not yet one PDF, not given up, and the next try has come."""
        return self.filter(
            closed_at=None,
            ready_at=None,
            attempts__lt=PrintRun.MAX_ATTEMPTS,
            try_at__lte=now,
        ).order_by("try_at", "pk")


class PrintRun(models.Model):
    """One batch: the cards that go into one PDF, in order; frozen when it is made."""

    MAX_ATTEMPTS = 5
    MAX_CARDS = 500

    token = models.CharField(max_length=26, unique=True, default=new_token)
    office = models.ForeignKey(Office, models.PROTECT, related_name="print_runs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(unique=True)
    # The printer as it was set when the run was made.
    printer = models.ForeignKey(
        Printer, models.PROTECT, null=True, related_name="print_runs"
    )
    set_up = models.JSONField(default=dict)

    # One PDF, made by a worker; fetched again byte for byte until the run is closed.
    file = models.CharField(max_length=80, blank=True)
    ready_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("print run")
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["office", "-at"], name="print_run_newest_first"),
            models.Index(
                "office",
                F("closed_at").desc(nulls_first=True),
                F("at").desc(),
                name="print_run_open_first",
            ),
            models.Index(fields=["by", "printer", "-at"], name="print_run_by_officer"),
        ]
        constraints = [
            models.CheckConstraint(
                name="print_run_ready_has_file",
                condition=Q(ready_at=None) | Q(closed_at__isnull=False) | ~Q(file=""),
            )
        ]

    def __str__(self):
        return self.token

    def get_absolute_url(self):
        return reverse("cards:run", args=[self.token])

    @property
    def is_stuck(self) -> bool:
        """Given up after the last try: somebody must look at it."""
        return (
            self.ready_at is None
            and self.closed_at is None
            and self.attempts >= self.MAX_ATTEMPTS
        )

    @property
    def printer_name(self) -> str:
        """As the printer was called when the run was made; "" without one."""
        return self.set_up.get("name", "")

    @property
    def uses_blanks(self) -> bool:
        """Whether its sheets are yellow blanks: all of an office that counts them,
        but for those of a printer that is known to hold plain paper."""
        return self.office.counts_blanks and (
            self.set_up.get("stock", Stock.YELLOW) == Stock.YELLOW
        )

    def read_file(self) -> bytes:
        with default_storage.open(self.file) as file:
            return file.read()

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(
            from_queryset=PrintRun.objects.select_for_update(of=("self",))
        )


class Outcome(models.TextChoices):
    GOOD = "good", _("good")
    SPOILED = "spoiled", _("spoiled")
    LEFT_OUT = "left_out", _("left out")


class Print(models.Model):
    """One line of the register of prints: which copy of which card, and how it went.

    `copy` counts the papers that left the press in good order: a spoiled sheet is
    printed again under the same number.
    """

    run = models.ForeignKey(PrintRun, models.PROTECT, related_name="prints")
    card = models.ForeignKey(Card, models.PROTECT, related_name="prints")
    # Those of the run, which never change: the register is read by them alone.
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="prints", db_index=False
    )
    at = models.DateTimeField()
    position = models.PositiveSmallIntegerField()
    copy = models.PositiveSmallIntegerField(default=1)
    # How many sheets of paper it takes: long lists of skills go on on a second one.
    sheets = models.PositiveSmallIntegerField(default=1)
    # A later copy is drawn for this print; the first one is the card's own page.
    page_file = models.CharField(max_length=80, blank=True)

    outcome = models.CharField(
        _("result"), max_length=8, choices=Outcome, blank=True, default=""
    )
    outcome_reason = models.CharField(_("reason"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    handed_over_at = models.DateTimeField(_("handed over"), null=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handed_over_to = models.CharField(_("handed over to"), max_length=100, blank=True)
    identity_seen = models.CharField(_("identity seen"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("print")
        ordering = ["run", "position"]
        indexes = [
            models.Index(fields=["run", "position"], name="print_in_run"),
            # What the register is asked for, and what is rare in it.
            models.Index(
                fields=["office", "-at", "position"], name="print_newest_first"
            ),
            models.Index(
                fields=["office", "-at", "position"],
                name="print_not_good",
                condition=~Q(outcome=Outcome.GOOD),
            ),
            models.Index(
                fields=["page_file"],
                name="print_by_page_file",
                condition=~Q(page_file=""),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "copy"],
                name="print_copy_once",
                condition=Q(outcome__in=["", Outcome.GOOD]),
            ),
            models.UniqueConstraint(
                fields=["card"],
                name="print_card_in_one_open_run",
                condition=Q(outcome=""),
            ),
            models.CheckConstraint(
                name="print_spoiled_has_reason",
                condition=Q(outcome__in=["", Outcome.GOOD]) | ~Q(outcome_reason=""),
            ),
            models.CheckConstraint(
                name="print_handed_over_only_when_good",
                condition=Q(handed_over_at=None) | Q(outcome=Outcome.GOOD),
            ),
        ]

    def __str__(self):
        return f"{self.card} ({self.copy})"

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(
            from_queryset=Print.objects.select_for_update(of=("self",))
        )


class ReprintReason(models.TextChoices):
    LOST = "lost", _("lost")
    DAMAGED = "damaged", _("damaged")
    MISPRINT = "misprint", _("misprint")


class Reprint(models.Model):
    """Why a card may be printed once more; used up by the print that answers it."""

    card = models.ForeignKey(Card, models.PROTECT, related_name="reprints")
    reason = models.CharField(_("reason"), max_length=8, choices=ReprintReason)
    police_letter = models.CharField(
        _("number of the police letter"), max_length=60, blank=True
    )
    letter_file = models.CharField(max_length=80, blank=True)
    old_card_returned = models.BooleanField(_("the old card was returned"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answered_by = models.OneToOneField(
        Print, models.PROTECT, null=True, related_name="reprint"
    )

    class Meta:
        verbose_name = _("reprint")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["card"],
                name="reprint_one_open_per_card",
                condition=Q(answered_by=None),
            ),
            models.CheckConstraint(
                name="reprint_lost_has_police_letter",
                condition=~Q(reason=ReprintReason.LOST)
                | (~Q(police_letter="") & ~Q(letter_file="")),
            ),
            models.CheckConstraint(
                name="reprint_damaged_has_old_card",
                condition=Q(reason=ReprintReason.LOST) | Q(old_card_returned=True),
            ),
        ]

    def __str__(self):
        return f"{self.card} {self.reason}"

    def read_letter(self) -> bytes:
        """The police letter, a JPEG."""
        with default_storage.open(self.letter_file) as file:
            return file.read()


class Movement(models.TextChoices):
    RECEIVED = "received", _("received")
    USED = "used", _("used")
    SPOILED = "spoiled", _("spoiled")
    COUNTED = "counted", _("difference found by counting")


class StockEntryQuerySet(models.QuerySet):
    def balance(self) -> int:
        """The blanks that should lie in the cupboard."""
        return self.aggregate(sum=Sum("sheets"))["sum"] or 0


class StockEntry(models.Model):
    """One movement of yellow blanks. Append-only: a mistake is put right by another.

    `sheets` is signed: received is positive, used and spoiled are negative. A count
    writes the difference between what lay there and what should have.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="stock")
    movement = models.CharField(_("movement"), max_length=8, choices=Movement)
    sheets = models.IntegerField(_("sheets"))
    counted = models.PositiveIntegerField(_("counted"), null=True)
    print = models.ForeignKey(
        Print, models.PROTECT, null=True, related_name="stock_entries"
    )
    # Two clicks on one form are one movement; entries of print runs have no form.
    key = models.UUIDField(null=True, unique=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = StockEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock entry")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["office", "-at"], name="stock_by_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["print", "movement"], name="stock_moves_once_per_print"
            ),
            models.CheckConstraint(
                name="stock_sheets_have_the_right_sign",
                condition=Q(movement=Movement.RECEIVED, sheets__gt=0)
                | Q(movement__in=[Movement.USED, Movement.SPOILED], sheets__lt=0)
                | Q(movement=Movement.COUNTED, counted__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.movement} {self.sheets}"
