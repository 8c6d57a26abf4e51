"""Who may decide what. A rule answers with a reason, or None.

Answers are shown to an office only while they stand still for its decision, that is
until the card is authorised, the application is sent back, rejected or withdrawn. They
are somebody's life and go on changing; what was decided stands in the history, what was
printed on the card.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from applicants.models import Applicant
from services.issuance.models import Application
from services.issuance.workflow import WITH_OFFICE, Status
from services.office.models import Officer

# How long a case stays on a desk where nobody touches it.
LEASE = timedelta(minutes=15)


def bars_desk(officer: Officer) -> str | None:
    """Why this officer may not hold cases, or None.

    Whether somebody may hold cases at all.
    """
    if not (officer.is_active and officer.decides):
        return _("Your role reads cases and does not decide them.")
    return None


def bars_taking(
    application: Application, officer: Officer, now: datetime
) -> str | None:
    """Why this officer may not take the case, or None.

    A case that nobody has worked on since its lease ended goes to whoever asks.
    """
    if reason := bars_desk(officer):
        return reason
    if application.status == Status.IN_REVIEW and not has_lapsed(application, now):
        if application.reviewer_id == officer.user_id:
            return _("You have already taken this application.")
        return _("%(name)s took this application at %(time)s.") % _last_step(
            application
        )
    if application.status not in WITH_OFFICE:
        return _("This application is now “%(status)s”.") % {
            "status": application.get_status_display()
        }
    return None


def has_lapsed(application: Application, now: datetime) -> bool:
    """Whether the officer who took it has left it alone for too long."""
    return (
        application.status == Status.IN_REVIEW
        and (application.lease_until is None or application.lease_until < now)
        and not hasattr(application, "decision")
    )


def bars_handing_over(
    application: Application, officer: Officer, to: Officer
) -> str | None:
    """Why this officer may not hand the case over, or None.

    Who holds a case gives it to a colleague; a supervisor gives any to anybody.
    """
    if officer.supervises and application.is_with_office:
        reason = _bars_decided(application)
    else:
        reason = bars_decision(application, officer)
    if reason:
        return reason
    if to.office_id != application.office_id or bars_desk(to):
        return _("%(name)s cannot decide cases here.") % {"name": to.name}
    if is_on_desk_of(application, to):
        return _("This application is already on the desk of %(name)s.") % {
            "name": to.name
        }
    return None


def is_on_desk_of(application: Application, officer: Officer) -> bool:
    return (
        application.status == Status.IN_REVIEW
        and application.reviewer_id == officer.user_id
    )


def bars_release(application: Application, officer: Officer) -> str | None:
    """Why this officer may not put the case back, or None.

    Who took it gives it back; a supervisor does it for somebody who is away.
    """
    if application.status == Status.IN_REVIEW and officer.supervises:
        return _bars_decided(application)
    return bars_decision(application, officer)


def shows_answers(application: Application) -> bool:
    """Whether the office may still read what the person says about themselves.

    Only while the answers stand still for this application: they are somebody's life,
    which goes on after the decision and is none of a former office's business.
    """
    card = getattr(application, "card", None)
    waits = card is not None and not card.authorised_at and not card.voided_at
    return application.is_with_office or waits


def bars_decision(application: Application, officer: Officer) -> str | None:
    """Why this officer may not decide the case, or None.

    Only who holds the case decides; what was decided says by whom and when.
    """
    if reason := bars_desk(officer):
        return reason
    if application.status != Status.IN_REVIEW:
        return _("This application is now “%(status)s” (%(name)s, %(time)s).") % {
            "status": application.get_status_display(),
            **_last_step(application),
        }
    if application.reviewer_id != officer.user_id:
        return _("%(name)s took this application at %(time)s.") % _last_step(
            application
        )
    return _bars_decided(application)


def _bars_decided(application: Application) -> str | None:
    """Between a decision and its effect nobody else decides."""
    decision = getattr(application, "decision", None)
    if decision is None:
        return None
    return _("%(name)s decided “%(act)s” at %(time)s. It can still be taken back.") % {
        "name": decision.officer.name,
        "act": decision.get_act_display(),
        "time": _clock(decision.at, application.office),
    }


def bars_undoing(application: Application, officer: Officer) -> str | None:
    """Why this officer may not take the decision back, or None.

    Only who decided takes it back, and only before it is carried out.
    """
    decision = getattr(application, "decision", None)
    if decision is None:
        return _("It is too late: the decision has been carried out.")
    if decision.officer_id != officer.pk:
        return _bars_decided(application)
    return None


def bars_approval(application: Application, verdicts: Mapping[str, str]) -> str | None:
    """Why the case may not be approved with these verdicts, or None.

    `verdicts`: item key -> reason against, "" where it is in order.
    """
    if any(verdicts.values()):
        return _("Something is marked for correction: send it back, or clear the mark.")
    applicant = application.applicant
    proven = Applicant.objects.filter(
        nik_index=applicant.nik_index, nik_proven_at__isnull=False
    ).exclude(pk=applicant.pk)
    if proven.exists():
        return _(
            "This NIK was already proven by another person’s record. Check the identity"
            " card, and reject the record that is wrong."
        )
    return None


def bars_sending_back(verdicts: Mapping[str, str], note: str) -> str | None:
    """Why the case may not be sent back with these verdicts, or None."""
    if not any(verdicts.values()) and not note:
        return _("Mark at least one item, or write what should be corrected.")
    return None


def _last_step(application) -> dict:
    step = application.steps.select_related("by__officer").last()
    officer = getattr(step.by, "officer", None) if step else None
    return {
        "name": officer.name if officer else _("the applicant"),
        "time": _clock(step.at, application.office) if step else "",
    }


def _clock(moment, office) -> str:
    local = moment.astimezone(ZoneInfo(office.time_zone))
    return f"{local:%H.%M} {office.get_time_zone_display()}"
