"""The hall: counters, the rule of the office, and the tickets of a day."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ak1portal.refusals import Refused
from ak1portal.tokens import new_token
from applicants.models import Applicant, User
from services.hall import terms
from services.hall.workflow import AT_COUNTER, OPEN, TRANSITIONS, Status
from services.office.models import Office


class HallRule(models.Model):
    """How one office gives queue tickets. An office without a row gives none."""

    office = models.OneToOneField(Office, models.CASCADE, related_name="hall_rule")
    gives_tickets = models.BooleanField(_("gives queue tickets"), default=False)
    quota = models.PositiveSmallIntegerField(
        _("tickets that can be booked for each opening hour"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    days_ahead = models.PositiveSmallIntegerField(
        _("open days ahead that can be booked (0: today only)"),
        default=3,
        validators=[MaxValueValidator(14)],
    )
    opens_at = models.TimeField(
        _("time from which a new day can be booked"), default=time(6)
    )
    notice = models.CharField(_("notice for the hall"), max_length=200, blank=True)
    screen_token = models.CharField(max_length=26, unique=True, default=new_token)

    class Meta:
        verbose_name = _("rule of the hall")
        constraints = [
            models.CheckConstraint(
                name="hall_rule_quota_is_not_zero", condition=Q(quota__gte=1)
            )
        ]

    def __str__(self):
        return str(self.office)

    @classmethod
    def of(cls, office: Office) -> "HallRule":
        """The rule of this office; where there is none, one that gives no tickets."""
        return cls.objects.filter(office=office).first() or cls(office=office)


class Counter(models.Model):
    """A place where people are served (loket)."""

    token = models.CharField(
        max_length=26, unique=True, default=new_token, editable=False
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="counters")
    name = models.CharField(_("name"), max_length=20)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("counter")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "name"], name="counter_name_once_per_office"
            )
        ]

    def __str__(self):
        return self.name

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(
            from_queryset=Counter.objects.select_for_update(of=("self",))
        )


class Series(models.TextChoices):
    """The letter before the number: whoever hears it knows which line is meant."""

    DOOR = "A", _("taken at the door")
    BOOKED = "B", _("booked for an hour")


class Purpose(models.TextChoices):
    NEW = "new", _("Apply for a new card")
    RENEWAL = "renewal", _("Renew a card")
    COLLECT = "collect", _("Collect a card")
    REPORT = "report", _("Six-monthly report")
    OTHER = "other", _("Something else")


class TicketSerial(models.Model):
    """The last number of an office, a day and a series. Whoever draws holds the row."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    day = models.DateField()
    series = models.CharField(max_length=1, choices=Series)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("running number of a day")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day", "series"], name="ticket_serial_once_per_day"
            )
        ]

    def __str__(self):
        return f"{self.office} {self.day} {self.series}"


class TicketQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def waiting(self, office: Office, day: date) -> Self:
        return self.filter(office=office, day=day, status=Status.WAITING)


class Ticket(models.Model):
    """One place in the queue of one day. Only `move` changes its status."""

    token = models.CharField(
        max_length=26, unique=True, default=new_token, editable=False
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="tickets")
    # The day at the office, and the hour that was booked; NULL: taken at the door.
    day = models.DateField(_("day"))
    slot = models.TimeField(_("hour"), null=True)
    series = models.CharField(max_length=1, choices=Series)
    number = models.PositiveIntegerField(_("number"))
    # NULL: taken at the door, by somebody we do not know.
    applicant = models.ForeignKey(
        Applicant, models.PROTECT, null=True, related_name="tickets"
    )
    purpose = models.CharField(_("purpose"), max_length=7, choices=Purpose)
    key = models.UUIDField(null=True, unique=True)
    taken_at = models.DateTimeField(_("taken"), default=timezone.now)

    status = models.CharField(
        _("status"), max_length=9, choices=Status, default=Status.WAITING
    )
    # Who moved it last, and when; NULL: the clock.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    moved_at = models.DateTimeField(default=timezone.now)
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, related_name="tickets"
    )
    first_called_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(_("called"), null=True)
    served_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("queue ticket")
        ordering = ["day", "series", "number"]
        indexes = [
            models.Index(fields=["office", "day", "status"], name="ticket_queue")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day", "series", "number"],
                name="ticket_number_once_per_day",
            ),
            # Two open tabs, two offices: one place for one person.
            models.UniqueConstraint(
                fields=["applicant", "day"],
                name="ticket_one_open_per_person_and_day",
                condition=Q(status__in=OPEN),
            ),
            models.UniqueConstraint(
                fields=["counter"],
                name="ticket_one_at_a_counter",
                condition=Q(status__in=AT_COUNTER),
            ),
            models.CheckConstraint(
                name="ticket_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="ticket_booked_has_hour_and_person",
                condition=Q(
                    series=Series.BOOKED, slot__isnull=False, applicant__isnull=False
                )
                | Q(series=Series.DOOR, slot=None, applicant=None),
            ),
            models.CheckConstraint(
                name="ticket_called_has_counter",
                condition=~Q(status__in=(*AT_COUNTER, Status.DONE))
                | Q(
                    counter__isnull=False,
                    called_at__isnull=False,
                    first_called_at__isnull=False,
                ),
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        """The owner's page; what was taken at the door has a page for its holder."""
        name = "hall:ticket" if self.applicant_id else "hall:follow"
        return reverse(name, args=[self.token])

    @property
    def label(self) -> str:
        """As it is called and shown: A-012."""
        return f"{self.series}-{self.number:03d}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def slot_begins(self) -> datetime | None:
        """The moment at which its hour begins. Needs the office."""
        if self.slot is None:
            return None
        return datetime.combine(self.day, self.slot, tzinfo=self.office.zone)

    @property
    def slot_ends(self) -> datetime | None:
        begins = self.slot_begins
        return begins + terms.ONE_HOUR if begins else None

    @property
    def waited(self) -> timedelta | None:
        """From its hour, or from taking it, to the first call."""
        if self.first_called_at is None:
            return None
        since = max(self.taken_at, self.slot_begins or self.taken_at)
        return max(self.first_called_at - since, timedelta())

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(
            from_queryset=Ticket.objects.select_for_update(of=("self",))
        )

    def move(self, to: Status, *, by: User | None, **facts) -> None:
        """Take one step of the workflow. Only actions call this.

        `facts` are the fields that become true with the step.
        """
        if to not in TRANSITIONS[self.status]:  # type: ignore[index]
            raise Refused(
                gettext("Number %(number)s is now “%(status)s”.")
                % {"number": self.label, "status": self.get_status_display()}
            )
        self.status = to
        facts |= {"by": by, "moved_at": timezone.now()}
        for field, value in facts.items():
            setattr(self, field, value)
        self.save(update_fields=["status", *facts])
