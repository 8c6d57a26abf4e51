"""What an officer found and wrote while a case lay on the desk."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.issuance.models import Application
from services.office.models import Officer


class Verdict(models.Model):
    """One section or document of one application: in order, or what is wrong with it.

    A verdict of an earlier round is replaced; what the applicant was told stays as a
    Correction of that round's step.
    """

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="verdicts"
    )
    item = models.CharField(max_length=12)
    is_fine = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("verdict")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "item"], name="verdict_one_per_item"
            ),
            models.CheckConstraint(
                name="verdict_against_has_reason",
                condition=models.Q(is_fine=True) | ~models.Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.is_fine}"


class DecisionAct(models.TextChoices):
    APPROVE = "approve", _("Approved")
    SEND_BACK = "send_back", _("Sent back for correction")
    REJECT = "reject", _("Rejected")


class Decision(models.Model):
    """What an officer decided a moment ago and may still take back.

    Nothing has happened yet: no number is drawn and nobody is told. When its time has
    come a worker carries it out and the row is gone. One that could not be carried out
    says why in `problem` and waits for the officer.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="decision"
    )
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    act = models.CharField(max_length=9, choices=DecisionAct)
    # Item key -> reason against, "" where it is in order.
    verdicts = models.JSONField()
    note = models.TextField(blank=True)
    key = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    carry_out_at = models.DateTimeField()
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("decision")
        ordering = ["carry_out_at"]
        constraints = [
            models.CheckConstraint(
                name="decision_act_is_known",
                condition=models.Q(act__in=DecisionAct.values),
            )
        ]

    def __str__(self):
        return f"{self.act} {self.carry_out_at}"


class DeskNote(models.Model):
    """What was written beside the marks and is not decided yet; gone with the decision.

    Like a mark, it counts for as long as the case lies on the desk where it was kept.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="desk_note"
    )
    note = models.TextField(blank=True)
    name_agrees = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("desk note")

    def __str__(self):
        return self.note
