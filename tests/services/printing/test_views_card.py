"""The page of one card, and what is done with one card."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from services.issuance import actions_cards
from services.issuance.models import Card
from services.office.models import Role
from services.printing import actions, lists
from services.printing.models import Reprint
from tests import factories

pytestmark = pytest.mark.django_db

LETTER = "SKTLK/12/XI/2026"


@pytest.fixture
def head():
    return factories.supervisor()


@pytest.fixture
def client(head):
    return factories.signed_in(head.user)


def shown(client, card):
    return client.get(reverse("cards:detail", args=[card.token])).content.decode()


def post(client, act, card, data=None):
    return client.post(reverse(f"cards:{act}", args=[card.token]), data or {})


def scan(content=None, name="surat.jpg"):
    if content is None:
        content = factories.picture(800, 500)
    return SimpleUploadedFile(name, content, "application/octet-stream")


# What the page says ---------------------------------------------------------------


def test_the_page_says_how_each_print_came_out(client, head):
    card = factories.card(finished=True)
    printer = factories.printer(name="Printer loket 2")
    run = factories.print_run([card], by=head, confirmed=False)
    actions.confirm(
        run, officer=head, good=set(), spoiled={run.prints.get().pk: "Kertas macet."}
    )
    factories.print_run([card], by=head, printer=printer)
    actions.hand_over(card, officer=head, to="Ibu Contoh", identity_seen="Kuasa")

    page = shown(client, card)

    for words in ("Kertas macet.", "Printer loket 2", "Ibu Contoh", "surat kuasa"):
        assert words in page


def test_a_replaced_card_and_the_one_that_replaces_it_know_each_other(client):
    old, new = factories.card(), factories.card()
    Card.objects.filter(pk=old.pk).update(
        replaced_at=timezone.now(),
        replaced_by=new,
        revision=1,
        needs_print=False,
    )
    Card.objects.filter(pk=new.pk).update(revision=3)

    assert reverse("cards:detail", args=[new.token]) in shown(client, old)
    page = shown(client, new)
    assert reverse("cards:detail", args=[old.token]) in page
    assert "perbaikan ke-2" in page


def test_a_card_of_which_everything_is_past_offers_no_act(client):
    card = factories.card(printed=True)
    factories.void(card)

    page = shown(client, card)

    for act in ("authorise", "print"):
        assert f'action="{reverse(f"cards:{act}")}"' not in page
    for act in ("hand_over", "ask_reprint", "ask_void", "void", "keep"):
        assert reverse(f"cards:{act}", args=[card.token]) not in page


def test_an_auditor_sees_no_act(head):
    card = factories.card(finished=True)
    client = factories.signed_in(factories.officer(Role.AUDITOR).user)

    assert "<form" not in shown(client, card).split("<main")[1].split("</main")[0]


def test_a_card_is_printed_from_its_page_on_the_usual_printer(client, head):
    printer = factories.printer()
    card = factories.card()
    assert f'value="{printer.token}" selected' in shown(client, card)

    response = client.post(
        reverse("cards:print"),
        {"cards": card.token, "key": uuid.uuid4(), "printer": printer.token},
    )

    run = head.office.print_runs.get()
    assert response.url == run.get_absolute_url()
    assert run.printer == printer


# The document, a card that could not be drawn -------------------------------------


def test_the_finished_card_can_be_looked_at_and_that_is_written_down(client, head):
    card = factories.card(finished=True)
    path = reverse("cards:document", args=[card.token])

    response = client.get(path)

    assert response["Content-Type"] == "application/pdf"
    assert response.content == card.read_document()
    entry = head.office.journal.get()
    assert (entry.act, entry.subject) == ("card_document", card.number)


def test_a_card_that_is_not_drawn_yet_has_no_document(client):
    card = factories.card()
    path = reverse("cards:document", args=[card.token])

    assert client.get(path).status_code == 409
    assert path not in shown(client, card)


def test_a_card_that_could_not_be_drawn_is_tried_again(client):
    card = factories.card()
    Card.objects.filter(pk=card.pk).update(
        finish_attempts=Card.MAX_ATTEMPTS, finish_problem="Foto tidak terbaca."
    )
    assert "Foto tidak terbaca." in shown(client, card)

    response = post(client, "try_again", card)
    factories.finish()

    assert response.url == reverse("cards:detail", args=[card.token])
    card.refresh_from_db()
    assert card.is_finished


# Printing again -------------------------------------------------------------------


def test_a_lost_card_is_printed_again_for_the_letter_from_the_police(client, head):
    card = factories.card(handed_over=True)

    response = post(
        client,
        "ask_reprint",
        card,
        {"reason": "lost", "police_letter": LETTER, "letter": scan()},
    )

    assert response.url == reverse("cards:detail", args=[card.token])
    reprint = Reprint.objects.get()
    assert (reprint.police_letter, reprint.by) == (LETTER, head.user)
    assert list(lists.to_print(head.office)) == [card]
    letter = client.get(reverse("cards:letter", args=[card.token, 0]))
    assert letter.content == reprint.read_letter()
    assert letter["Content-Type"] == "image/jpeg"
    assert head.office.journal.get().act == "reprint_letter"
    assert client.get(reverse("cards:letter", args=[card.token, 1])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, ["reason"]),
        ({"reason": "stolen"}, ["reason"]),
        ({"reason": "lost"}, ["letter", "police_letter"]),
        ({"reason": "lost", "police_letter": LETTER}, ["letter"]),
        ({"reason": "damaged"}, ["old_card_returned"]),
        ({"reason": "misprint"}, ["old_card_returned"]),
        ({"reason": "misprint", "old_card_returned": "on", "note": "Basah"}, []),
        ({"reason": "damaged", "old_card_returned": "on", "note": "y" * 201}, ["note"]),
    ],
)
def test_each_reason_needs_its_own_proof(client, typed, wrong):
    card = factories.card(printed=True)

    response = post(client, "ask_reprint", card, typed)

    assert response.status_code == (422 if wrong else 302)
    found = response.context["form"].errors if wrong else {}
    assert sorted(found) == wrong
    assert Reprint.objects.exists() is not bool(wrong)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"PK\x03\x04 word", "Word"),
        (b"\xff\xd8\xff not a picture", "rusak"),
        (b"x" * (25 * 1024 * 1024 + 1), "terlalu besar"),
    ],
)
def test_a_letter_that_cannot_be_read_is_one_sentence_beside_the_field(
    client, content, words
):
    card = factories.card(printed=True)

    response = post(
        client,
        "ask_reprint",
        card,
        {"reason": "lost", "police_letter": LETTER, "letter": scan(content)},
    )

    assert response.status_code == 422
    (said,) = response.context["form"].errors["letter"]
    assert words in said
    assert f'value="{LETTER}"' in response.content.decode()


def test_a_file_too_long_to_be_read_at_all_is_one_sentence(client):
    card = factories.card(printed=True)

    response = post(
        client,
        "ask_reprint",
        card,
        {
            "reason": "lost",
            "police_letter": LETTER,
            "letter": scan(b"x" * (28 * 1024 * 1024)),
        },
    )

    assert response.status_code == 422
    (said,) = response.context["form"].errors["letter"]
    assert "terlalu besar" in said


def test_a_card_that_was_never_printed_is_not_printed_again(client):
    card = factories.card()
    typed = {"reason": "damaged", "old_card_returned": "on"}

    assert post(client, "ask_reprint", card, typed).status_code == 409


# Handing over, withdrawing --------------------------------------------------------


def test_hand_over_writes_to_whom_and_what_was_seen(client):
    card = factories.card(printed=True)

    post(client, "hand_over", card, {"to": "Ibu Contoh", "identity_seen": "Kuasa"})

    entry = card.prints.get()
    assert (entry.handed_over_to, entry.identity_seen) == ("Ibu Contoh", "Kuasa")


def test_hand_over_without_a_name_is_a_sentence(client):
    card = factories.card(printed=True)

    response = post(client, "hand_over", card, {"to": "", "identity_seen": "KTP"})

    assert response.status_code == 422
    assert card.prints.get().handed_over_at is None


def test_withdrawing_needs_a_reason(client):
    card = factories.card()

    response = post(client, "ask_void", card, {"reason": ""})

    assert response.status_code == 422
    card.refresh_from_db()
    assert card.void_asked_at is None


def test_who_asked_reads_that_another_one_confirms(client, head):
    card = factories.card()
    post(client, "ask_void", card, {"reason": "Nama salah."})

    page = shown(client, card)
    refused = post(client, "void", card)

    assert head.name in page
    assert "Nama salah." in page
    assert 'aria-describedby="bar-void"' in page
    assert refused.status_code == 409
    card.refresh_from_db()
    assert card.voided_at is None


def test_another_supervisor_confirms_the_withdrawal(client):
    card = factories.card()
    actions_cards.ask_void(card, officer=factories.officer(), reason="Nama salah.")
    assert 'aria-describedby="bar-void"' not in shown(client, card)

    post(client, "void", card)

    card.refresh_from_db()
    assert card.voided_at
    assert "Nama salah." in shown(client, card)


def test_who_asked_may_take_it_back(head):
    asker = factories.officer()
    card = factories.card()
    client = factories.signed_in(asker.user)
    post(client, "ask_void", card, {"reason": "Nama salah."})
    assert reverse("cards:keep", args=[card.token]) in shown(client, card)

    post(client, "keep", card)

    card.refresh_from_db()
    assert (card.void_asked_at, card.void_reason) == (None, "")


def test_in_an_office_of_one_person_it_is_withdrawn_at_once(client):
    factories.office(one_person_office=True)
    card = factories.card()

    post(client, "ask_void", card, {"reason": "Nama salah."})

    card.refresh_from_db()
    assert card.voided_at
