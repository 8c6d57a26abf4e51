"""What may still be done with a card, and when. Answers with the reason why not.

Where something was done already, the reason says what, when and by whom: whoever
comes second must not have to ask.

Whoever's registration ended may apply anew, at any office: who moved, lapsed, asked for
it, or lost the work they had found. The old card stays “not active” until the new one
is authorised; that act replaces it. Its register line, closed already, is not closed
twice. A death is taken back first, by a supervisor.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from services.issuance.actions import today_at
from services.issuance.models import Card, Inactive
from services.issuance.rules_cards import bars_use
from services.issuance.validity import Validity, validity
from services.office.models import Office, Officer
from services.registry import ledger, lists, terms
from services.registry.models import EmployerReport, Placement, Report, Via


def bars_report(card: Card, today: date, ordinal: int | None = None) -> str | None:
    """Why no report may be made of this card now, or None.

    `ordinal`: the report that a link is for; whichever is open without one.
    """
    if reason := bars_life(card, today):
        return reason
    rows = lists.table(card, today)
    row = rows[ordinal - 1] if ordinal else _row_of(today, rows)
    named = {"ordinal": row.label, "number": card.number}
    if row.report:
        return report_in_words(row.report)
    if today < row.slot.opens_on:
        named["day"] = day_in_words(row.slot.opens_on)
        return (
            _("The %(ordinal)s report of card %(number)s can be made from %(day)s.")
            % named
        )
    if not row.is_open:
        return (
            _("The time for the %(ordinal)s report of card %(number)s is over.") % named
        )
    return None


def _row_of(today: date, rows: list) -> lists.Row:
    """The row of this day; before the first one opens it is the first."""
    return next((row for row in rows if row.slot.is_open_on(today)), rows[0])


def bars_placing(card: Card, today: date, ordinal: int | None = None) -> str | None:
    """Why this card's holder may not be placed, or None.

    `ordinal`: the report that a link is for; it ends with the report.
    """
    return bars_report(card, today, ordinal) if ordinal else bars_life(card, today)


def bars_removal(card: Card, today: date) -> str | None:
    """Why this card may not be taken out of the register, or None."""
    return bars_life(card, today)


def bars_life(card: Card, today: date) -> str | None:
    """Why the register has nothing more to expect of this card."""
    if reason := bars_use(card):
        return reason
    if today > card.expires_on:
        return _has_ended(card)
    if card.inactive_since:
        return inactive_in_words(card)
    return None


def bars_reactivation(
    card: Card, today: date, officer: Officer | None = None
) -> str | None:
    """Why this card may not be made active again, or None.

    The holder may return by themself who only did not report; others at the desk.
    """
    if reason := bars_use(card):
        return reason
    if today > card.expires_on or card.inactive_why == Inactive.EXPIRED:
        return _has_ended(card)
    if not card.inactive_since:
        return _("Card %(number)s is active.") % {"number": card.number}
    if officer is None and card.inactive_why != Inactive.LAPSED:
        return _("Please ask your office to make card %(number)s active again.") % {
            "number": card.number
        }
    if officer and card.inactive_why == Inactive.DIED and not officer.supervises:
        return _("Only a supervisor takes back that somebody died.")
    return None


def bars_employer(card: Card, today: date) -> str | None:
    """Why an employer may not report about this card, or None.

    For the public: no more than the public check says.
    """
    state = validity(card, today)
    if state == Validity.VALID:
        return None
    return {
        Validity.REPLACED: _(
            "This card has been replaced by a newer one. Please scan the newer card."
        ),
        Validity.UNAUTHORISED: _("This card is not authorised yet."),
        Validity.INACTIVE: _(
            "This card is not active any more: the office already knows that its"
            " holder is not looking for work. Nothing needs to be reported."
        ),
        Validity.EXPIRED: _(
            "This card ended on %(day)s. Nothing needs to be reported for it."
        )
        % {"day": day_in_words(card.expires_on)},
        Validity.VOID: _("The office has withdrawn this card. It is not valid."),
    }[state]


def bars_hearing(card: Card, company: str, today: date) -> str | None:
    """Why this company's report may not be taken, or None.

    A company says it once, whether the holder has answered or not.
    """
    if reason := bars_employer(card, today):
        return reason
    said = card.employer_reports.annotate(folded=Lower("company")).filter(
        folded=company.lower(),
        state__in=(EmployerReport.State.PENDING, EmployerReport.State.REFUSED),
    )
    if earlier := said.first():
        return _(
            "The office already has a report of %(company)s for this card, of %(when)s."
            " If something about it is wrong, please ask the office."
        ) % {
            "company": earlier.company,
            "when": moment_in_words(earlier.made_at, card.office),
        }
    return None


def bars_settling(report: EmployerReport) -> str | None:
    """Why this employer's report may not be answered, or None.

    An answer to an employer's report is given once, by the holder or the desk.
    """
    if report.state == EmployerReport.State.PENDING:
        return None
    return _("The report of %(company)s was settled on %(when)s: %(state)s%(by)s.") % {
        "company": report.company,
        "when": moment_in_words(report.settled_at, report.card.office),  # type: ignore[arg-type]
        "state": report.get_state_display(),
        "by": _by(report.settled_by),
    }


def bars_confirming(
    report: EmployerReport, today: date, *, officer: Officer | None = None
) -> str | None:
    """Why the desk may not confirm this employer's report yet, or None.

    The desk believes an employer only when the holder has had time to answer.
    """
    if reason := bars_settling(report):
        return reason
    if officer and today <= holder_answers_until(report):
        return _(
            "The holder may answer until %(day)s. If the holder is here, enter the work"
            " on the page of the card."
        ) % {"day": day_in_words(holder_answers_until(report))}
    return bars_placing(lists.now_of(report.card), today)


def holder_answers_until(report: EmployerReport) -> date:
    """Until when the desk waits for the holder."""
    asked = report.made_at.astimezone(ZoneInfo(report.card.office.time_zone)).date()
    return asked + timedelta(days=terms.ANSWER_DAYS)


def bars_opening(office: Office, day: date) -> str | None:
    """Why no old balance may be entered, or None.

    An old balance is entered once, for a day before the register begins.
    """
    entered = ledger.old_balance(office).first()
    if entered:
        return _("The old balance was entered on %(when)s by %(name)s.") % {
            "when": moment_in_words(entered.at, office),
            "name": _name(entered.by),
        }
    first = ledger.first_own_day(office)
    if first and day >= first:
        return _(
            "The register of this office begins on %(day)s. The old balance must be of"
            " an earlier day."
        ) % {"day": day_in_words(first)}
    if day > today_at(office):
        return _("This day has not come yet.")
    return None


# In words ---------------------------------------------------------------------------


def report_in_words(report: Report) -> str:
    return _(
        "The %(ordinal)s report of card %(number)s was made on %(when)s, %(how)s."
    ) % {
        "ordinal": report.get_ordinal_display(),
        "number": report.card.number,
        "when": moment_in_words(report.reported_at, report.card.office),
        "how": how(report),
    }


def inactive_in_words(card: Card) -> str:
    """Since when a card is not active, why, and for a placement where and by whom."""
    placement = lists.placement_of(card)
    if card.inactive_why == Inactive.PLACED and placement:
        return _(
            "Card %(number)s is not active: work at %(employer)s was entered on"
            " %(when)s, %(how)s."
        ) % {
            "number": card.number,
            "employer": placement.employer,
            "when": moment_in_words(placement.placed_at, card.office),
            "how": how(placement),
        }
    return _("Card %(number)s has not been active since %(when)s: %(why)s.") % {
        "number": card.number,
        "when": moment_in_words(card.inactive_since, card.office),  # type: ignore[arg-type]
        "why": card.get_inactive_why_display(),
    }


def how(done: Report | Placement) -> str:
    """By which way, and at the counter by whom."""
    return done.get_via_display() + (_by(done.by) if done.via == Via.DESK else "")


def _by(user) -> str:
    return _(", by %(name)s") % {"name": _name(user)} if _name(user) else ""


def _name(user) -> str:
    officer = getattr(user, "officer", None)
    return officer.name if officer else ""


def _has_ended(card: Card) -> str:
    return _("Card %(number)s ended on %(day)s.") % {
        "number": card.number,
        "day": day_in_words(card.expires_on),
    }


def day_in_words(day: date) -> str:
    return date_format(day, "j F Y")


def moment_in_words(moment: datetime, office: Office) -> str:
    """By the clock of the office: 22 November 2026, 14.30."""
    return date_format(moment.astimezone(ZoneInfo(office.time_zone)), "j F Y, H.i")
