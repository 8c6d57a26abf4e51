"""The life of an application for an AK-1. Read this page first.

A status says whose turn it is. TRANSITIONS is the whole law of what may follow
what: a move that is not written here does not exist.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for an officer")
    IN_REVIEW = "in_review", _("Being checked")
    RETURNED = "returned", _("Sent back for correction")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


TRANSITIONS = {
    Status.DRAFT: (Status.SUBMITTED, Status.WITHDRAWN),
    Status.SUBMITTED: (Status.IN_REVIEW, Status.WITHDRAWN),
    # To another desk of the office: handed over, or left there too long.
    Status.IN_REVIEW: (
        Status.IN_REVIEW,
        Status.SUBMITTED,
        Status.RETURNED,
        Status.APPROVED,
        Status.REJECTED,
    ),
    Status.RETURNED: (Status.SUBMITTED, Status.WITHDRAWN),
    Status.APPROVED: (),
    Status.REJECTED: (),
    Status.WITHDRAWN: (),
}

WITH_APPLICANT = (Status.DRAFT, Status.RETURNED)
WITH_OFFICE = (Status.SUBMITTED, Status.IN_REVIEW)
OPEN = WITH_APPLICANT + WITH_OFFICE
CLOSED = (Status.APPROVED, Status.REJECTED, Status.WITHDRAWN)
