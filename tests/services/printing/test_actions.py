import uuid

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from ak1portal.refusals import Refused
from services.issuance import actions_cards as cards
from services.issuance.models import Card
from services.printing import actions, actions_stock, lists
from services.printing.chores import assemble_run
from services.printing.models import Outcome, PrintRun, Reprint, StockEntry
from tests import factories

pytestmark = pytest.mark.django_db


def run_of(*chosen, by=None):
    """An open run whose file is made."""
    return factories.print_run(
        list(chosen), by=by or factories.supervisor(), confirmed=False
    )


def test_print_is_refused_before_the_card_is_authorised():
    card = factories.card(authorised=False)

    with pytest.raises(Refused, match="belum disahkan"):
        actions.print_cards([card], officer=factories.supervisor(), key=uuid.uuid4())

    assert not PrintRun.objects.exists()


def test_print_twice_with_one_key_is_one_run():
    card = factories.card()
    head, key = factories.supervisor(), uuid.uuid4()

    first = actions.print_cards([card], officer=head, key=key)
    second = actions.print_cards([card], officer=head, key=key)

    assert first == second
    assert card.prints.count() == 1


def test_a_key_that_is_used_for_other_cards_is_refused():
    head, key = factories.supervisor(), uuid.uuid4()
    first, second = factories.card(), factories.card()
    actions.print_cards([first], officer=head, key=key)

    with pytest.raises(Refused):
        actions.print_cards([first, second], officer=head, key=key)

    assert not second.prints.exists()


def test_a_card_is_in_one_open_run_only():
    card = factories.card(finished=True)
    run_of(card)

    with pytest.raises(Refused, match="cetakan lain"):
        actions.print_cards([card], officer=factories.supervisor(), key=uuid.uuid4())


def test_a_run_waits_for_cards_that_are_still_being_drawn():
    card = factories.card()
    run = run_of(card)
    assert run.ready_at is None

    factories.finish()
    PrintRun.objects.update(try_at=timezone.now())
    assemble_run()

    run.refresh_from_db()
    assert run.read_file().startswith(b"%PDF")


def test_the_file_of_a_run_is_the_same_until_it_is_closed_and_then_gone(
    django_capture_on_commit_callbacks,
):
    card = factories.card(finished=True)
    run = run_of(card)
    assert run.read_file() == run.read_file()

    with django_capture_on_commit_callbacks(execute=True):
        actions.confirm(
            run,
            officer=factories.supervisor(),
            good={run.prints.get().pk},
            spoiled={},
        )

    assert run.closed_at
    assert not default_storage.exists(run.file)


def test_a_spoiled_card_goes_back_with_the_reason_and_keeps_its_copy_number():
    card = factories.card(finished=True)
    run = run_of(card)

    actions.confirm(
        run,
        officer=factories.supervisor(),
        good=set(),
        spoiled={run.prints.get().pk: "Kertas macet."},
    )

    assert list(lists.to_print(card.office)) == [card]
    again = run_of(card).prints.get()
    assert again.copy == 1
    assert [p.outcome_reason for p in card.prints.order_by("pk")] == [
        "Kertas macet.",
        "",
    ]


def test_good_prints_use_blanks_and_spoiled_ones_count_apart():
    office = factories.office(counts_blanks=True)
    head = factories.supervisor()
    first, second = factories.card(finished=True), factories.card(finished=True)
    actions_stock.receive_blanks(office, officer=head, sheets=100)
    run = run_of(first, second)
    one, other = run.prints.all()

    actions.confirm(run, officer=head, good={one.pk}, spoiled={other.pk: "Sobek."})

    movements = StockEntry.objects.order_by("pk").values_list("movement", "sheets")
    assert list(movements) == [("received", 100), ("used", -1), ("spoiled", -1)]
    assert office.stock.balance() == 98


def test_one_broken_card_does_not_hold_up_the_others():
    """F12: 99 are delivered, the broken one is named with its reason."""
    cards_ = [factories.card() for _ in range(100)]
    factories.finish()
    broken = cards_[41]
    broken.refresh_from_db()
    default_storage.delete(broken.page_file)

    run = run_of(*cards_)

    outcomes = dict(run.prints.values_list("card__number", "outcome"))
    assert outcomes.pop(broken.number) == Outcome.LEFT_OUT
    assert list(outcomes.values()) == [""] * 99
    assert run.ready_at
    assert broken in lists.to_print(broken.office)


def test_a_card_that_cannot_be_drawn_is_left_out_with_the_reason():
    good, bad = factories.card(finished=True), factories.card()
    Card.objects.filter(pk=bad.pk).update(
        finish_attempts=Card.MAX_ATTEMPTS, finish_problem="The photo cannot be read."
    )

    run = run_of(good, bad)

    left_out = run.prints.get(card=bad)
    assert left_out.outcome_reason == "The photo cannot be read."
    assert run.prints.get(card=good).outcome == ""


def test_a_card_withdrawn_between_choosing_and_printing_is_left_out():
    stays, goes = factories.card(finished=True), factories.card(finished=True)
    run = actions.print_cards(
        [stays, goes], officer=factories.supervisor(), key=uuid.uuid4()
    )
    factories.void(goes)

    assemble_run()

    assert "ditarik" in run.prints.get(card=goes).outcome_reason
    assert run.prints.get(card=stays).outcome == ""


def test_nothing_is_confirmed_of_a_run_whose_file_is_not_made():
    card, head = factories.card(finished=True), factories.supervisor()
    run = actions.print_cards([card], officer=head, key=uuid.uuid4())

    with pytest.raises(Refused, match="masih disiapkan"):
        actions.confirm(run, officer=head, good={run.prints.get().pk}, spoiled={})

    assert run.prints.get().outcome == ""


def test_a_run_of_which_nothing_is_left_is_closed():
    card = factories.card(finished=True)
    run = actions.print_cards([card], officer=factories.supervisor(), key=uuid.uuid4())
    factories.void(card)

    assemble_run()

    run.refresh_from_db()
    assert (bool(run.closed_at), run.file) == (True, "")


def test_a_run_is_given_up_only_before_its_file_is_made():
    card, head = factories.card(), factories.supervisor()
    run = actions.print_cards([card], officer=head, key=uuid.uuid4())

    actions.cancel(run, officer=head)

    assert run.closed_at
    assert card in lists.to_print(card.office)
    ready = run_of(factories.card(finished=True))
    with pytest.raises(Refused):
        actions.cancel(ready, officer=head)


def test_a_printed_card_is_printed_again_only_with_a_reason():
    card = factories.card(printed=True)

    with pytest.raises(Refused, match="tulis alasannya"):
        actions.print_cards([card], officer=factories.supervisor(), key=uuid.uuid4())


def test_a_reprint_is_the_second_copy_of_the_same_card():
    card = factories.card(handed_over=True)
    before = (card.number, card.issued_on, card.expires_on, card.code)
    reprint = factories.lost(card)

    run = factories.print_run([card], by=factories.supervisor())

    card.refresh_from_db()
    reprint.refresh_from_db()
    second = run.prints.get()
    assert (second.copy, second.reprint) == (2, reprint)
    assert (card.number, card.issued_on, card.expires_on, card.code) == before
    assert list(lists.to_hand_over(card.office)) == [card]


def test_a_spoiled_reprint_can_be_printed_once_more():
    card = factories.card(printed=True)
    factories.lost(card)
    run = run_of(card)
    actions.confirm(
        run,
        officer=factories.supervisor(),
        good=set(),
        spoiled={run.prints.get().pk: "Tinta habis."},
    )

    again = run_of(card)

    assert again.prints.get().copy == 2
    assert Reprint.objects.get().answered_by == again.prints.get()


def test_a_second_reprint_waits_for_the_first():
    card = factories.card(printed=True)
    factories.lost(card)

    with pytest.raises(Refused, match="sudah diminta"):
        factories.lost(card)


def test_hand_over_is_refused_before_the_print():
    card = factories.card()

    with pytest.raises(Refused, match="belum dicetak"):
        actions.hand_over(
            card, officer=factories.supervisor(), to="Siti", identity_seen="KTP"
        )


def test_hand_over_is_once_for_each_copy():
    card = factories.card(handed_over=True)

    with pytest.raises(Refused, match="sudah diserahkan"):
        actions.hand_over(
            card, officer=factories.supervisor(), to="Siti", identity_seen="KTP"
        )


def test_a_void_card_is_neither_printed_nor_handed_over_nor_printed_again():
    card, head = factories.card(printed=True), factories.supervisor()
    factories.void(card)

    with pytest.raises(Refused):
        actions.print_cards([card], officer=head, key=uuid.uuid4())
    with pytest.raises(Refused):
        actions.hand_over(card, officer=head, to="Siti", identity_seen="KTP")
    with pytest.raises(Refused):
        factories.lost(card)


def test_a_replaced_card_is_not_printed():
    card = factories.card(finished=True)
    Card.objects.filter(pk=card.pk).update(
        replaced_at=timezone.now(), replaced_by=factories.card(), needs_print=False
    )

    with pytest.raises(Refused, match="diganti"):
        actions.print_cards([card], officer=factories.supervisor(), key=uuid.uuid4())


def test_who_may_see_what_waits():
    waiting = factories.card(authorised=False)
    to_print = factories.card(finished=True)
    in_run = factories.card(finished=True)
    run_of(in_run)
    printed = factories.card(printed=True)
    cards.ask_void(printed, officer=factories.officer(), reason="Salah.")
    office = waiting.office

    assert list(lists.to_authorise(office)) == [waiting]
    assert list(lists.to_print(office)) == [to_print]
    assert list(lists.to_hand_over(office)) == [printed]
    assert list(lists.to_withdraw(office)) == [printed]


def test_a_run_of_no_card_is_refused():
    with pytest.raises(Refused):
        actions.print_cards([], officer=factories.supervisor(), key=uuid.uuid4())

    assert not PrintRun.objects.exists()


def test_one_card_that_may_not_be_printed_stops_all_of_them():
    stays, goes = factories.card(), factories.card()
    factories.void(goes)

    with pytest.raises(Refused, match=goes.number):
        actions.print_cards(
            [stays, goes], officer=factories.supervisor(), key=uuid.uuid4()
        )

    assert not PrintRun.objects.exists()
    assert not stays.prints.exists()


def test_the_paper_of_a_withdrawn_card_is_never_good():
    card, head = factories.card(finished=True), factories.supervisor()
    run = run_of(card)
    factories.void(card)

    with pytest.raises(Refused, match="ditarik"):
        actions.confirm(run, officer=head, good={run.prints.get().pk}, spoiled={})

    assert run.prints.get().outcome == ""


def test_a_reprint_asked_for_twice_by_one_hand_is_one():
    card, head = factories.card(printed=True), factories.supervisor()

    first, second = (
        actions.ask_reprint(
            card, officer=head, reason="damaged", old_card_returned=True
        )
        for _ in range(2)
    )

    assert first == second


def test_five_hundred_cards_are_frozen_with_few_questions(
    django_assert_max_num_queries,
):
    """The number of questions does not grow with the cards."""
    cards = [factories.card() for _ in range(4)]
    head = factories.supervisor()

    with django_assert_max_num_queries(14):
        actions.print_cards(cards, officer=head, key=uuid.uuid4())

    assert PrintRun.objects.get().prints.count() == 4
