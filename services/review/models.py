"""What an officer found and wrote while a case lay on the desk."""

import json

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.sealed import default_storage, seal, unseal
from ak1portal.tokens import new_token
from applicants.models import Applicant
from services.issuance.models import Application
from services.office.models import Office, Officer


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


class StaffNote(models.Model):
    """What the office writes down about a person for itself. Only ever added to.

    The applicant never sees it in the portal; whoever writes it signs it.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="staff_notes")
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("note"), max_length=1000)

    class Meta:
        verbose_name = _("note for colleagues")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class Earlier(models.Model):
    """What an application said when it was sent back, until it is decided.

    So that the officer who sees it again need look only at what is different.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="earlier"
    )
    at = models.DateTimeField(default=timezone.now)
    told_sealed = models.BinaryField()

    class Meta:
        verbose_name = _("earlier answers")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"

    @property
    def told(self) -> dict[str, list]:
        """Section key -> pairs of a question and its lines, in Indonesian."""
        plain = unseal(self.told_sealed, f"earlier|{self.application_id}")
        return json.loads(plain)

    @told.setter
    def told(self, sections: dict[str, list]) -> None:
        plain = json.dumps(sections, ensure_ascii=False, sort_keys=True)
        self.told_sealed = seal(plain.encode(), f"earlier|{self.application_id}")


class EarlierPage(models.Model):
    """A page of a document as it was then: a copy, because the person may replace it.

    `document` is the token of the document; one that still has it was not replaced.
    """

    earlier = models.ForeignKey(Earlier, models.CASCADE, related_name="pages")
    token = models.CharField(
        max_length=26, unique=True, default=new_token, editable=False
    )
    kind = models.CharField(max_length=12)
    document = models.CharField(max_length=26)
    sha256 = models.BinaryField()
    file = models.CharField(max_length=80)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("earlier page")
        ordering = ["pk"]

    def __str__(self):
        return self.kind

    def read(self) -> bytes:
        with default_storage.open(self.file) as file:
            return file.read()
