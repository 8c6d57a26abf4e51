"""The print room in a real browser: its pages, and a run from the list to the end."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from services.issuance import actions_cards
from services.issuance.models import Card
from services.office.models import Heartbeat
from services.printing import actions, actions_stock
from services.printing.chores import assemble_run
from services.printing.models import PrintRun
from tests import factories
from tests.browser.looks import NARROW, problems_of

pytestmark = pytest.mark.django_db(transaction=True)

DESK = {"width": 1280, "height": 900}
TABS = ("sahkan", "cetak", "serahkan", "tarik", "tangani", "semua")


def works():
    """All that a worker finds due, at once."""
    factories.finish()
    PrintRun.objects.update(try_at=timezone.now())
    while assemble_run():
        pass


def filled_room(head) -> list[str]:
    """A print room with something in every list; the addresses of its pages."""
    factories.office(counts_blanks=True)
    actions_stock.receive_blanks(head.office, officer=head, sheets=40)
    printer = factories.printer(
        name="Epson loket 2", stock="yellow", front_x=13, tray_note="Baki belakang"
    )
    factories.printer(name="Printer lama", is_active=False)
    for _ in range(3):
        factories.card(authorised=False)
    stuck, leaves = factories.card(), factories.card(finished=True)
    Card.objects.filter(pk=stuck.pk).update(finish_attempts=5, finish_problem="OSError")
    actions_cards.ask_void(
        leaves, officer=factories.officer(name="Budi Contoh"), reason="Nama salah."
    )
    twice = factories.card(handed_over=True)
    factories.lost(twice)
    closed = factories.print_run([twice], by=head, printer=printer)
    ready = _run_with_a_withdrawn_card(head, printer)
    given_up = _run(head, factories.card(finished=True))
    PrintRun.objects.filter(pk=given_up.pk).update(attempts=5, problem="MemoryError")
    waiting = _run(head, factories.card(finished=True), factories.card())
    return [
        *(reverse("cards:list") + f"?daftar={tab}" for tab in TABS),
        reverse("cards:list") + "?daftar=cetak&hari=2020-01-01",
        *(run.get_absolute_url() for run in (waiting, ready, given_up, closed)),
        *(
            reverse("cards:detail", args=[each.token])
            for each in (stuck, leaves, twice)
        ),
        reverse("cards:ask_reprint", args=[_printed(head).token]),
        reverse("cards:hand_over", args=[twice.token]),
        reverse("cards:ask_void", args=[twice.token]),
        reverse("cards:register"),
        reverse("cards:stock"),
        reverse("cards:printers"),
        reverse("cards:add_printer"),
        reverse("cards:printer", args=[printer.token]),
        reverse("cards:calibrate", args=[printer.token]),
    ]


def _run(head, *cards, printer=None):
    return actions.print_cards(cards, officer=head, key=uuid.uuid4(), printer=printer)


def _run_with_a_withdrawn_card(head, printer):
    cards = [factories.card(finished=True) for _ in range(4)]
    run = _run(head, *cards, printer=printer)
    factories.void(cards[0])
    assemble_run()
    factories.void(cards[2])
    return run


def _printed(head):
    card = factories.card(finished=True)
    factories.print_run([card], by=head)
    return card


def test_the_print_room_is_for_everybody_and_fits_the_smallest_phone(phone):
    head = factories.supervisor()

    paths = filled_room(head)

    assert problems_of(phone(head.user, viewport=NARROW), paths) == {}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_run_from_the_list_to_the_last_card(phone, script):
    Heartbeat.objects.create(worker="w", seen_at=timezone.now())
    head = factories.supervisor()
    cards = [factories.card() for _ in range(3)]
    browser = phone(head.user, viewport=DESK, java_script_enabled=script)
    page = browser.opens(reverse("cards:list") + "?daftar=cetak")

    page.select_option("[name=kecamatan]", "330101")
    page.locator(".filters button").click()
    page.locator("label[for=all]").click()
    page.locator(".bar button").click()

    page.wait_for_url("**/petugas/kartu/cetakan/**")
    assert page.locator("progress").get_attribute("max") == "3"
    works()
    # The page finds out by itself that the file is there.
    page.locator("[name=result-0]").first.wait_for()
    page.check("[name=result-1][value=spoiled]")
    page.fill("[name=reason-1]", "Kertas macet.")
    page.locator("[name=rest]").click()
    page.wait_for_load_state()

    run = PrintRun.objects.get()
    assert run.closed_at
    outcomes = sorted(run.prints.values_list("outcome", flat=True))
    assert outcomes == ["good", "good", "spoiled"]
    assert len(cards) == run.prints.count()


def test_a_triple_click_on_print_is_one_run(phone):
    head = factories.supervisor()
    card = factories.card()
    page = phone(head.user, viewport=DESK).opens(
        reverse("cards:list") + "?daftar=cetak"
    )
    page.locator(f"label[for='card-{card.token}']").click()

    page.locator(".bar button").click(click_count=3)

    page.wait_for_url("**/petugas/kartu/cetakan/**")
    assert PrintRun.objects.count() == 1


def test_a_finished_page_does_not_ask_again(phone):
    head = factories.supervisor()
    run = factories.print_run([factories.card(finished=True)], by=head, confirmed=False)
    browser = phone(head.user)
    page = browser.opens(run.get_absolute_url())
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.wait_for_timeout(5000)

    # Chromium fetches the icon of a page when it has time.
    assert [url for url in asked if "/static/" not in url] == []
