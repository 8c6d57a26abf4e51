"""What becomes of a card: reports, work found, what employers say, reminders."""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.sealed import seal, unseal
from ak1portal.tokens import new_token
from applicants import codes
from applicants.models import Applicant
from services.issuance.models import Card, RegisterEvent


class Via(models.TextChoices):
    """By which way it came."""

    LINK = "link", _("by the link in our message")
    ACCOUNT = "account", _("by the holder, signed in")
    DESK = "desk", _("at the counter")


class Answer(models.TextChoices):
    LOOKING = "looking", _("still looking for work")
    HIRED = "hired", _("found work")


class Receiver(models.TextChoices):
    """Who took the person on: the rows 21 to 26 of IPK III/8."""

    GOVERNMENT = "21", _("Government office")
    STATE_COMPANY = "22", _("State or regional company (BUMN/BUMD)")
    COOPERATIVE = "23", _("Cooperative")
    COMPANY = "24", _("Private company")
    OTHER = "25", _("Another kind of business")
    PERSON = "26", _("A private person")


class Ordinal(models.IntegerChoices):
    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")


class Report(models.Model):
    """A six-monthly report that was made: one row of the table on the card."""

    card = models.ForeignKey(Card, models.PROTECT, related_name="reports")
    ordinal = models.PositiveSmallIntegerField(_("report"), choices=Ordinal)
    due_on = models.DateField(_("due"))
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    via = models.CharField(max_length=7, choices=Via)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=7, choices=Answer)

    class Meta:
        verbose_name = _("report")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "ordinal"], name="report_once_per_card"
            ),
            models.CheckConstraint(
                name="report_is_one_of_three", condition=Q(ordinal__in=[1, 2, 3])
            ),
        ]

    def __str__(self):
        return f"{self.card} {self.ordinal}"


class Placement(models.Model):
    """Work that the holder of a card found; over when the card is active again."""

    card = models.ForeignKey(Card, models.PROTECT, related_name="placements")
    employer = models.CharField(_("employer"), max_length=100)
    # A section of KBLI; J to U mean something else in another version.
    sector = models.CharField(_("sector"), max_length=1)
    sector_version = models.CharField(max_length=4)
    job_title = models.CharField(_("job"), max_length=100)
    # KBJI 2014: sub-major group of the job found.
    job_group = models.CharField(_("job group"), max_length=2)
    kind = models.CharField(_("where"), max_length=4, choices=codes.PlacementKind)
    receiver = models.CharField(_("kind of employer"), max_length=2, choices=Receiver)
    started_on = models.DateField(_("first day of work"))
    placed_at = models.DateTimeField(default=timezone.now)
    via = models.CharField(max_length=7, choices=Via)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    event = models.OneToOneField(
        RegisterEvent, models.PROTECT, related_name="placement_row"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("placement")
        ordering = ["placed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card"],
                name="placement_one_at_a_time",
                condition=Q(ended_at=None),
            )
        ]

    def __str__(self):
        return f"{self.card} {self.employer}"

    @property
    def sector_title(self) -> str:
        return str(codes.sectors(self.sector_version)[self.sector])

    @property
    def job_group_title(self) -> str:
        return str(codes.job_group(self.job_group) or self.job_group)


class EmployerReportQuerySet(models.QuerySet):
    def pending(self) -> Self:
        return self.filter(state=EmployerReport.State.PENDING)

    def of(self, applicant: Applicant | UUID) -> Self:
        """What employers said of any card of this person."""
        return self.filter(card__application__applicant=applicant)


class EmployerReport(models.Model):
    """An employer, without an account, says that the holder of a card works there.

    It changes nothing until the holder or the desk confirms it. How the employer can
    be reached is sealed.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting for the holder")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        OVERTAKEN = "overtaken", _("settled by something else")

    token = models.CharField(
        max_length=26, unique=True, default=new_token, editable=False
    )
    key = models.UUIDField(unique=True)
    card = models.ForeignKey(Card, models.PROTECT, related_name="employer_reports")
    company = models.CharField(_("employer"), max_length=100)
    contact_sealed = models.BinaryField()
    started_on = models.DateField(_("first day of work"))
    made_at = models.DateTimeField(_("received"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.PENDING
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    placement = models.OneToOneField(
        Placement, models.PROTECT, null=True, related_name="employer_report"
    )

    objects = EmployerReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of an employer")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "card",
                Lower("company"),
                name="employer_report_waits_once",
                condition=Q(state="pending"),
            ),
            models.CheckConstraint(
                name="employer_report_settled_at_some_time",
                condition=Q(state="pending", settled_at=None)
                | (~Q(state="pending") & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="employer_report_confirmed_is_a_placement",
                condition=Q(state="confirmed", placement__isnull=False)
                | (~Q(state="confirmed") & Q(placement=None)),
            ),
        ]

    def __str__(self):
        return f"{self.card} {self.company}"

    def get_absolute_url(self):
        return reverse("register:employer_report", args=[self.token])

    @property
    def contact(self) -> str:
        sealed = unseal(self.contact_sealed, f"employer_report.contact|{self.token}")
        return sealed.decode()

    @contact.setter
    def contact(self, plain: str) -> None:
        context = f"employer_report.contact|{self.token}"
        self.contact_sealed = seal(plain.encode(), context)

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(
            from_queryset=EmployerReport.objects.select_for_update(of=("self",))
        )


class Reminder(models.Model):
    """That the holder was told: a report is due, or the card will lapse. Once each."""

    class Kind(models.TextChoices):
        DUE = "due", _("a report is due")
        LAPSE = "lapse", _("the card will lapse")

    card = models.ForeignKey(Card, models.PROTECT, related_name="reminders")
    ordinal = models.PositiveSmallIntegerField(choices=Ordinal)
    kind = models.CharField(max_length=5, choices=Kind)
    # The day at the office.
    day = models.DateField()

    class Meta:
        verbose_name = _("reminder")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "ordinal", "kind"], name="reminder_once"
            )
        ]

    def __str__(self):
        return f"{self.card} {self.ordinal} {self.kind}"
