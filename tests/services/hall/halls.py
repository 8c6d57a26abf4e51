"""A hall at some time of its day, for the tests."""

from datetime import UTC, date, datetime, time, timedelta

import time_machine

from services.hall import actions, actions_settings
from services.hall.models import Counter, HallRule, Purpose
from services.office.models import Role
from tests import factories

# A Monday, nine o'clock in Western Indonesia; the office serves from eight to four.
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TEN = time(10)


def at(hour=9, minute=0, *, days=0):
    """The clock of the office, on that Monday or so many days later."""
    moment = MORNING + timedelta(days=days, hours=hour - 9, minutes=minute)
    return time_machine.travel(moment, tick=False)


def opened(office=None, **facts):
    """An office that gives tickets."""
    office = office or factories.office()
    rule, _new = HallRule.objects.get_or_create(office=office)
    for name, value in {"gives_tickets": True, "opens_at": time(0), **facts}.items():
        setattr(rule, name, value)
    rule.save()
    return office


def counter(office=None, name="Loket 1") -> Counter:
    office = office or factories.office()
    admin = factories.officer(Role.ADMINISTRATOR, at=office)
    return actions_settings.add_counter(office, by=admin, name=name)


def booked(person=None, *, office=None, day=TODAY, slot=TEN, purpose=Purpose.NEW):
    ticket, _is_new = actions.take(
        applicant=person or factories.bare_applicant(),
        office=office or factories.office(),
        day=day,
        slot=slot,
        purpose=purpose,
    )
    return ticket


def given(office=None, *, by=None, purpose=Purpose.OTHER, key=None):
    """A number at the door."""
    office = office or factories.office()
    by = by or factories.officer(at=office)
    return actions.give(office, by=by, purpose=purpose, key=key)


def called(place: Counter, *, by):
    return actions.call_next(place, officer=by)


def now(ticket):
    """The ticket as it is in the database."""
    ticket.refresh_from_db()
    return ticket
