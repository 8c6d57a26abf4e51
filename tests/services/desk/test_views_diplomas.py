"""A card on a graduation letter: the diploma is asked for, reminded of, and seen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applicants.models import Applicant, DocumentKind
from services.issuance.chores import remind_of_diplomas
from services.issuance.models import Card, Letter
from services.office.models import JournalEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return factories.signed_in(factories.officer().user)


def days_before_due(card, days, time_machine):
    moment = card.authorised_at + (card.diploma_due_on - card.issued_on)
    time_machine.move_to(moment - timedelta(days=days), tick=False)


def reminders():
    return Letter.objects.filter(kind="diploma_due")


def test_a_card_on_a_letter_asks_for_the_diploma():
    card = factories.card_on_skl()

    assert card.diploma_due_on == card.issued_on + timedelta(days=180)
    assert card.owes_diploma


def test_a_card_on_a_diploma_asks_for_nothing():
    assert factories.card().diploma_due_on is None


def test_an_office_may_not_ask_for_it():
    factories.office(diploma_days=None)

    assert factories.card_on_skl().diploma_due_on is None


def test_the_holder_is_told_by_when_and_sends_it(client):
    card = factories.card_on_skl(diploma_sent=False)
    person = Applicant.objects.get(applications__card=card)
    holder = factories.signed_in(person.user)

    told = holder.get(reverse("issuance:cards")).content.decode()
    factories.document(person, DocumentKind.DIPLOMA)
    page = client.get(reverse("desk:diplomas")).content.decode()

    assert reverse("applicants:upload", args=["ijazah"]) in told
    assert holder.get(reverse("applicants:upload", args=["ijazah"])).status_code == 200
    assert card.holder_name in page
    assert "sudah dikirim" in page


def test_the_diploma_that_was_sent_is_looked_at_and_ticked_off(client):
    card = factories.card_on_skl()

    page = client.get(reverse("desk:diploma", args=[card.token])).content.decode()
    client.post(reverse("desk:see_diploma", args=[card.token]))

    card.refresh_from_db()
    assert reverse("desk:diploma_page", args=[card.token, 0]) in page
    assert not card.owes_diploma
    assert set(JournalEntry.objects.values_list("act", flat=True)) == {
        "diploma",
        "diploma_seen",
    }
    gone = client.get(reverse("desk:diploma_page", args=[card.token, 0]))
    assert gone.status_code == 404
    assert card.holder_name not in client.get("/petugas/loket/ijazah/").content.decode()


def test_it_is_seen_once(client):
    card = factories.card_on_skl()
    client.post(reverse("desk:see_diploma", args=[card.token]))
    other = factories.signed_in(factories.officer().user)

    assert other.post(reverse("desk:see_diploma", args=[card.token])).status_code == 409


def test_what_is_overdue_says_so(client, time_machine):
    card = factories.card_on_skl(diploma_sent=False)
    days_before_due(card, -1, time_machine)
    late = factories.signed_in(factories.officer().user)

    assert "lewat batas" in late.get("/petugas/loket/ijazah/").content.decode()


def test_the_holder_is_reminded_once(time_machine):
    card = factories.card_on_skl(diploma_sent=False)
    days_before_due(card, 20, time_machine)
    remind_of_diplomas()
    early = reminders().count()
    days_before_due(card, 14, time_machine)

    remind_of_diplomas()
    remind_of_diplomas()

    assert early == 0
    assert card.number in reminders().get().body


@pytest.mark.parametrize("sent", [True, False])
def test_nobody_is_reminded_of_what_is_there(sent, time_machine):
    card = factories.card_on_skl(diploma_sent=sent)
    if not sent:
        factories.cards.see_diploma(card, officer=factories.officer())
    days_before_due(card, 14, time_machine)

    remind_of_diplomas()

    assert not reminders().exists()


def test_a_renewal_after_the_diploma_was_seen_asks_for_nothing(time_machine):
    card = factories.card_on_skl(diploma_sent=False)
    person = Applicant.objects.get(applications__card=card)
    factories.cards.see_diploma(card, officer=factories.officer())
    time_machine.move_to(card.authorised_at + timedelta(days=725), tick=False)

    renewed = factories.card(applicant_=person)

    assert renewed.diploma_due_on is None
    assert Card.objects.standing().get() == renewed
