"""The counter itself: the office, the people who work there, the journal of acts."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal import audience
from ak1portal.tokens import new_token
from services.office.numbering import DEFAULT_PATTERN, check_pattern


class Layout(models.TextChoices):
    A = "A", _("A: folded landscape card, two sides")
    B = "B", _("B: one A4 page, “Formulir AK/I”")


class Paper(models.TextChoices):
    CARD = "330x120", _("card stock 330 × 120 mm (layout A)")
    A4 = "A4", _("A4")


class ReportLabels(models.TextChoices):
    PERTAMA = "pertama", "PERTAMA, KEDUA, KETIGA"
    KESATU = "kesatu", "Kesatu, Kedua, Ketiga"


class PhotoBackground(models.TextChoices):
    ANY = "any", _("any plain background")
    RED = "red", _("red")
    BLUE = "blue", _("blue")


class TimeZone(models.TextChoices):
    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Office(models.Model):
    """A labour office (Dinas). What differs from office to office stands here."""

    region_code = models.CharField(
        _("region code"),
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^\d{4}\Z", _("Four digits, for example 3301."))],
    )
    is_active = models.BooleanField(_("takes applications"), default=True)
    time_zone = models.CharField(
        _("time zone"), max_length=20, choices=TimeZone, default=TimeZone.WIB
    )

    government = models.CharField(
        _("government"),
        max_length=80,
        help_text=_("First line of the letterhead: PEMERINTAH KABUPATEN …"),
    )
    name = models.CharField(
        _("office"),
        max_length=100,
        help_text=_("Second line of the letterhead: DINAS …"),
    )
    address = models.CharField(_("address"), max_length=160)
    city = models.CharField(_("city named before the date"), max_length=40)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.CharField(_("website"), max_length=80, blank=True)
    logo = models.CharField(_("coat of arms"), max_length=80, blank=True)

    number_pattern = models.CharField(
        _("number pattern"),
        max_length=80,
        default=DEFAULT_PATTERN,
        validators=[check_pattern],
    )
    layout = models.CharField(
        _("card layout"), max_length=1, choices=Layout, default=Layout.A
    )
    paper = models.CharField(
        _("paper"), max_length=8, choices=Paper, default=Paper.CARD
    )
    yellow_background = models.BooleanField(
        _("print the yellow background (switch off for yellow card stock)"),
        default=True,
    )
    report_labels = models.CharField(
        _("report rows"),
        max_length=8,
        choices=ReportLabels,
        default=ReportLabels.PERTAMA,
    )
    signer_title = models.CharField(
        _("signer’s title"), max_length=80, default="PENGANTAR KERJA"
    )
    signer_name = models.CharField(_("signer’s name"), max_length=80)
    signer_nip = models.CharField(_("signer’s NIP"), max_length=25, blank=True)

    promise_days = models.PositiveSmallIntegerField(
        _("promise: working days to a decision"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age"),
        default=18,
        validators=[MinValueValidator(15), MaxValueValidator(25)],
    )
    residents_only = models.BooleanField(
        _("only for people who live in this regency or city"), default=False
    )
    photo_background = models.CharField(
        _("photo background"),
        max_length=4,
        choices=PhotoBackground,
        default=PhotoBackground.ANY,
    )
    one_person_office = models.BooleanField(
        _("whoever approves may also authorise (offices with one person)"),
        default=False,
    )

    class Meta:
        verbose_name = _("office")
        ordering = ["region_code"]

    def __str__(self):
        return self.name


class Role(models.TextChoices):
    OFFICER = audience.OFFICER, _("Counter officer")
    SUPERVISOR = audience.SUPERVISOR, _("Supervisor")
    AUDITOR = audience.AUDITOR, _("Auditor")
    ADMINISTRATOR = audience.ADMINISTRATOR, _("Administrator")


class Officer(models.Model):
    """A person who works at an office, in one role."""

    token = models.CharField(
        max_length=26, unique=True, default=new_token, editable=False
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="officer"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="officers")
    role = models.CharField(_("role"), max_length=13, choices=Role)
    name = models.CharField(_("name"), max_length=80)
    nip = models.CharField(_("NIP"), max_length=25, blank=True)
    is_active = models.BooleanField(_("works here"), default=True)

    class Meta:
        verbose_name = _("officer")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="officer_role_is_known", condition=models.Q(role__in=Role.values)
            )
        ]

    def __str__(self):
        return self.name

    @property
    def decides(self) -> bool:
        return self.role in (Role.OFFICER, Role.SUPERVISOR)

    @property
    def supervises(self) -> bool:
        return self.role == Role.SUPERVISOR

    @property
    def audits(self) -> bool:
        return self.role == Role.AUDITOR

    @property
    def administers(self) -> bool:
        return self.role == Role.ADMINISTRATOR


class JournalEntry(models.Model):
    """One act of an officer that changed no case: a look at a paper, a setting.

    Written once and never changed. `subject` names the thing by its public token or
    its setting, never by NIK or address.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="journal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)

    class Meta:
        verbose_name = _("journal entry")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["office", "-at"], name="journal_by_office")]

    def __str__(self):
        return f"{self.act} {self.subject}"


class Heartbeat(models.Model):
    """When a worker last said that it lives; /healthz asks."""

    ALIVE_FOR = timedelta(seconds=60)

    worker = models.CharField(max_length=60, primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")

    def __str__(self):
        return self.worker
