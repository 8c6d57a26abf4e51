"""What a card still needs is kept with it; no list of the print room reads the past."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ak1portal.benches.past import copy_past
from ak1portal.paging import page_of
from services.issuance import actions as issuance
from services.issuance import actions_cards as cards
from services.issuance.models import Card
from services.printing import actions, lists, needs
from services.printing.chores import assemble_run
from services.printing.models import Outcome, ReprintReason
from services.printing.register import Register
from services.review import actions as review
from services.verification import withdrawn
from tests import factories

pytestmark = pytest.mark.django_db


def kept(card) -> tuple[bool, bool]:
    """(to print, to hand over) as it stands in the row; right, or this fails."""
    assert list(needs.wrong()) == []
    return Card.objects.values_list("needs_print", "needs_hand_over").get(pk=card.pk)


def a_run(card, head):
    run = actions.print_cards([card], officer=head, key=uuid.uuid4())
    while assemble_run():
        pass
    run.refresh_from_db()
    return run


def judged(run, head, *, good=True):
    entry = run.prints.get()
    actions.confirm(
        run,
        officer=head,
        good={entry.pk} if good else set(),
        spoiled={} if good else {entry.pk: "Macet"},
    )


def misprinted(card, head):
    actions.ask_reprint(
        card, officer=head, reason=ReprintReason.MISPRINT, old_card_returned=True
    )


def handed(card, head):
    actions.hand_over(card, officer=head, to="Siti Contoh", identity_seen="KTP")


def test_every_act_of_a_whole_life_keeps_what_the_card_needs():
    head = factories.supervisor()
    card = factories.card(authorised=False)
    assert kept(card) == (False, False)
    cards.authorise(card, officer=head)
    assert kept(card) == (True, False)
    factories.finish()
    run = a_run(card, head)
    assert kept(card) == (False, False)
    judged(run, head, good=False)
    assert kept(card) == (True, False)
    judged(a_run(card, head), head)
    assert kept(card) == (False, True)
    misprinted(card, head)
    assert kept(card) == (True, True)
    judged(a_run(card, head), head)
    assert kept(card) == (False, True)
    handed(card, head)
    assert kept(card) == (False, False)
    misprinted(card, head)
    assert kept(card) == (True, False)
    cards.ask_void(card, officer=head, reason="Salah")
    assert kept(card) == (True, False)
    cards.void(card, officer=factories.supervisor())
    assert kept(card) == (False, False)


def test_a_run_that_is_given_up_leaves_its_cards_to_print():
    head, card = factories.supervisor(), factories.card(finished=True)
    run = actions.print_cards([card], officer=head, key=uuid.uuid4())

    actions.cancel(run, officer=head)

    assert kept(card) == (True, False)


def test_a_card_withdrawn_in_the_press_needs_nothing_when_it_is_left_out():
    head, card = factories.supervisor(), factories.card(finished=True)
    run = actions.print_cards([card], officer=head, key=uuid.uuid4())
    factories.void(card)

    assert assemble_run()

    assert run.prints.get().outcome == Outcome.LEFT_OUT
    assert kept(card) == (False, False)


def test_a_card_whose_page_is_gone_is_wanted_again():
    head, card = factories.supervisor(), factories.card(finished=True)
    Card.objects.filter(pk=card.pk).update(page_file="pages/none.pdf")
    actions.print_cards([card], officer=head, key=uuid.uuid4())

    assert assemble_run()

    assert kept(card) == (True, False)


def test_a_correction_takes_over_what_is_to_be_printed():
    head, old = factories.supervisor(), factories.card(finished=True)
    judged(a_run(old, head), head)
    assert kept(old) == (False, True)

    draft = issuance.start_correction(old, by=old.application.applicant.user)
    new = approved(draft)
    cards.authorise(new, officer=head)

    assert (kept(old), kept(new)) == ((False, False), (True, False))


def test_a_renewal_ends_what_the_card_before_it_needed(time_machine):
    old = factories.card(finished=True)
    time_machine.move_to(timezone.now() + timedelta(days=725))

    new = factories.card(applicant_=old.application.applicant)

    assert (kept(old), kept(new)) == ((False, False), (True, False))


def approved(draft):
    officer = factories.officer()
    issuance.submit(draft, by=draft.applicant.user, key=uuid.uuid4())
    review.take(draft, officer=officer)
    return review.approve(draft, officer=officer, verdicts=factories.fine(draft))


def test_the_database_refuses_a_need_of_a_card_that_does_not_stand():
    card = factories.card(authorised=False)

    with (
        pytest.raises(IntegrityError, match="card_needs_nothing"),
        transaction.atomic(),
    ):
        Card.objects.filter(pk=card.pk).update(needs_print=True)


@pytest.mark.parametrize("field", ["needs_print", "needs_hand_over"])
def test_check_invariants_names_a_card_whose_fact_is_wrong(field):
    card = factories.card(finished=True)
    Card.objects.filter(pk=card.pk).update(**{field: field == "needs_hand_over"})
    said = io.StringIO()

    with pytest.raises(CommandError):
        call_command("check_invariants", stderr=said)

    assert card.number in said.getvalue()


@pytest.fixture
def long_past():
    """An office that has handed over 2,000 cards; of a hundredth a paper is due."""
    card = factories.card(handed_over=True)
    copy_past(card, 2000)
    return card.office


OWN_INDEX = {
    "card_to_authorise": (lists.to_authorise, "created_at"),
    "card_to_print": (lists.to_print, "authorised_at"),
    "card_to_hand_over": (lists.to_hand_over, "created_at"),
    "card_to_withdraw": (lists.to_withdraw, "void_asked_at"),
    "card_to_look_at": (lists.to_look_at, "created_at"),
}


def test_each_list_is_read_and_counted_from_its_own_index(long_past):
    for index, (rows, order) in OWN_INDEX.items():
        page = without_scans(rows(long_past).order_by(order, "pk")[:50])
        assert index in page
        assert "Sort" not in page
        assert index in without_scans(rows(long_past).order_by())


def test_the_register_of_prints_is_read_from_its_own_indexes(long_past):
    asked = {
        "print_newest_first": {},
        "print_not_good": {"hasil": "spoiled"},
    }
    for index, query in asked.items():
        rows = Register(long_past, query).prints
        plan = without_scans(rows[:50])
        assert f"using {index} on printing_print " in plan
        assert "Sort" not in plan
        assert index in without_scans(rows.order_by().values("pk")[:1001])


def test_a_card_is_found_by_its_number_in_an_index(long_past):
    plan = without_scans(long_past.cards.filter(number_key="BENCH7").order_by())

    assert "Index Cond: ((number_key)::text = 'BENCH7'::text)" in plan


def test_check_invariants_names_a_print_of_another_run():
    card = factories.card(printed=True)
    card.prints.update(at=timezone.now() - timedelta(days=1))
    said = io.StringIO()

    with pytest.raises(CommandError):
        call_command("check_invariants", stderr=said)

    assert f"a print of {card.number} of another run" in said.getvalue()


def test_a_later_page_of_all_cards_passes_by_the_earlier_ones_in_an_index(long_past):
    cards = long_past.cards.order_by("-created_at", "-pk")
    plan = without_scans(cards[900:950].values("pk"))

    assert "Index Only Scan using card_newest_first" in plan
    with CaptureQueriesContext(connection) as asked:
        page = list(page_of(cards, {"hal": "19"}, 50, by="-created_at"))
    passing = [each["sql"] for each in asked if "OFFSET" in each["sql"]]
    assert passing == [str(cards[900:950].values_list("pk", flat=True).query)]
    assert page == list(cards[900:950])


def test_the_withdrawn_of_the_list_for_everybody_are_read_from_their_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = withdrawn.cards_on("2026-01-01").explain()

    assert "card_withdrawn_or_replaced" in plan


def without_scans(rows) -> str:
    """How the database would answer if the table were long."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.explain()
