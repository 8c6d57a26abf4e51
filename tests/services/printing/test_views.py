"""The lists of the print room: filters, choosing, authorising, printing."""

import re
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applicants import actions as applicant_actions
from services.issuance import actions_cards
from services.issuance.models import Card
from services.office.models import Role
from services.printing import actions, rules
from services.printing.models import Printer, PrintRun
from tests import factories

pytestmark = pytest.mark.django_db

OTHER_VILLAGE = "3301022001"


@pytest.fixture
def head():
    return factories.supervisor()


@pytest.fixture
def client(head):
    return factories.signed_in(head.user)


def listed(client, query) -> list[str]:
    rows = client.get(reverse("cards:list") + query).context["rows"]
    return [row.card.number for row in rows]


def choice(*cards, key=None, **more):
    return {
        "cards": [card.token for card in cards],
        "key": key or uuid.uuid4(),
        **more,
    }


@pytest.mark.parametrize(
    ("chosen", "facts"),
    [
        ("sahkan", {"authorised": False}),
        ("cetak", {}),
        ("serahkan", {"printed": True}),
        ("semua", {"handed_over": True}),
    ],
)
def test_the_list_asks_the_same_for_one_row_and_for_three(client, chosen, facts):
    path = reverse("cards:list") + f"?daftar={chosen}"
    factories.card(**facts)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    factories.card(**facts)
    factories.card(**facts)

    with CaptureQueriesContext(connection) as three:
        client.get(path)

    # A run is listed with how many cards it holds, and there are at most ten.
    assert len(three) == len(one)


@pytest.mark.parametrize("chosen", ["tarik", "tangani"])
def test_the_lists_of_trouble_ask_the_same_for_one_row_and_for_three(client, chosen):
    path = reverse("cards:list") + f"?daftar={chosen}"

    def trouble():
        card = factories.card()
        if chosen == "tarik":
            actions_cards.ask_void(card, officer=factories.officer(), reason="Salah.")
        else:
            Card.objects.filter(pk=card.pk).update(finish_attempts=5)

    trouble()
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    trouble()
    trouble()

    with CaptureQueriesContext(connection) as three:
        response = client.get(path)

    assert len(response.context["rows"]) == 3
    assert len(three) == len(one)


# Filters --------------------------------------------------------------------------


def test_the_filter_finds_the_day_the_officer_and_the_district(client):
    first, second = factories.officer(), factories.officer()
    early = factories.card(by=first)
    person = factories.applicant()
    applicant_actions.change(person, village_id=OTHER_VILLAGE)
    late = factories.card(by=second, applicant_=person)
    zone = ZoneInfo("Asia/Jakarta")
    # One minute before and at midnight in Jakarta.
    Card.objects.filter(pk=early.pk).update(
        authorised_at=datetime(2026, 11, 20, 23, 59, tzinfo=zone)
    )
    Card.objects.filter(pk=late.pk).update(
        authorised_at=datetime(2026, 11, 21, 0, 0, tzinfo=zone)
    )

    assert listed(client, "?daftar=cetak&hari=2026-11-20") == [early.number]
    assert listed(client, "?daftar=cetak&hari=2026-11-21") == [late.number]
    assert listed(client, f"?daftar=cetak&petugas={second.token}") == [late.number]
    assert listed(client, "?daftar=cetak&kecamatan=330102") == [late.number]
    assert listed(client, "?daftar=cetak&kecamatan=330102&hari=2026-11-20") == []


def test_the_filter_works_on_what_is_to_authorise_too(client):
    by = factories.officer()
    mine = factories.card(authorised=False, by=by)
    factories.card(authorised=False)

    assert listed(client, f"?daftar=sahkan&petugas={by.token}") == [mine.number]


@pytest.mark.parametrize(
    "query",
    [
        "hari=kemarin",
        "hari=9999-12-31",
        "hari=2026-W47-1",
        "petugas=%00",
        "petugas=tidak-ada",
        "kecamatan=%00%00%00%00%00%00",
        "kecamatan=999999",
        "hal=besok",
    ],
)
def test_nonsense_in_the_filter_is_not_asked_for(client, query):
    card = factories.card()

    assert listed(client, f"?daftar=cetak&{query}") == [card.number]


def test_a_day_without_cards_is_empty_and_stays_chosen(client):
    factories.card()

    response = client.get(reverse("cards:list") + "?daftar=cetak&hari=2020-01-01")

    assert response.context["rows"] == []
    assert response.context["filtered"].filters[0].value == "2020-01-01"


def test_turning_the_page_keeps_the_filter(client, monkeypatch):
    monkeypatch.setattr("services.printing.views.PER_PAGE", 1)
    today = timezone.localdate().isoformat()
    for _ in range(2):
        factories.card()

    page = client.get(reverse("cards:list") + f"?daftar=cetak&hari={today}")

    link = f"?daftar=cetak&amp;hari={today}&amp;hal=2"
    assert reverse("cards:list") + link in page.content.decode()


# Choosing -------------------------------------------------------------------------


def test_all_of_the_filter_is_more_than_the_page(client, monkeypatch):
    monkeypatch.setattr("services.printing.views.PER_PAGE", 1)
    cards = [factories.card() for _ in range(3)]
    shown = client.get(reverse("cards:list") + "?daftar=cetak")
    everything = " ".join(shown.context["everything"])
    assert f'value="{everything}"' in shown.content.decode()

    client.post(
        reverse("cards:print") + "?daftar=cetak",
        {"all": everything, "key": uuid.uuid4()},
    )

    printed = PrintRun.objects.get().prints.values_list("card__number", flat=True)
    assert sorted(printed) == sorted(card.number for card in cards)


def test_all_is_what_was_shown_and_no_card_that_came_later(client):
    seen = factories.card()
    everything = client.get(reverse("cards:list") + "?daftar=cetak").context[
        "everything"
    ]
    factories.card()

    client.post(
        reverse("cards:print"), {"all": " ".join(everything), "key": uuid.uuid4()}
    )

    assert [entry.card for entry in PrintRun.objects.get().prints.all()] == [seen]


def test_all_leaves_out_what_the_supervisor_approved_herself(client, head):
    factories.card(authorised=False, by=head)
    other = factories.card(authorised=False)

    response = client.get(reverse("cards:list") + "?daftar=sahkan")

    assert response.context["everything"] == [other.token]


def test_choosing_no_card_is_a_sentence_on_the_same_page(client):
    factories.card()
    printer = factories.printer()

    response = client.post(
        reverse("cards:print") + "?daftar=cetak",
        {"key": uuid.uuid4(), "printer": printer.token},
    )

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Pilih setidaknya satu kartu."
    ]
    assert f'value="{printer.token}" selected' in response.content.decode()
    assert not PrintRun.objects.exists()


def test_too_many_cards_are_refused_with_both_numbers(client, monkeypatch):
    monkeypatch.setattr(PrintRun, "MAX_CARDS", 1)
    cards = [factories.card() for _ in range(2)]

    response = client.post(reverse("cards:print"), choice(*cards))

    assert response.status_code == 422
    (said,) = response.context["form"].non_field_errors()
    assert re.findall(r"\d+", said) == ["1", "2"]
    assert not PrintRun.objects.exists()


def test_a_card_withdrawn_since_is_named_and_the_others_stay_chosen(client):
    stays, also, goes = (factories.card() for _ in range(3))
    factories.void(goes)
    key = uuid.uuid4()

    refused = client.post(
        reverse("cards:print") + "?daftar=cetak", choice(stays, also, goes, key=key)
    )

    assert refused.status_code == 422
    assert goes.number in refused.context["form"].non_field_errors()[0]
    assert not PrintRun.objects.exists()
    ticked = {row.card for row in refused.context["rows"] if row.ticked}
    assert ticked == {stays, also}
    assert f'name="key" value="{key}"' in refused.content.decode()
    client.post(reverse("cards:print"), choice(*ticked, key=key))
    assert PrintRun.objects.get().prints.count() == 2


def test_a_chosen_card_that_stands_on_another_page_by_now_is_shown(client, monkeypatch):
    monkeypatch.setattr("services.printing.views.PER_PAGE", 1)
    first, second, gone = (factories.card() for _ in range(3))
    factories.void(gone)

    refused = client.post(
        reverse("cards:print") + "?daftar=cetak", choice(second, gone)
    )

    rows = {row.card: row.ticked for row in refused.context["rows"]}
    assert rows == {second: True, first: False}


def test_all_of_a_filter_with_a_withdrawn_card_keeps_the_others(client):
    stays, goes = factories.card(), factories.card()
    factories.void(goes)
    everything = f"{stays.token} {goes.token}"

    refused = client.post(
        reverse("cards:print"), {"all": everything, "key": uuid.uuid4()}
    )

    assert refused.status_code == 422
    assert refused.context["everything"] == [stays.token]
    assert refused.context["form"].all == [stays.token]


def test_a_card_that_is_no_card_is_a_sentence(client):
    response = client.post(
        reverse("cards:print"), {"cards": ["x' OR 1"], "key": uuid.uuid4()}
    )

    assert response.status_code == 422


def test_a_second_click_finds_the_same_run(client):
    card, key = factories.card(), uuid.uuid4()

    first = client.post(reverse("cards:print"), choice(card, key=key))
    second = client.post(reverse("cards:print"), choice(card, key=key))

    run = PrintRun.objects.get()
    assert first.url == second.url == run.get_absolute_url()


def test_the_run_keeps_the_printer_as_it_was(client):
    printer = factories.printer(front_x=13, back_y=-7, stock="yellow", flip="long")
    client.post(reverse("cards:print"), choice(factories.card(), printer=printer.token))

    Printer.objects.update(front_x=0, name="Lain")

    run = PrintRun.objects.get()
    assert run.printer == printer
    assert run.set_up["shifts"] == [[1.3, 0.0], [0.0, -0.7]]
    assert (run.set_up["stock"], run.set_up["flip"]) == ("yellow", "long")
    assert run.printer_name != "Lain"


def test_a_printer_that_is_no_longer_used_is_a_sentence_beside_the_field(client):
    printer = factories.printer(is_active=False)

    response = client.post(
        reverse("cards:print"), choice(factories.card(), printer=printer.token)
    )

    assert response.status_code == 422
    assert "printer" in response.context["form"].errors


def test_the_printer_used_last_is_offered_first(client):
    factories.printer()
    mine = factories.printer()
    client.post(reverse("cards:print"), choice(factories.card(), printer=mine.token))
    factories.card()

    page = client.get(reverse("cards:list") + "?daftar=cetak")

    assert f'value="{mine.token}" selected' in page.content.decode()


# Authorising ----------------------------------------------------------------------


def test_authorise_and_print_in_one_press(client):
    cards = [factories.card(authorised=False) for _ in range(2)]

    response = client.post(reverse("cards:authorise"), choice(*cards, print="1"))

    run = PrintRun.objects.get()
    assert response.url == run.get_absolute_url()
    assert Card.objects.filter(authorised_at__isnull=False).count() == 2
    assert run.prints.count() == 2


def test_authorising_goes_back_to_the_list_as_it_was_filtered(client):
    card = factories.card(authorised=False)

    response = client.post(
        reverse("cards:authorise") + "?daftar=sahkan&kecamatan=330101", choice(card)
    )

    assert response.url == reverse("cards:list") + "?daftar=sahkan&kecamatan=330101"


def test_a_second_click_on_authorise_is_no_mistake(client):
    card = factories.card(authorised=False)
    client.post(reverse("cards:authorise"), choice(card))

    response = client.post(reverse("cards:authorise"), choice(card))

    assert response.status_code == 302
    assert len(list(get_messages(response.wsgi_request))) == 2


def test_ones_own_card_is_refused_with_the_reason_and_nothing_is_authorised(
    client, head
):
    own = factories.card(authorised=False, by=head)
    other = factories.card(authorised=False)

    response = client.post(
        reverse("cards:authorise") + "?daftar=sahkan", choice(own, other)
    )

    assert response.status_code == 422
    assert own.number in response.context["form"].non_field_errors()[0]
    assert not Card.objects.exclude(authorised_at=None).exists()


# Other tabs -----------------------------------------------------------------------


def test_cards_that_could_not_be_drawn_stand_apart_with_the_reason(client):
    card = factories.card()
    Card.objects.filter(pk=card.pk).update(
        finish_attempts=Card.MAX_ATTEMPTS, finish_problem="Foto tidak terbaca."
    )

    page = client.get(reverse("cards:list") + "?daftar=tangani").content.decode()

    assert "Foto tidak terbaca." in page
    assert reverse("cards:try_again", args=[card.token]) in page
    assert listed(client, "?daftar=cetak") == []


def test_a_code_name_of_a_fault_is_put_into_a_sentence(client):
    card = factories.card()
    Card.objects.filter(pk=card.pk).update(
        finish_attempts=Card.MAX_ATTEMPTS, finish_problem="OSError"
    )

    (row,) = client.get(reverse("cards:list") + "?daftar=tangani").context["rows"]

    assert "(OSError)" in row.bar
    assert "administrator" in row.bar


def test_the_list_to_withdraw_says_who_asked_and_why(client):
    card, asker = factories.card(), factories.officer(name="Budi Contoh")
    actions_cards.ask_void(card, officer=asker, reason="Nama salah.")

    page = client.get(reverse("cards:list") + "?daftar=tarik").content.decode()

    assert "Budi Contoh" in page
    assert "Nama salah." in page


def test_an_auditor_reads_the_lists_and_chooses_nothing(head):
    factories.card()
    auditor = factories.officer(Role.AUDITOR)

    response = factories.signed_in(auditor.user).get(
        reverse("cards:list") + "?daftar=cetak"
    )

    assert len(response.context["rows"]) == 1
    assert 'name="cards"' not in response.content.decode()


def test_few_blanks_are_said_where_one_prints(client):
    factories.office(counts_blanks=True)

    page = client.get(reverse("cards:list"))

    assert page.context["blanks"] == 0
    assert reverse("cards:stock") in page.content.decode()


def test_the_second_click_finds_the_run_that_the_first_makes_meanwhile(
    client, head, monkeypatch
):
    card, key, unprintable = factories.card(), uuid.uuid4(), rules.unprintable

    def after_the_first(cards, office):
        monkeypatch.undo()
        actions.print_cards(cards, officer=head, key=key)
        return unprintable(cards, office)

    monkeypatch.setattr(rules, "unprintable", after_the_first)

    response = client.post(reverse("cards:print"), choice(card, key=key))

    assert response.url == PrintRun.objects.get().get_absolute_url()
