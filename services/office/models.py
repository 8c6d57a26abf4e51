"""The counter itself: the office, the people who work there, the journal of acts."""

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal import audience
from ak1portal.tokens import new_token
from applicants.models import DocumentKind
from services.office.hours import Hours
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


class PromiseUnit(models.TextChoices):
    DAYS = "days", _("working days")
    MINUTES = "minutes", _("minutes of opening time")


class TimeZone(models.TextChoices):
    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


# What an office may demand beside identity card, diploma and photo.
MORE_PAPERS = (
    DocumentKind.FAMILY_CARD,
    DocumentKind.CERTIFICATE,
    DocumentKind.EXPERIENCE_LETTER,
)


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

    promise_unit = models.CharField(
        _("promise: counted in"),
        max_length=7,
        choices=PromiseUnit,
        default=PromiseUnit.DAYS,
    )
    promise_minutes = models.PositiveSmallIntegerField(
        _("promise: minutes of opening time to a decision"),
        default=60,
        validators=[MinValueValidator(5), MaxValueValidator(2400)],
    )
    promise_days = models.PositiveSmallIntegerField(
        _("promise: working days to a decision"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    # A list of MORE_PAPERS, in their order.
    required_papers = models.JSONField(
        _("papers required beside KTP, diploma and photo"), default=list, blank=True
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
    # NULL: a missed report never ends a card here. No common rule was found.
    lapse_days = models.PositiveSmallIntegerField(
        _("days after a missed report until the card lapses (empty: never)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(7), MaxValueValidator(365)],
    )
    remind_days = models.PositiveSmallIntegerField(
        _("days before a report is due on which the holder is reminded"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    # Off until the office says so: the privacy page promises it (UU 27/2022).
    lets_others_serve = models.BooleanField(
        _("other offices may serve people who are registered here"),
        default=False,
        db_default=False,
    )
    whatsapp = models.BooleanField(
        _("messages go by WhatsApp too, where the portal has a provider"),
        default=False,
    )
    # NULL: a card on a graduation letter (SKL) is as good as one on a diploma here.
    diploma_days = models.PositiveSmallIntegerField(
        _(
            "days after issue by which a diploma replaces the graduation letter (SKL;"
            " empty: not asked)"
        ),
        null=True,
        blank=True,
        default=180,
        validators=[MinValueValidator(14), MaxValueValidator(730)],
    )
    counts_blanks = models.BooleanField(
        _("keeps count of yellow card blanks"), default=False
    )

    class Meta:
        verbose_name = _("office")
        ordering = ["region_code"]

    def __str__(self):
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def more_papers(self) -> list:
        """The names of the papers that it demands beside those of every office."""
        return [DocumentKind(kind).label for kind in self.required_papers]

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(from_queryset=Office.objects.select_for_update())

    def hours(self) -> Hours:
        """When it serves. Asks the database for opening times and holidays."""
        week = defaultdict(tuple)
        for span in self.opening_times.all():
            week[span.weekday] += ((span.opens, span.closes),)
        closed = frozenset(self.holidays.values_list("day", flat=True))
        return Hours(dict(week), closed) if week else Hours(holidays=closed)

    def promised_by(self, moment: datetime) -> datetime:
        """By when it promises to decide what arrives at `moment`."""
        hours, moment = self.hours(), moment.astimezone(self.zone)
        if self.promise_unit == PromiseUnit.MINUTES:
            return hours.after_minutes(moment, self.promise_minutes)
        return hours.after_days(moment, self.promise_days)


class OpeningTime(models.Model):
    """When the office serves on a weekday; two rows where it closes at noon."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="opening_times")
    weekday = models.PositiveSmallIntegerField(_("day of the week"))  # 0 is Monday
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening time")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                name="opening_time_closes_after_it_opens",
                condition=models.Q(closes__gt=models.F("opens")),
            ),
            models.CheckConstraint(
                name="opening_time_is_on_a_weekday",
                condition=models.Q(weekday__lte=6),
            ),
        ]

    def __str__(self):
        return f"{self.weekday} {self.opens}–{self.closes}"


class Holiday(models.Model):
    """A day on which the office is closed: national, joint leave, or its own."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="holidays")
    day = models.DateField(_("day"))
    name = models.CharField(_("holiday"), max_length=80)

    class Meta:
        verbose_name = _("holiday")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day"],
                name="holiday_once_per_day",
                violation_error_message=_("This day is already a holiday."),
            )
        ]

    def __str__(self):
        return f"{self.day} {self.name}"


class MessageText(models.Model):
    """One version of the text of a message. A new wording is a new row.

    An empty one says that from then on the portal's own wording counts again.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="texts")
    kind = models.CharField(_("message"), max_length=24)
    version = models.PositiveSmallIntegerField(_("version"))
    subject = models.CharField(_("subject"), max_length=120)
    body = models.TextField(_("text"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message text")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "version"], name="text_version_once"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.version}"


class Reason(models.Model):
    """One thing this office often asks people to correct, in the words they read.

    `item` is a section or a kind of document as services.issuance.items names them;
    "" fits every item.
    """

    token = models.CharField(
        max_length=26, unique=True, default=new_token, editable=False
    )
    office = models.ForeignKey(Office, models.CASCADE, related_name="reasons")
    item = models.CharField(_("about"), max_length=12, blank=True)
    label = models.CharField(_("short name"), max_length=40)
    sentence = models.CharField(_("what the applicant reads"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reason")
        ordering = ["item", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "item", "label"], name="reason_once_per_item"
            )
        ]

    def __str__(self):
        return self.label


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
