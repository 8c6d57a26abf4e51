"""Whatever happens to a card, in whatever order and however often: the books agree.

F8: random interleavings of report, place, remove, reactivate, void, what employers say,
and the days that pass, against one card. Each run is undone by a savepoint.
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ak1portal.refusals import Refused
from services.issuance import actions_cards, register
from services.issuance.models import Card, EventKind, Inactive
from services.registry import actions, actions_employers, chores, ledger, lists
from services.registry.models import Placement, Report, Via
from tests import factories
from tests.services.registry import lives

pytestmark = pytest.mark.django_db

SIGN = {
    EventKind.REGISTERED: 1,
    EventKind.REACTIVATED: 1,
    EventKind.PLACED: -1,
    EventKind.REMOVED: -1,
    EventKind.REPORTED: 0,
}
COMPANIES = st.sampled_from(["PT Satu", "PT Dua"])


class Life(RuleBasedStateMachine):
    """One card, its holder, two officers, employers, and a clock that only goes on."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = lives.BEGIN
        self.traveller = time_machine.travel(self.now, tick=False)
        self.clock = self.traveller.start()

    def teardown(self):
        self.traveller.stop()
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def card(self):
        """As a page that was opened a moment ago has it."""
        return Card.objects.get(pk=CARD["pk"])

    def tries(self, act, *args, **kwargs):
        """An act is done or refused; what is refused changes nothing."""
        before = list(register.events_of(self.card()).values_list("pk", flat=True))
        try:
            with transaction.atomic():
                act(*args, **kwargs)
        except Refused:
            after = register.events_of(self.card()).values_list("pk", flat=True)
            assert list(after) == before

    @rule(days=st.integers(1, 120))
    def days_pass(self, days):
        self.now += timedelta(days=days)
        self.clock.move_to(self.now)
        for chore in chores.HOURLY:
            chore()

    @rule()
    def holder_reports(self):
        card = self.card()
        self.tries(actions.report, card, via=Via.ACCOUNT, by=lives.owner(card))

    @rule(ordinal=st.integers(1, 3))
    def link_reports(self, ordinal):
        self.tries(actions.report, self.card(), via=Via.LINK, ordinal=ordinal)

    @rule()
    def desk_reports(self):
        by = CARD["officer"].user
        self.tries(actions.report, self.card(), via=Via.DESK, by=by)

    @rule(via=st.sampled_from([Via.ACCOUNT, Via.DESK]))
    def work_is_found(self, via):
        card = self.card()
        by = lives.owner(card) if via == Via.ACCOUNT else CARD["officer"].user
        self.tries(actions.place, card, via=via, by=by, **lives.work(card))

    @rule(why=st.sampled_from([Inactive.REQUEST, Inactive.MOVED, Inactive.DIED]))
    def desk_removes(self, why):
        self.tries(actions.remove, self.card(), why=why, by=CARD["officer"].user)

    @rule()
    def holder_returns(self):
        card = self.card()
        self.tries(actions.reactivate, card, via=Via.ACCOUNT, by=lives.owner(card))

    @rule()
    def desk_reactivates(self):
        head = CARD["head"]
        self.tries(
            actions.reactivate, self.card(), via=Via.DESK, by=head.user, officer=head
        )

    @rule(company=COMPANIES)
    def an_employer_tells(self, company):
        self.tries(lives.heard, self.card(), company)

    @rule()
    def the_holder_confirms(self):
        card = self.card()
        for report in lists.waiting_for(card)[:1]:
            self.tries(
                actions_employers.confirm,
                report,
                via=Via.ACCOUNT,
                by=lives.owner(card),
                **lives.work(card),
            )

    @rule()
    def the_desk_confirms(self):
        card, officer = self.card(), CARD["officer"]
        for report in lists.waiting_for(card)[:1]:
            self.tries(
                actions_employers.confirm,
                report,
                via=Via.DESK,
                by=officer.user,
                officer=officer,
                **lives.work(card),
            )

    @rule()
    def the_holder_refuses(self):
        card = self.card()
        for report in lists.waiting_for(card)[:1]:
            self.tries(actions_employers.refuse, report, by=lives.owner(card))

    @rule(really=st.integers(0, 9))
    def supervisors_withdraw(self, really):
        if really == 0 and not self.card().voided_at:
            self.tries(self._withdraw)

    def _withdraw(self):
        card = self.card()
        actions_cards.ask_void(card, officer=CARD["head"], reason="Salah cetak.")
        actions_cards.void(card, officer=CARD["other_head"])

    @invariant()
    def the_balance_is_none_or_one(self):
        balance = 0
        for event in register.events_of(self.card()):
            balance += SIGN[event.kind]
            assert balance in (0, 1)
        assert balance == register.is_open(self.card())
        assert ledger.months(self.card().office)[-1].left == balance

    @invariant()
    def the_card_says_what_the_register_says(self):
        card = self.card()
        events = register.events_of(card)
        last = events.exclude(kind=EventKind.REPORTED).last()
        if card.voided_at:
            assert not register.is_open(card)
        else:
            assert bool(card.inactive_since) is not register.is_open(card)
        if card.inactive_since:
            told = card.inactive_why
            assert last.why in (told, "") or card.voided_at
            assert (last.kind == EventKind.PLACED) is (told == Inactive.PLACED)

    @invariant()
    def every_placement_is_one_line_and_at_most_one_is_going_on(self):
        card = self.card()
        lines = register.events_of(card).filter(kind=EventKind.PLACED)
        assert lines.count() == card.placements.count()
        going_on = card.placements.filter(ended_at=None).count()
        assert going_on == (card.inactive_why == Inactive.PLACED)

    @invariant()
    def every_report_is_one_line(self):
        lines = register.events_of(self.card()).filter(kind=EventKind.REPORTED)
        assert lines.count() == Report.objects.count()

    @invariant()
    def a_confirmed_report_of_an_employer_is_a_placement(self):
        assert (
            Placement.objects.filter(employer_report__isnull=False).count()
            == self.card().employer_reports.filter(state="confirmed").count()
        )


CARD = {}


def test_whatever_happens_the_books_agree():
    factories.office(lapse_days=60)
    card = lives.card()
    CARD.update(
        pk=card.pk,
        officer=factories.officer(),
        head=factories.supervisor(),
        other_head=factories.supervisor(),
    )

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
