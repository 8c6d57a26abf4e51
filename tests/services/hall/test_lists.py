"""What a hall shows, and what the portal knows of somebody's papers."""

from datetime import UTC, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from applicants import actions as applicant_actions
from services.hall import actions, lists
from services.hall.lists import Known
from services.hall.models import HallRule, Purpose, Ticket
from services.issuance.workflow import Status as Stage
from services.review import actions as review
from tests import factories
from tests.services.hall import halls
from tests.services.hall.halls import TODAY, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    with at(8):
        yield halls.opened(quota=2)


# The board ------------------------------------------------------------------------


def served(counter, officer, *, minute):
    """Somebody takes a number at eight and is served at `minute` past eight."""
    with at(8, minute):
        ticket = halls.called(counter, by=officer)
        actions.serve(ticket, counter=counter, officer=officer)
        actions.finish(ticket, counter=counter, officer=officer)
    return ticket


def test_the_board_of_an_empty_hall_says_that_it_knows_nothing(office):
    board = lists.board(office)

    assert (board.calls, board.at_counters, board.waiting, board.wait) == (
        [],
        [],
        0,
        None,
    )


def test_the_wait_is_what_the_last_people_waited(office):
    counter, officer = halls.counter(), factories.officer()
    for _person in range(4):
        halls.given(by=officer)

    for minute in (10, 20):
        served(counter, officer, minute=minute)
    assert lists.board(office).wait is None

    served(counter, officer, minute=40)
    assert lists.board(office).wait == 20


def test_a_booked_hour_waits_from_its_hour_on(office):
    counter, officer = halls.counter(), factories.officer()
    halls.booked(slot=time(9))

    with at(9, 7):
        ticket = halls.called(counter, by=officer)

    assert ticket.waited == timedelta(minutes=7)


def test_who_did_not_come_says_nothing_about_the_wait(office):
    counter, officer = halls.counter(), factories.officer()
    for _person in range(3):
        halls.given(by=officer)
        with at(8, 30):
            ticket = halls.called(counter, by=officer)
            actions.miss(ticket, counter=counter, officer=officer)

    assert lists.board(office).wait is None


def test_only_who_may_be_called_now_is_waiting(office):
    halls.booked(slot=time(9))
    halls.given()

    assert lists.board(office).waiting == 1
    with at(9):
        assert lists.board(office).waiting == 2


def test_the_last_call_is_on_top_also_when_it_is_a_second_one(office):
    officer = factories.officer()
    one, two = halls.counter(name="Loket 1"), halls.counter(name="Loket 2")
    halls.given(by=officer)
    halls.given(by=officer)
    first = halls.called(one, by=officer)
    with at(8, 1):
        halls.called(two, by=officer)
    assert [t.label for t in lists.board(office).calls] == ["A-002", "A-001"]

    with at(8, 2):
        actions.call(first, counter=one, officer=officer)

    assert [t.label for t in lists.board(office).calls] == ["A-001", "A-002"]


def test_a_board_asks_the_database_once_however_many_wait(
    office, django_assert_num_queries
):
    counter, officer = halls.counter(), factories.officer()
    for _person in range(3):
        halls.given(by=officer)
        halls.booked(slot=time(9 + _person))
    halls.called(counter, by=officer)

    with django_assert_num_queries(1):
        lists.board(office)


def test_yesterdays_tickets_are_on_no_board(office):
    halls.given()

    with at(8, days=1):
        assert lists.board(office).waiting == 0


# Before me ------------------------------------------------------------------------


def test_how_many_come_before(office):
    first, second = halls.given(), halls.given()
    nine = halls.booked(slot=time(9))
    tomorrow = halls.booked(day=TODAY + timedelta(days=1))

    assert [lists.before(t) for t in (first, second, nine, tomorrow)] == [0, 1, 0, 0]
    with at(9):
        assert [lists.before(t) for t in (first, second, nine)] == [1, 2, 0]


def test_who_has_been_called_has_nobody_before(office):
    officer = factories.officer()
    ticket = halls.given(by=officer)
    halls.called(halls.counter(), by=officer)

    assert lists.before(halls.now(ticket)) is None


# What can be booked ----------------------------------------------------------------


def test_an_hour_says_how_many_places_are_left(office):
    rule = HallRule.of(office)
    halls.booked(slot=time(9))
    given_back = halls.booked(slot=time(10))
    actions.cancel(given_back, applicant=given_back.applicant)

    left = {hour.value: hour.left for hour in lists.hours_of(rule, TODAY)}

    assert (left["09:00"], left["10:00"]) == (1, 2)
    assert "08:00" not in left  # it has begun


def test_fewer_places_than_were_taken_are_none(office):
    halls.booked(slot=time(9))
    halls.booked(slot=time(9))
    halls.opened(quota=1)

    first = lists.hours_of(HallRule.of(office), TODAY)[0]

    assert (first.value, first.left) == ("09:00", 0)


def test_own_tickets_are_those_that_still_count(office):
    person = factories.bare_applicant()
    today = halls.booked(person, slot=time(9))
    tomorrow = halls.booked(person, day=TODAY + timedelta(days=1))
    halls.booked()

    assert lists.own(person) == [today, tomorrow]
    with at(8, days=1):
        assert lists.own(person) == [tomorrow]


# Papers ---------------------------------------------------------------------------


def known(ticket) -> dict:
    return {line.paper.kinds[0].value: line.known for line in lists.papers(ticket)}


def ticket_for(person, purpose=Purpose.NEW):
    with at(8):
        return halls.booked(person, purpose=purpose)


def test_what_was_sent_and_not_checked_is_to_be_brought(office):
    person = factories.applicant(without=("ijazah",))

    assert known(ticket_for(person)) == {
        "ktp": Known.SENT,
        "ijazah": Known.MISSING,
        "foto": Known.SENT,
    }


def test_what_an_officer_decided_is_known(office):
    application = factories.application(Stage.RETURNED)
    lines = lists.papers(ticket_for(application.applicant))

    assert {x.paper.kinds[0].value: (x.known, x.reason) for x in lines} == {
        "ktp": (Known.WRONG, "Foto KTP buram."),
        "ijazah": (Known.SENT, ""),
        "foto": (Known.SENT, ""),
    }


def test_every_paper_of_an_approved_application_is_fine(office):
    application = factories.application(Stage.APPROVED)

    assert set(known(ticket_for(application.applicant)).values()) == {Known.FINE}


def test_a_mark_on_a_desk_is_no_verdict(office):
    officer = factories.officer()
    application = factories.application(Stage.IN_REVIEW, by=officer)
    review.keep(application, officer=officer, verdicts={**factories.fine(application)})

    assert set(known(ticket_for(application.applicant)).values()) == {Known.SENT}


def test_a_paper_that_was_sent_anew_is_not_checked_any_more(office):
    application = factories.application(Stage.RETURNED)
    person = application.applicant
    person.refresh_from_db()
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        applicant_actions.remove_document(person.documents.get(kind="ktp"))
        factories.document(person)
    ticket = ticket_for(person)

    assert known(ticket)["ktp"] == Known.SENT


def test_papers_do_not_matter_for_who_collects_a_card(office):
    person = factories.applicant()

    assert lists.papers(ticket_for(person, Purpose.COLLECT)) == []


# What somebody comes for ----------------------------------------------------------


def test_what_somebody_most_probably_comes_for(office):
    nobody = factories.bare_applicant()
    ready = factories.card(finished=True)
    holder = factories.card(handed_over=True)

    assert [
        lists.likely_purpose(person, office)
        for person in (
            nobody,
            ready.application.applicant,
            holder.application.applicant,
        )
    ] == [Purpose.NEW, Purpose.COLLECT, Purpose.REPORT]


def test_the_case_of_a_ticket_is_the_latest_at_this_office(office):
    application = factories.application(Stage.SUBMITTED)
    elsewhere = halls.opened(factories.office("3372"))

    assert lists.case_of(ticket_for(application.applicant)) == application
    assert lists.case_of(halls.given()) is None
    person = factories.application(Stage.SUBMITTED).applicant
    assert lists.case_of(halls.booked(person, office=elsewhere)) is None


def test_the_clock_of_an_office_is_its_own():
    east = factories.office("9171", time_zone="Asia/Jayapura")
    with at(8):
        assert lists.clock_at(east).hour == 10
        assert lists.clock_at(east).astimezone(UTC).hour == 1
    assert not Ticket.objects.exists()
