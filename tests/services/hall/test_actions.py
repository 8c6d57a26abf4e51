"""What happens in a hall, and what the second hand is told."""

import uuid
from datetime import time, timedelta

import pytest

from ak1portal.refusals import Refused
from services.hall import actions, lists
from services.hall.models import HallRule, Ticket
from services.hall.workflow import Status
from tests import factories
from tests.services.hall import halls
from tests.services.hall.halls import TEN, TODAY, at, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return halls.opened()


@pytest.fixture(autouse=True)
def morning():
    with at(9) as clock:
        yield clock


@pytest.fixture
def officer(office):
    return factories.officer(at=office, name="Budi Contoh")


@pytest.fixture
def counter(office):
    return halls.counter(office)


# Taking ---------------------------------------------------------------------------


def test_numbers_run_on_for_each_day_and_series(office):
    first, second = halls.booked(), halls.booked(slot=time(11))
    door = halls.given()
    tomorrow = halls.booked(day=TODAY + timedelta(days=1))

    assert [t.label for t in (first, second, door, tomorrow)] == [
        "B-001",
        "B-002",
        "A-001",
        "B-001",
    ]


def test_taking_twice_is_one_ticket(office):
    person = factories.bare_applicant()
    first = halls.booked(person)

    again, is_new = actions.take(
        applicant=person, office=office, day=TODAY, slot=time(14), purpose="new"
    )

    assert (again, is_new) == (first, False)
    assert Ticket.objects.count() == 1
    assert now(first).slot == TEN


def test_one_day_is_one_ticket_at_two_offices_as_well(office):
    person = factories.bare_applicant()
    first = halls.booked(person)
    elsewhere = halls.opened(factories.office("3372"))

    again, is_new = actions.take(
        applicant=person, office=elsewhere, day=TODAY, slot=TEN, purpose="new"
    )

    assert (again, is_new) == (first, False)


def test_a_full_hour_is_refused_with_the_hour(office):
    halls.opened(quota=1)
    halls.booked()

    with pytest.raises(Refused, match="10.00"):
        halls.booked()

    assert halls.booked(slot=time(11)).label == "B-002"


def test_a_place_that_was_given_back_can_be_taken(office):
    halls.opened(quota=1)
    gone = halls.booked()
    actions.cancel(gone, applicant=gone.applicant)

    assert halls.booked().label == "B-002"
    assert now(gone).status == Status.CANCELLED


@pytest.mark.parametrize(
    ("day", "slot", "said"),
    [
        (TODAY, time(9), "sudah mulai"),
        (TODAY, time(10, 30), "tidak dapat dipesan"),
        (TODAY, time(16), "tidak dapat dipesan"),
        (TODAY + timedelta(days=5), TEN, "tidak dapat dipesan"),
        (TODAY + timedelta(days=30), TEN, "tidak dapat dipesan"),
        (TODAY - timedelta(days=3), TEN, "tidak dapat dipesan"),
    ],
)
def test_only_what_is_offered_can_be_booked(office, day, slot, said):
    with pytest.raises(Refused, match=said):
        halls.booked(day=day, slot=slot)

    assert not Ticket.objects.exists()


def test_an_office_that_gives_no_tickets_gives_none():
    factories.office()

    with pytest.raises(Refused, match="tidak memberi nomor"):
        halls.booked()
    with pytest.raises(Refused, match="tidak memberi nomor"):
        halls.given()


def test_a_holiday_cannot_be_booked(office):
    office.holidays.create(day=TODAY + timedelta(days=1), name="Libur contoh")

    with pytest.raises(Refused, match="tidak dapat dipesan"):
        halls.booked(day=TODAY + timedelta(days=1))


def test_no_number_is_given_after_the_close(office):
    with at(15, 59):
        halls.given()
    with at(16), pytest.raises(Refused, match="sudah tutup"):
        halls.given()


def test_the_days_of_an_office_are_those_of_its_own_clock():
    """23.30 in Jakarta is half past one of the next day in Jayapura."""
    east = halls.opened(factories.office("9171", time_zone="Asia/Jayapura"))
    with at(23, 30):
        assert lists.clock_at(east).date() == TODAY + timedelta(days=1)
        ticket = halls.given(east)

    assert ticket.day == TODAY + timedelta(days=1)


def test_two_presses_at_the_door_are_one_number(office, officer):
    key = uuid.uuid4()

    first = halls.given(by=officer, key=key)

    assert halls.given(by=officer, key=key) == first
    assert halls.given(by=officer, key=uuid.uuid4()).number == 2


# Giving back ----------------------------------------------------------------------


def test_giving_back_twice_is_once(office):
    ticket = halls.booked()
    same_page = Ticket.objects.get()

    actions.cancel(ticket, applicant=ticket.applicant)
    actions.cancel(same_page, applicant=ticket.applicant)

    assert now(ticket).status == Status.CANCELLED


def test_who_is_called_comes_instead_of_giving_back(office, officer, counter):
    ticket = halls.booked()
    with at(10):
        halls.called(counter, by=officer)
        with pytest.raises(Refused, match="silakan ke Loket 1"):
            actions.cancel(ticket, applicant=ticket.applicant)

    assert now(ticket).status == Status.CALLED


def test_who_was_served_gives_nothing_back(office, officer, counter):
    ticket = halls.booked()
    with at(10):
        halls.called(counter, by=officer)
        actions.serve(now(ticket), counter=counter, officer=officer)
        actions.finish(ticket, counter=counter, officer=officer)
        with pytest.raises(Refused, match="Selesai.*Loket 1, Budi Contoh, 10.00 WIB"):
            actions.cancel(ticket, applicant=ticket.applicant)


# Calling --------------------------------------------------------------------------


def test_the_next_one_is_called_in_turn(office, officer, counter):
    door, booked = halls.given(), halls.booked()
    order = []

    for hour, minute in ((9, 30), (10, 0), (10, 5)):
        with at(hour, minute):
            ticket = halls.called(counter, by=officer)
            if ticket:
                order.append(ticket.label)
                actions.miss(ticket, counter=counter, officer=officer)

    assert order == [door.label, booked.label]


def test_a_booked_hour_overtakes_the_door(office, officer, counter):
    halls.given()
    booked = halls.booked()

    with at(10):
        assert halls.called(counter, by=officer) == booked


def test_nobody_is_called_before_the_booked_hour(office, officer, counter):
    halls.booked()

    assert halls.called(counter, by=officer) is None


def test_pressing_twice_calls_one(office, officer, counter):
    halls.given()
    halls.given()

    first = halls.called(counter, by=officer)

    assert halls.called(counter, by=officer) == first
    assert Ticket.objects.filter(status=Status.WAITING).count() == 1


def test_a_counter_that_was_taken_away_calls_nobody(office, officer, counter):
    halls.given()
    same_page = type(counter).objects.get()
    counter.is_active = False
    counter.save()

    with pytest.raises(Refused, match="Loket 1 tidak dipakai"):
        halls.called(same_page, by=officer)


def test_calling_again_rings_again_and_keeps_the_first_call(office, officer, counter):
    halls.given()
    ticket = halls.called(counter, by=officer)
    with at(9, 3):
        actions.call(ticket, counter=counter, officer=officer)

    assert now(ticket).called_at - ticket.first_called_at == timedelta(minutes=3)


def test_who_did_not_come_can_be_called_again(office, officer, counter):
    halls.given()
    ticket = halls.called(counter, by=officer)
    actions.miss(ticket, counter=counter, officer=officer)
    other = halls.counter(office, "Loket 2")

    actions.call(ticket, counter=other, officer=officer)

    assert (now(ticket).status, ticket.counter) == (Status.CALLED, other)
    assert ticket.ended_at is None


def test_a_missed_number_waits_until_the_counter_is_free(office, officer, counter):
    halls.given()
    halls.given()
    first = halls.called(counter, by=officer)
    actions.miss(first, counter=counter, officer=officer)
    halls.called(counter, by=officer)

    with pytest.raises(Refused, match="A-002 masih di Loket 1"):
        actions.call(first, counter=counter, officer=officer)


def test_a_number_of_yesterday_is_not_called_again(office, officer, counter):
    halls.given()
    ticket = halls.called(counter, by=officer)
    actions.miss(ticket, counter=counter, officer=officer)

    with at(9, days=1), pytest.raises(Refused, match="untuk hari lain"):
        actions.call(ticket, counter=counter, officer=officer)


def test_who_took_another_number_since_has_only_that_one(office, officer, counter):
    person = factories.bare_applicant()
    first = halls.booked(person)
    with at(10):
        halls.called(counter, by=officer)
        actions.miss(now(first), counter=counter, officer=officer)
        second = halls.booked(person, slot=time(11))
        with pytest.raises(Refused, match=second.label):
            actions.call(first, counter=counter, officer=officer)


def test_recalling_at_a_counter_that_is_not_in_use_is_refused(office, officer, counter):
    halls.given()
    ticket = halls.called(counter, by=officer)
    actions.miss(ticket, counter=counter, officer=officer)
    counter.is_active = False
    counter.save()

    with pytest.raises(Refused, match="tidak dipakai"):
        actions.call(ticket, counter=counter, officer=officer)


# At the counter -------------------------------------------------------------------


def test_from_the_call_to_the_end(office, officer, counter):
    halls.given()
    ticket = halls.called(counter, by=officer)
    with at(9, 2):
        actions.serve(ticket, counter=counter, officer=officer)
    with at(9, 12):
        actions.finish(ticket, counter=counter, officer=officer)

    assert now(ticket).status == Status.DONE
    assert ticket.ended_at - ticket.served_at == timedelta(minutes=10)


@pytest.mark.parametrize("act", [actions.serve, actions.miss])
def test_a_double_click_is_one_step(office, officer, counter, act):
    halls.given()
    ticket = halls.called(counter, by=officer)
    act(ticket, counter=counter, officer=officer)
    moved_at = now(ticket).moved_at

    with at(9, 30):
        act(ticket, counter=counter, officer=officer)

    assert now(ticket).moved_at == moved_at


def test_an_old_page_is_told_who_was_faster_and_when(office, officer, counter):
    halls.given()
    ticket = halls.called(counter, by=officer)
    same_page = Ticket.objects.get()
    colleague = factories.officer(at=office, name="Rini Contoh")
    with at(9, 12):
        actions.miss(ticket, counter=counter, officer=colleague)

    with pytest.raises(Refused) as refusal:
        actions.serve(same_page, counter=counter, officer=officer)

    assert str(refusal.value) == (
        "Nomor A-001 sekarang “Tidak datang” (Loket 1, Rini Contoh, 09.12 WIB)."
    )


def test_another_counter_may_not_end_what_it_did_not_call(office, officer, counter):
    halls.given()
    ticket = halls.called(counter, by=officer)
    other = halls.counter(office, "Loket 2")

    for act in (actions.serve, actions.miss, actions.call):
        with pytest.raises(Refused, match="Loket 1, Budi Contoh, 09.00 WIB"):
            act(ticket, counter=other, officer=officer)


def test_a_number_that_waits_is_neither_served_nor_ended(office, officer, counter):
    ticket = halls.given(by=officer)

    with pytest.raises(Refused, match="Menunggu.*sejak 09.00 WIB"):
        actions.finish(ticket, counter=counter, officer=officer)


# The night ------------------------------------------------------------------------


def test_what_a_day_left_open_ends_with_it(office, officer, counter):
    second = halls.counter(office, "Loket 2")
    served, called = halls.given(), halls.given()
    waits, later = halls.given(), halls.booked(day=TODAY + timedelta(days=1))
    halls.called(counter, by=officer)
    halls.called(second, by=officer)
    actions.serve(now(served), counter=counter, officer=officer)

    assert actions.close_days(office) == 0
    with at(0, 30, days=1):
        assert actions.close_days(office) == 3
        assert actions.close_days(office) == 0

    assert [now(t).status for t in (served, called, waits, later)] == [
        Status.DONE,
        Status.MISSED,
        Status.MISSED,
        Status.WAITING,
    ]


def test_no_step_is_made_that_the_workflow_does_not_know(office):
    ticket = halls.booked()

    with pytest.raises(Refused, match="B-001"):
        ticket.move(Status.DONE, by=None)


def test_an_office_without_a_rule_gives_no_tickets():
    rule = HallRule.of(factories.office())

    assert (rule.gives_tickets, rule.pk) == (False, None)
