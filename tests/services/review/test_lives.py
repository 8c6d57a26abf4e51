"""Whatever two officers, a supervisor and an applicant do, in whatever order.

F8: random interleavings of submit, take, leave, hand over, decide, take back, withdraw,
authorise, withdraw the card and begin again. Each run is undone by a savepoint.
"""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ak1portal.management.commands import check_invariants
from ak1portal.refusals import Refused
from services.issuance import actions as issuance
from services.issuance import actions_cards as cards
from services.issuance.models import Application, Card, Letter
from services.issuance.workflow import OPEN, Status
from services.review import actions, actions_decide, chores
from services.review.models import Decision, DecisionAct
from tests import factories

pytestmark = pytest.mark.django_db

PEOPLE = {}
OFFICERS = st.sampled_from(["first", "second", "head"])


class Counter(RuleBasedStateMachine):
    """One applicant and one counter; the clock only goes on."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = timezone.now()
        self.traveller = time_machine.travel(self.now, tick=False)
        self.clock = self.traveller.start()

    def teardown(self):
        self.traveller.stop()
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def case(self):
        """As a page that was opened a moment ago has it; the newest one."""
        return PEOPLE["applicant"].applications.order_by("created_at").last()

    def tries(self, act, /, *args, **kwargs):
        """An act is done or refused; what is refused changes nothing."""
        before = self._written()
        try:
            with transaction.atomic():
                act(*args, **kwargs)
        except Refused:
            assert self._written() == before

    def _written(self):
        return (
            [(a.pk, a.status, a.reviewer_id) for a in Application.objects.all()],
            Card.objects.count(),
            Letter.objects.count(),
            Decision.objects.count(),
        )

    @rule()
    def applicant_begins(self):
        person = PEOPLE["applicant"]
        self.tries(issuance.start, applicant=person, office=factories.office())

    @rule()
    def applicant_submits(self):
        case, who = self.case(), PEOPLE["applicant"].user
        if case:
            self.tries(issuance.submit, case, by=who, key=uuid.uuid4())

    @rule()
    def applicant_withdraws(self):
        case, who = self.case(), PEOPLE["applicant"].user
        if case:
            self.tries(issuance.withdraw, case, by=who)

    @rule(who=OFFICERS)
    def officer_takes_the_next(self, who):
        self.tries(actions.take_next, officer=PEOPLE[who])

    @rule(who=OFFICERS)
    def officer_takes(self, who):
        if case := self.case():
            self.tries(actions.take, case, officer=PEOPLE[who])

    @rule(who=OFFICERS)
    def officer_puts_back(self, who):
        if case := self.case():
            self.tries(actions.release, case, officer=PEOPLE[who])

    @rule(who=OFFICERS, to=OFFICERS)
    def officer_hands_over(self, who, to):
        if case := self.case():
            self.tries(actions.hand_over, case, to=PEOPLE[to], by=PEOPLE[who])

    @rule(who=OFFICERS, act=st.sampled_from(DecisionAct))
    def officer_decides(self, who, act):
        if not (case := self.case()):
            return
        verdicts = factories.fine(case)
        if act == DecisionAct.SEND_BACK:
            verdicts["ktp"] = "Foto KTP buram."
        self.tries(
            actions_decide.decide,
            case,
            officer=PEOPLE[who],
            act=act,
            verdicts=verdicts,
            note="Alasan." if act == DecisionAct.REJECT else "",
            key=uuid.uuid4(),
        )

    @rule(who=OFFICERS)
    def officer_takes_it_back(self, who):
        if case := self.case():
            self.tries(actions_decide.undo, case, officer=PEOPLE[who])

    @rule()
    def supervisor_authorises(self):
        card = Card.objects.order_by("created_at").last()
        if card:
            self.tries(cards.authorise, card, officer=PEOPLE["head"])

    @rule()
    def supervisors_withdraw_the_card(self):
        card = Card.objects.filter(voided_at=None).first()
        if card:
            self.tries(self._void, card)

    def _void(self, card):
        cards.ask_void(card, officer=PEOPLE["head"], reason="Salah cetak.")
        cards.void(card, officer=PEOPLE["other_head"])

    @rule(minutes=st.sampled_from([0.1, 0.2, 16]))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)
        self.clock.move_to(self.now)
        while chores.carry_out_decision():
            pass

    @invariant()
    def the_auditor_finds_nothing(self):
        found = [*check_invariants.numbers(), *check_invariants.cards()]
        assert found == []

    @invariant()
    def one_application_is_open_at_most(self):
        assert Application.objects.filter(status__in=OPEN).count() <= 1

    @invariant()
    def a_decision_is_about_a_case_on_the_desk_of_who_made_it(self):
        for decision in Decision.objects.select_related("application", "officer"):
            case = decision.application
            assert case.status == Status.IN_REVIEW
            assert case.reviewer_id == decision.officer.user_id
            assert not decision.problem

    @invariant()
    def every_approval_told_the_applicant_once(self):
        approved = Application.objects.filter(status=Status.APPROVED)
        letters = Letter.objects.filter(kind="approved")
        assert letters.count() == approved.count() == Card.objects.count()

    @invariant()
    def the_answers_stand_still_exactly_while_somebody_reads_them(self):
        person = type(PEOPLE["applicant"]).objects.get(pk=PEOPLE["applicant"].pk)
        read = Application.objects.filter(
            status__in=(Status.SUBMITTED, Status.IN_REVIEW)
        )
        vouched = Card.objects.filter(authorised_at=None, voided_at=None)
        assert bool(person.held_at) == (read.exists() or vouched.exists())


@pytest.fixture
def ten_seconds(settings):
    settings.UNDO_SECONDS = 10


def test_whatever_happens_at_the_counter_the_invariants_hold(ten_seconds):
    PEOPLE.update(
        applicant=factories.applicant(),
        first=factories.officer(),
        second=factories.officer(),
        head=factories.supervisor(),
        other_head=factories.supervisor(),
    )

    run_state_machine_as_test(
        Counter,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
