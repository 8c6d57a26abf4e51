"""What has happened to an application so far, in the words its owner reads."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from services.issuance.models import Application
from services.issuance.workflow import Status


@dataclass(frozen=True)
class Event:
    at: datetime
    title: str | Promise
    note: str = ""
    by: str = ""


def of(application: Application, *, names: bool = False) -> list[Event]:
    """Oldest first. `names` adds who did it, for the people of the office."""
    titles = {
        Status.IN_REVIEW: _("An officer is checking it"),
        Status.RETURNED: _("Sent back for correction"),
        Status.APPROVED: _("Approved"),
        Status.REJECTED: _("Rejected"),
        Status.WITHDRAWN: _("Withdrawn by the applicant"),
    }
    events = [Event(application.created_at, _("Started"))]
    for step in application.steps.select_related("by__officer"):
        if step.from_status == step.to_status:
            # Which desk it lies on is the office's own affair.
            if names:
                by = _name(step.by, names)
                events.append(Event(step.at, _("To another desk"), step.note, by))
            continue
        title = titles.get(step.to_status) or _submitted(step)  # type: ignore[call-overload]
        events.append(Event(step.at, title, step.note, _name(step.by, names)))
    return events + _of_card(application, names)


def _submitted(step) -> str:
    return {
        Status.DRAFT: _("Received by the office"),
        Status.RETURNED: _("Corrected and sent again"),
    }.get(step.from_status, _("Back in the queue"))


def _of_card(application, names) -> list[Event]:
    card = getattr(application, "card", None)
    if card is None:
        return []
    events = []
    if card.authorised_at:
        by = _name(card.authorised_by, names)
        events.append(Event(card.authorised_at, _("Card authorised"), by=by))
    for print_ in card.prints.filter(outcome="good").select_related("run__by__officer"):
        by = _name(print_.run.by, names)
        title = _("Card printed")
        if print_.copy > 1:
            title = _("Card printed again (copy %(copy)d)") % {"copy": print_.copy}
        events.append(Event(print_.confirmed_at, title, by=by))
        if print_.handed_over_at:
            by = _name(print_.handed_over_by, names)
            to = _("To %(name)s") % {"name": print_.handed_over_to}
            events.append(Event(print_.handed_over_at, _("Card handed over"), to, by))
    if card.replaced_at:
        events.append(Event(card.replaced_at, _("Replaced by a newer card")))
    if card.voided_at:
        by = _name(card.voided_by, names)
        events.append(Event(card.voided_at, _("Card withdrawn"), card.void_reason, by))
    return sorted(events, key=lambda event: event.at)


def _name(user, names: bool) -> str:
    officer = getattr(user, "officer", None)
    return officer.name if names and officer else ""
