"""What an office can set: each concern, and what is set now in few words."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.office.hours import Hours, alike, written
from services.office.models import Office, PromiseUnit
from services.office.numbering import compose
from services.office.texts import OCCASIONS, newest


@dataclass(frozen=True)
class Concern:
    """A page of the settings; `name` is its url name."""

    name: str
    title: str
    now: str | Promise


def of(office: Office) -> list[Concern]:
    """In the order in which a new office goes through them."""
    return [
        Concern("office:letterhead", _("Letterhead"), _letterhead(office)),
        Concern("office:card", _("Card and signature"), _card(office)),
        Concern("office:number", _("Number pattern"), example(office)),
        Concern("office:requirements", _("Requirements"), _requirements(office)),
        Concern("office:promise", _("Promise"), promise(office)),
        Concern("office:hours", _("Opening hours"), week(office.hours())),
        Concern("office:holidays", _("Holidays"), _holidays(office)),
        Concern("office:reasons", _("Reasons"), _reasons(office)),
        Concern("office:texts", _("Message texts"), _texts(office)),
        Concern("office:after_card", _("After the card"), _after_card(office)),
        Concern("office:working", _("How this office works"), _working(office)),
        Concern("office:officers", _("Officers and roles"), _officers(office)),
    ]


def example(office: Office, pattern: str = "") -> str:
    """The first number of this year, if it were issued today."""
    today = timezone.localdate(timezone=office.zone)
    return compose(pattern or office.number_pattern, office.region_code, 1, today)


def promise(office: Office) -> str:
    if office.promise_unit == PromiseUnit.MINUTES:
        minutes = office.promise_minutes
        return ngettext(
            "%(count)d minute of opening time",
            "%(count)d minutes of opening time",
            minutes,
        ) % {"count": minutes}
    days = office.promise_days
    return ngettext("%(count)d working day", "%(count)d working days", days) % {
        "count": days
    }


def week(hours: Hours) -> str:
    """“Monday–Thursday 08.00–16.00; Friday 08.00–11.30”."""
    return "; ".join(
        f"{WEEKDAYS[first]}–{WEEKDAYS[last]} {written(spans)}"
        if last > first
        else f"{WEEKDAYS[first]} {written(spans)}"
        for first, last, spans in alike(hours.week)
    )


def _letterhead(office):
    return f"{office.name}, {office.address}"


def _card(office):
    return f"{office.get_layout_display()}; {office.signer_name}"


def _requirements(office):
    asked = [
        *map(str, office.more_papers),
        _("from the age of %(age)d") % {"age": office.minimum_age},
    ]
    if office.residents_only:
        asked.append(_("only people of this area"))
    return ", ".join([_("KTP, diploma or SKL, photo"), *asked])


def _holidays(office):
    today = timezone.localdate(timezone=office.zone)
    ahead = list(office.holidays.filter(day__gte=today))
    if not ahead:
        return _("none ahead")
    words = {
        "count": len(ahead),
        "day": date_format(ahead[0].day, "j F Y"),
        "name": ahead[0].name,
    }
    return (
        ngettext(
            "%(count)d ahead: %(day)s, %(name)s",
            "%(count)d ahead, next %(day)s, %(name)s",
            len(ahead),
        )
        % words
    )


def _reasons(office):
    count = office.reasons.filter(is_active=True).count()
    return _("%(count)d in use") % {"count": count}


def _texts(office):
    own = sum(bool(row.body) for row in newest(office).values())
    return _("%(count)d messages, %(own)d in your own words") % {
        "count": len(OCCASIONS),
        "own": own,
    }


def _after_card(office):
    remind = ngettext(
        "reminder %(count)d day before a report",
        "reminder %(count)d days before a report",
        office.remind_days,
    ) % {"count": office.remind_days}
    if office.lapse_days is None:
        return "; ".join([remind, _("a missed report ends no card")])
    lapse = ngettext(
        "the card lapses %(count)d day after a missed report",
        "the card lapses %(count)d days after a missed report",
        office.lapse_days,
    ) % {"count": office.lapse_days}
    return "; ".join([remind, lapse])


def _working(office):
    said = [
        _("takes applications")
        if office.is_active
        else _("takes no applications at the moment"),
        office.get_time_zone_display(),
    ]
    if office.counts_blanks:
        said.append(_("counts its blanks"))
    if office.one_person_office:
        said.append(_("one person approves and authorises"))
    return "; ".join(said)


def _officers(office):
    count = office.officers.filter(is_active=True).count()
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
