"""The page of a print run: progress, file, results, and what goes wrong."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.cardpress import pdf
from services.issuance.models import Card
from services.office.models import Heartbeat
from services.printing import actions, lists
from services.printing.chores import assemble_run
from services.printing.models import Outcome, PrintRun
from tests import factories

pytestmark = pytest.mark.django_db

REFRESH = '<meta http-equiv="refresh"'


@pytest.fixture
def head():
    return factories.supervisor()


@pytest.fixture
def client(head):
    return factories.signed_in(head.user)


def waiting_run(head, *cards):
    return actions.print_cards(cards, officer=head, key=uuid.uuid4())


def ready_run(head, *cards):
    return factories.print_run(list(cards), by=head, confirmed=False)


def page_of(client, run):
    return client.get(run.get_absolute_url())


def post(client, act, run, data=None):
    return client.post(reverse(f"cards:{act}", args=[run.token]), data or {})


# Progress -------------------------------------------------------------------------


def test_a_waiting_run_says_how_far_it_is_and_looks_again_by_itself(client, head):
    Heartbeat.objects.create(worker="w", seen_at=timezone.now())
    drawn, other = factories.card(finished=True), factories.card()
    run = waiting_run(head, drawn, other)

    page = page_of(client, run)

    assert (page.context["done"]["drawn"], page.context["done"]["all"]) == (1, 2)
    assert 'max="2" value="1"' in page.content.decode()
    assert f"<noscript>{REFRESH}" in page.content.decode()
    assert page.context["nobody_works"] is False


def test_a_worker_that_does_not_answer_is_said(client, head):
    run = waiting_run(head, factories.card())

    page = page_of(client, run)

    assert page.context["nobody_works"] is True
    assert 'class="error"' in page.content.decode()


def test_a_run_that_is_ready_closed_or_given_up_does_not_reload(client, head):
    ready = ready_run(head, factories.card(finished=True))
    closed = factories.print_run([factories.card(finished=True)], by=head)
    stuck = waiting_run(head, factories.card())
    PrintRun.objects.filter(pk=stuck.pk).update(attempts=PrintRun.MAX_ATTEMPTS)

    pages = [page_of(client, run).content.decode() for run in (ready, closed, stuck)]

    assert [REFRESH in page for page in pages] == [False, False, False]


def test_a_card_that_is_left_out_is_named_with_the_reason(client, head):
    good, bad = factories.card(finished=True), factories.card(finished=True)
    run = waiting_run(head, good, bad)
    factories.void(bad)
    assemble_run()

    page = page_of(client, run).content.decode()

    assert bad.number in page
    assert run.prints.get(card=bad).outcome_reason in page


def test_a_lost_file_is_a_sentence_that_names_no_file(client, head):
    card = factories.card(finished=True)
    default_storage.delete(card.page_file)
    run = waiting_run(head, card, factories.card(finished=True))

    assemble_run()

    reason = run.prints.get(card=card).outcome_reason
    assert reason
    assert "pages/" not in reason


def test_a_run_that_cannot_be_made_is_tried_again_or_given_up(client, head):
    card = factories.card(finished=True)
    run = waiting_run(head, card)
    PrintRun.objects.update(attempts=PrintRun.MAX_ATTEMPTS, problem="MemoryError")
    assert "(MemoryError)" in page_of(client, run).content.decode()
    listed = client.get(reverse("cards:list") + "?daftar=tangani")
    assert run.get_absolute_url() in listed.content.decode()
    assert assemble_run() is False

    post(client, "try_run_again", run)

    assert assemble_run() is True
    run.refresh_from_db()
    assert run.ready_at


def test_giving_a_run_up_frees_its_cards(client, head):
    card = factories.card(finished=True)
    run = waiting_run(head, card)

    response = post(client, "cancel", run)

    assert response.url == run.get_absolute_url()
    assert list(lists.to_print(card.office)) == [card]
    assert page_of(client, run).status_code == 200


def test_a_run_of_which_nothing_is_left_asks_the_press_for_nothing(
    client, head, monkeypatch
):
    def refuse(*args, **kwargs):
        raise AssertionError("nothing to assemble")

    monkeypatch.setattr(pdf, "assemble", refuse)
    card = factories.card(finished=True)
    run = waiting_run(head, card)
    factories.void(card)

    assemble_run()

    run.refresh_from_db()
    assert (run.attempts, bool(run.closed_at)) == (0, True)
    assert page_of(client, run).status_code == 200


# The file -------------------------------------------------------------------------


def test_a_print_run_can_be_fetched_again_byte_for_byte_until_it_is_closed(
    client, head
):
    run = ready_run(head, factories.card(finished=True))
    path = reverse("cards:print_pdf", args=[run.token])

    first, second = client.get(path), client.get(path)
    post(client, "confirm", run, {"rest": "1"})
    third = client.get(path)

    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert first.content == second.content
    assert third.status_code == 409


def test_looking_at_the_file_is_written_down(client, head):
    run = ready_run(head, factories.card(finished=True))

    client.get(reverse("cards:print_pdf", args=[run.token]))

    entry = head.office.journal.get()
    assert (entry.act, entry.subject) == ("print_pdf", run.token)


# Results --------------------------------------------------------------------------


def test_all_are_good_in_one_click(client, head):
    run = ready_run(head, *(factories.card(finished=True) for _ in range(2)))

    response = post(client, "confirm", run, {"rest": "1"})

    assert response.url == run.get_absolute_url()
    assert set(run.prints.values_list("outcome", flat=True)) == {Outcome.GOOD}
    run.refresh_from_db()
    assert run.closed_at


def test_one_is_spoiled_and_all_others_are_good(client, head):
    cards = [factories.card(finished=True) for _ in range(3)]
    run = ready_run(head, *cards)

    post(
        client,
        "confirm",
        run,
        {"rest": "1", "result-1": "spoiled", "reason-1": "Kertas macet."},
    )

    spoiled = run.prints.get(position=1)
    assert (spoiled.outcome, spoiled.outcome_reason) == ("spoiled", "Kertas macet.")
    assert run.prints.filter(outcome="good").count() == 2
    assert list(lists.to_print(head.office)) == [spoiled.card]


def test_without_the_rest_only_what_is_marked_is_written_down(client, head):
    run = ready_run(head, *(factories.card(finished=True) for _ in range(2)))

    post(client, "confirm", run, {"result-0": "good"})

    assert list(run.prints.values_list("outcome", flat=True)) == ["good", ""]
    run.refresh_from_db()
    assert run.closed_at is None
    assert page_of(client, run).context["done"]["open"] == 1


def test_a_spoiled_card_without_a_reason_is_a_sentence_and_nothing_is_lost(
    client, head
):
    run = ready_run(head, *(factories.card(finished=True) for _ in range(3)))
    typed = {
        "rest": "1",
        "result-0": "spoiled",
        "reason-0": "Miring.",
        "result-2": "spoiled",
        "reason-2": "",
    }

    response = post(client, "confirm", run, typed)

    assert response.status_code == 422
    form, page = response.context["form"], response.content.decode()
    assert list(form.errors) == ["reason-2"]
    assert run.prints.get(position=2).card.number in form.errors["reason-2"][0]
    assert 'value="Miring."' in page
    assert page.count(" checked") == 2
    # What is wrong stands first.
    assert response.context["page"][0]["print"].position == 2
    assert not run.prints.exclude(outcome="").exists()


def test_marking_nothing_is_a_sentence(client, head):
    run = ready_run(head, factories.card(finished=True))

    response = post(client, "confirm", run)

    assert response.status_code == 422
    assert len(response.context["form"].non_field_errors()) == 1


def test_a_result_nobody_offered_is_refused(client, head):
    run = ready_run(head, factories.card(finished=True))

    response = post(client, "confirm", run, {"result-0": "left_out"})

    assert response.status_code == 422


def test_the_paper_of_a_withdrawn_card_can_only_be_spoiled(client, head):
    stays, goes = factories.card(finished=True), factories.card(finished=True)
    run = ready_run(head, stays, goes)
    factories.void(goes)
    position = run.prints.get(card=goes).position

    shown = page_of(client, run)
    first = shown.context["page"][0]
    wrong = post(client, "confirm", run, {f"result-{position}": "good"})
    rest = post(client, "confirm", run, {"rest": "1"})

    assert first["print"].card == goes
    assert [option.choice_label for option in first["result"]] == ["rusak"]
    assert "data-barred" in shown.content.decode()
    assert (wrong.status_code, rest.status_code) == (422, 422)
    assert goes.number in rest.context["form"].errors[f"result-{position}"][0]
    assert not run.prints.exclude(outcome="").exists()


def test_the_page_as_it_is_shown_takes_all_with_one_click(client, head):
    """A withdrawn card is marked as spoiled already, with the reason."""
    stays, goes = factories.card(finished=True), factories.card(finished=True)
    run = ready_run(head, stays, goes)
    factories.void(goes)
    position = run.prints.get(card=goes).position
    form = page_of(client, run).context["form"]
    shown = {
        name: form[name].initial
        for name in (f"result-{position}", f"reason-{position}")
    }

    post(client, "confirm", run, {"rest": "1", **shown})

    assert run.prints.get(card=goes).outcome == Outcome.SPOILED
    assert run.prints.get(card=stays).outcome == Outcome.GOOD


def test_a_run_of_more_than_a_page_is_confirmed_page_by_page(client, head, monkeypatch):
    monkeypatch.setattr("services.printing.views_runs.PER_PAGE", 1)
    run = ready_run(head, *(factories.card(finished=True) for _ in range(2)))

    first = page_of(client, run)
    second = client.get(run.get_absolute_url() + "?hal=2")

    assert [len(each.context["page"]) for each in (first, second)] == [1, 1]
    assert 'name="result-0"' in first.content.decode()
    assert 'name="result-1"' in second.content.decode()


def test_a_second_click_on_the_result_says_that_the_run_is_closed(client, head):
    run = ready_run(head, factories.card(finished=True))
    post(client, "confirm", run, {"rest": "1"})

    assert post(client, "confirm", run, {"rest": "1"}).status_code == 409


def test_spoiled_and_good_sheets_leave_the_stock(client, head):
    factories.office(counts_blanks=True)
    run = ready_run(head, *(factories.card(finished=True) for _ in range(2)))

    post(
        client,
        "confirm",
        run,
        {"rest": "1", "result-0": "spoiled", "reason-0": "Sobek."},
    )

    entries = head.office.stock.order_by("movement").values_list(
        "movement", "sheets", "note"
    )
    assert list(entries) == [("spoiled", -1, "Sobek."), ("used", -1, "")]


def test_plain_paper_of_a_printer_leaves_the_blanks_alone(client, head):
    factories.office(counts_blanks=True)
    run = factories.print_run(
        [factories.card(finished=True)], by=head, printer=factories.printer()
    )

    assert run.closed_at
    assert not head.office.stock.exists()


def test_a_card_on_two_sheets_takes_two_blanks(client, head):
    factories.office(counts_blanks=True)
    card = factories.card(finished=True)
    long = pdf.render([_sheet(card), _sheet(card)])
    Card.objects.filter(pk=card.pk).update(
        page_file=default_storage.keep("pages", long, "pdf")
    )
    run = ready_run(head, card)

    post(client, "confirm", run, {"rest": "1"})

    assert run.prints.get().sheets == 2
    assert head.office.stock.balance() == -2


def _sheet(card):
    return pdf.Sheet(printed=card.printed, photo=card.read_photo(), logo=None)


def test_the_page_of_a_run_asks_the_same_for_one_card_and_for_three(client, head):
    def queries(run):
        with CaptureQueriesContext(connection) as asked:
            page_of(client, run)
        return len(asked)

    first = ready_run(head, factories.card(finished=True))
    queries(first)
    three = ready_run(head, *(factories.card(finished=True) for _ in range(3)))

    assert queries(three) == queries(first)
    post(client, "confirm", first, {"rest": "1"})
    post(client, "confirm", three, {"rest": "1"})
    assert queries(three) == queries(first)


def test_the_run_of_another_office_is_not_found(head):
    run = ready_run(head, factories.card(finished=True))
    elsewhere = factories.supervisor(at=factories.office("3372"))
    client = factories.signed_in(elsewhere.user)

    assert page_of(client, run).status_code == 404
    for act in ("confirm", "cancel", "try_run_again"):
        assert post(client, act, run).status_code == 404
