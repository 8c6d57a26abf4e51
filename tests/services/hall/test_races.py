"""Where the lock is the subject: real threads, real commits, real PostgreSQL."""

import threading
import uuid
from collections import Counter
from datetime import time

import pytest
from django.db import transaction

from ak1portal.refusals import Refused
from services.hall import actions, lists
from services.hall.models import Ticket
from services.hall.workflow import Status
from tests import factories
from tests.services.hall import halls
from tests.services.hall.halls import TEN, TODAY, at
from tests.sessions import at_once

pytestmark = pytest.mark.django_db(transaction=True)

SESSIONS = 10


@pytest.fixture(autouse=True)
def morning():
    """One clock for all threads."""
    with at(9) as clock:
        yield clock


def test_50_people_at_the_last_10_places_are_10_tickets_and_40_sentences():
    halls.opened(quota=10)
    people = [factories.bare_applicant() for _ in range(50)]

    results = at_once(halls.booked, people)

    tickets = [r for r in results if isinstance(r, Ticket)]
    refused = [str(r) for r in results if isinstance(r, Refused)]
    assert (len(tickets), len(refused)) == (10, 40)
    assert {sentence.split(" pada")[0] for sentence in refused} == {
        "Tempat terakhir pukul 10.00"
    }
    assert sorted(t.number for t in tickets) == list(range(1, 11))


def test_20_clicks_of_one_person_are_one_ticket():
    office = halls.opened()
    person = factories.bare_applicant()

    def take(hour):
        return actions.take(
            applicant=type(person).objects.get(pk=person.pk),
            office=office,
            day=TODAY,
            slot=time(10 + hour % 5),
            purpose="new",
        )

    results = at_once(take, range(20))

    assert Counter(is_new for _ticket, is_new in results) == {True: 1, False: 19}
    assert len({ticket.pk for ticket, _is_new in results}) == 1
    assert Ticket.objects.count() == 1


def test_one_person_at_two_offices_at_once_has_one_ticket():
    person = factories.bare_applicant()
    offices = [
        halls.opened(),
        halls.opened(factories.office("3372")),
    ]

    results = at_once(lambda office: halls.booked(person, office=office), offices * 5)

    assert len({ticket.pk for ticket in results}) == 1
    assert Ticket.objects.count() == 1


def test_100_numbers_at_the_door_are_1_to_100():
    office = halls.opened()
    officer = factories.officer(at=office)

    at_once(lambda _: halls.given(office, by=officer), range(100))

    numbers = Ticket.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 101))


def test_one_press_sent_many_times_at_the_door_is_one_number():
    office = halls.opened()
    officer, key = factories.officer(at=office), uuid.uuid4()

    results = at_once(lambda _: halls.given(office, by=officer, key=key), range(20))

    assert {ticket.label for ticket in results} == {"A-001"}


def test_8_counters_that_press_at_once_call_8_numbers():
    office = halls.opened()
    officer = factories.officer(at=office)
    for _person in range(20):
        halls.given(office, by=officer)
    counters = [halls.counter(office, f"Loket {n}") for n in range(8)]

    called = at_once(lambda place: halls.called(place, by=officer), counters)

    assert sorted(ticket.number for ticket in called) == list(range(1, 9))
    assert len({ticket.counter_id for ticket in called}) == 8


def test_two_officers_at_one_counter_call_one_number():
    office = halls.opened()
    officers = [factories.officer(at=office) for _ in range(10)]
    for _person in range(5):
        halls.given(office, by=officers[0])
    counter = halls.counter(office)

    def press(officer):
        return halls.called(type(counter).objects.get(pk=counter.pk), by=officer)

    called = at_once(press, officers)

    assert {ticket.label for ticket in called} == {"A-001"}
    assert Ticket.objects.filter(status=Status.WAITING).count() == 4


def test_of_two_hands_that_end_one_number_the_second_is_told():
    office = halls.opened()
    counter = halls.counter(office)
    one, two = (factories.officer(at=office, name=n) for n in ("Budi", "Rini"))
    halls.given(office, by=one)
    ticket = halls.called(counter, by=one)

    def end(how):
        act, officer = how
        act(Ticket.objects.get(pk=ticket.pk), counter=counter, officer=officer)

    results = at_once(end, [(actions.miss, one), (actions.serve, two)])

    said = [str(result) for result in results if result]
    assert len(said) == 1
    assert "Loket 1, Budi" in said[0] or "Loket 1, Rini" in said[0]


def test_a_number_that_is_held_is_passed_over():
    """Nobody waits for a number that another counter is just calling."""
    office = halls.opened()
    officer = factories.officer(at=office)
    first, second = halls.given(office, by=officer), halls.given(office, by=officer)
    counter = halls.counter(office)

    with transaction.atomic():
        Ticket.objects.select_for_update().get(pk=first.pk)
        (called,) = at_once(lambda place: halls.called(place, by=officer), [counter])

    assert called == second


def test_without_the_lock_a_place_is_given_twice():
    """The negative control: the places are counted, but nobody holds the row."""
    office = halls.opened(quota=1)
    people = [factories.bare_applicant() for _ in range(SESSIONS)]
    everybody_has_counted = threading.Barrier(SESSIONS)

    def careless(numbered):
        number, person = numbered
        with transaction.atomic():
            taken = Ticket.objects.filter(office=office, day=TODAY, slot=TEN).count()
            everybody_has_counted.wait(timeout=10)
            if taken < 1:
                Ticket.objects.create(
                    office=office,
                    day=TODAY,
                    slot=TEN,
                    series="B",
                    number=number,
                    applicant=person,
                    purpose="new",
                )

    at_once(careless, enumerate(people, start=1))

    assert Ticket.objects.count() > 1
    assert lists.hours_of(office.hall_rule, TODAY)[0].left == 0
