"""What can never be in a hall, whoever writes."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from services.hall.models import HallRule, Series, Ticket
from services.hall.workflow import Status
from tests import factories
from tests.services.hall import halls
from tests.services.hall.halls import TEN, TODAY, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    with at(9):
        yield halls.opened()


def refused(name, act):
    """`act` is refused by the constraint `name`."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def row(office, **facts):
    """A number of the door, but for what `facts` say."""
    return Ticket.objects.create(
        **{
            "office": office,
            "day": TODAY,
            "series": Series.DOOR,
            "number": 1,
            "purpose": "new",
            **facts,
        }
    )


def test_a_number_is_there_once(office):
    row(office)

    refused("ticket_number_once_per_day", lambda: row(office))


def test_a_person_has_one_open_ticket_a_day(office):
    person = factories.bare_applicant()
    booked = {"series": Series.BOOKED, "slot": TEN, "applicant": person}
    row(office, **booked)

    refused(
        "ticket_one_open_per_person_and_day",
        lambda: row(office, number=2, **{**booked, "slot": time(11)}),
    )
    Ticket.objects.update(status=Status.CANCELLED)
    row(office, number=2, **booked)


@pytest.mark.parametrize(
    ("series", "slot", "named"),
    [("B", None, True), ("B", TEN, False), ("A", TEN, False), ("A", None, True)],
)
def test_who_booked_is_known_and_who_came_to_the_door_is_not(
    office, series, slot, named
):
    person = factories.bare_applicant() if named else None

    refused(
        "ticket_booked_has_hour_and_person",
        lambda: row(office, series=series, slot=slot, applicant=person),
    )


@pytest.mark.parametrize("status", ["called", "serving", "done"])
def test_who_was_called_was_called_to_a_counter(office, status):
    refused("ticket_called_has_counter", lambda: row(office, status=status))


def test_a_counter_serves_one_at_a_time(office):
    now = timezone.now()
    called = {
        "status": Status.CALLED,
        "counter": halls.counter(office),
        "called_at": now,
        "first_called_at": now,
    }
    row(office, **called)

    refused("ticket_one_at_a_counter", lambda: row(office, number=2, **called))


def test_a_status_is_one_that_is_known(office):
    refused("ticket_status_is_known", lambda: row(office, status="lost"))


def test_two_counters_have_two_names(office):
    halls.counter(office, "Loket 1")

    refused("counter_name_once_per_office", lambda: halls.counter(office, "Loket 1"))


def test_an_hour_without_places_is_no_quota(office):
    refused("hall_rule_quota", lambda: HallRule.objects.update(quota=0))


def test_who_was_not_called_has_not_waited_to_the_end(office):
    ticket = halls.given()

    assert ticket.waited is None
    assert str(ticket) == "A-001"
    assert str(HallRule.of(office)) == office.name
