"""Which cases wait, lie on a desk, are decided; and how urgent they are."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.issuance.models import Application, Letter
from services.issuance.workflow import CLOSED, Status
from services.office.models import Office, Officer
from services.review.models import Decision

URGENCIES = {
    "lewat": _("Overdue"),
    "hari-ini": _("Today"),
    "nanti": _("Later"),
}


def sent_in(office: Office) -> QuerySet[Application]:
    """All that were handed in at least once."""
    return office.applications.exclude(receipt=None)


def waiting(office: Office, now: datetime) -> QuerySet[Application]:
    """Taken by nobody, or left on a desk for too long; what is due first is first."""
    lapsed = Q(status=Status.IN_REVIEW, decision=None) & (
        Q(lease_until=None) | Q(lease_until__lt=now)
    )
    free = sent_in(office).filter(Q(status=Status.SUBMITTED) | lapsed)
    return free.order_by("due_at", "submitted_at")


def on_desks(office: Office, now: datetime) -> QuerySet[Application]:
    """Somebody works on them, or has decided them a moment ago."""
    held = Q(lease_until__gte=now) | Q(decision__isnull=False)
    return sent_in(office).filter(held, status=Status.IN_REVIEW)


def sent_back(office: Office, now: datetime) -> QuerySet[Application]:
    return sent_in(office).filter(status=Status.RETURNED)


def decided(office: Office, now: datetime) -> QuerySet[Application]:
    return sent_in(office).filter(status__in=CLOSED)


def held_by(officer: Officer) -> QuerySet[Application]:
    return Application.objects.filter(
        office=officer.office, status=Status.IN_REVIEW, reviewer=officer.user
    ).order_by("due_at")


def desk_of(officer: Officer) -> QuerySet[Application]:
    """What they took and have not decided; the one that is due first comes first."""
    return held_by(officer).filter(decision=None)


def decisions_of(officer: Officer) -> QuerySet[Decision]:
    """What they decided a moment ago, and what could not be carried out."""
    mine = Decision.objects.filter(officer=officer)
    return mine.select_related("application__applicant").order_by("-at")


def letters_given_up(office: Office) -> QuerySet[Letter]:
    """Messages of this office that did not get through; the newest first."""
    mine = Letter.objects.given_up().filter(application__office=office)
    return mine.order_by("-written_at")


def urgency(application: Application, now: datetime) -> str:
    """A key of URGENCIES: against the office's promise, in the office's own day."""
    if application.due_at < now:  # type: ignore[operator]
        return "lewat"
    zone = application.office.zone
    same_day = application.due_at.astimezone(zone).date() <= now.astimezone(zone).date()
    return "hari-ini" if same_day else "nanti"


def by_urgency(
    applications: Iterable[Application], now: datetime
) -> list[tuple[str | Promise, list[Application]]]:
    """(title, cases) of applications that come in the order of their promise."""
    groups = groupby(applications, key=lambda one: urgency(one, now))
    return [(URGENCIES[key], list(cases)) for key, cases in groups]
