"""Where the lock itself is the subject: real threads, real commits, real PostgreSQL.

The last test takes the lock away and must see the accident: it shows that the others
could fail.
"""

import threading

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.utils import OperationalError

from ak1portal.refusals import Refused
from services.issuance import actions as issuance
from services.issuance import actions_cards as cards
from services.issuance.models import Application, Card, CardSerial, Letter, Step
from services.issuance.workflow import Status
from services.office.models import Officer
from services.review import actions as review
from tests import factories
from tests.faults import every_insert_fails
from tests.sessions import at_once

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 200
SESSIONS = 20


def in_review(count) -> tuple[list[Application], Officer]:
    """`count` cases on the desk of one officer."""
    officer = factories.officer()
    cases = at_once(
        lambda _: factories.application(Status.IN_REVIEW, by=officer), range(count)
    )
    return cases, officer


def approve(pk, officer):
    application = Application.objects.get(pk=pk)
    return review.approve(application, officer=officer, verdicts={})


def test_200_approvals_of_one_application_give_one_card():
    """F1: whoever comes second is refused with a sentence."""
    (case,), officer = in_review(1)

    results = at_once(lambda _: approve(case.pk, officer), range(MANY))

    cards = [r for r in results if isinstance(r, Card)]
    refused = [r for r in results if isinstance(r, Refused)]
    assert (len(cards), len(refused)) == (1, MANY - 1)
    assert Card.objects.get().serial == 1


def test_200_approvals_of_200_applications_give_1_to_200():
    """F2: no number is missing, none is drawn twice."""
    cases, officer = in_review(MANY)

    results = at_once(lambda case: approve(case.pk, officer), cases)

    assert [r for r in results if not isinstance(r, Card)] == []
    serials = sorted(Card.objects.values_list("serial", flat=True))
    assert serials == list(range(1, MANY + 1))
    assert Card.objects.values("number").distinct().count() == MANY


def test_a_failed_issue_leaves_no_gap():
    """The last INSERT of the act fails; the number goes back with it."""
    cases, officer = in_review(3)
    approve(cases[0].pk, officer)
    with every_insert_fails("issuance_letter"), pytest.raises(DatabaseError):
        approve(cases[1].pk, officer)

    approve(cases[2].pk, officer)

    assert sorted(Card.objects.values_list("serial", flat=True)) == [1, 2]
    cases[1].refresh_from_db()
    assert cases[1].status == Status.IN_REVIEW


def test_without_the_lock_numbers_are_lost():
    """F3, the negative control: the same draw, but the row is only read, not held."""
    office = factories.office()
    CardSerial.objects.create(office=office, year=2026)
    everybody_has_read = threading.Barrier(SESSIONS)

    def careless_draw(_):
        with transaction.atomic():
            serial = CardSerial.objects.get(office=office, year=2026)
            everybody_has_read.wait(timeout=10)
            serial.last += 1
            serial.save(update_fields=["last"])
            return serial.last

    drawn = at_once(careless_draw, range(SESSIONS))

    assert len(set(drawn)) < SESSIONS


def test_200_draws_behind_the_lock_are_all_different():
    office = factories.office()

    def draw(_):
        with transaction.atomic():
            return cards._draw_serial(office, 2026)

    assert sorted(at_once(draw, range(MANY))) == list(range(1, MANY + 1))


def test_three_clicks_on_submit_are_one_application_and_one_receipt():
    """F4: of many people at once, and then the browser goes back and sends it again."""
    factories.office()
    drafts = at_once(lambda _: factories.application(), range(SESSIONS))
    keys = {draft.pk: factories.uuid.uuid4() for draft in drafts}

    def submit(draft):
        one = Application.objects.get(pk=draft.pk)
        issuance.submit(one, by=one.applicant.user, key=keys[one.pk])
        return one.pk, one.receipt

    receipts = set(at_once(submit, [draft for draft in drafts for _click in range(3)]))
    again = set(at_once(submit, drafts))

    assert (
        receipts
        == again
        == {(one.pk, one.receipt) for one in Application.objects.all()}
    )
    assert len({receipt for _pk, receipt in receipts}) == SESSIONS
    assert Step.objects.count() == Letter.objects.count() == SESSIONS


def test_two_tabs_start_one_application():
    person, office = factories.applicant(), factories.office()

    results = at_once(
        lambda _: issuance.start(applicant=person, office=office).pk, range(SESSIONS)
    )

    assert len(set(results)) == 1
    assert Application.objects.count() == 1


def test_twenty_officers_take_twenty_different_cases():
    officers = [factories.officer() for _ in range(SESSIONS)]
    for _ in range(SESSIONS):
        factories.application(Status.SUBMITTED)

    taken = at_once(lambda officer: review.take_next(officer=officer).pk, officers)

    assert len(set(taken)) == SESSIONS


def test_a_row_that_somebody_holds_is_refused_after_the_lock_timeout():
    application = factories.application(Status.SUBMITTED)
    held, let_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=application.pk)
            held.set()
            let_go.wait(timeout=20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(timeout=5)
    try:
        with pytest.raises(OperationalError):
            issuance.withdraw(application, by=application.applicant.user)
    finally:
        let_go.set()
        holder.join()
        close_old_connections()
