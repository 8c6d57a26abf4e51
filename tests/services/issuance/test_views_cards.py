import pytest
from django.urls import reverse

from services.issuance.models import Card, Kind
from services.issuance.workflow import Status
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return factories.card(finished=True)


@pytest.fixture
def holder(card):
    return factories.signed_in(card.application.applicant.user)


def test_my_cards_lists_what_was_authorised_and_nothing_else(card, holder):
    factories.card()
    page = holder.get(reverse("issuance:cards"))

    assert [line["card"] for line in page.context["cards"]] == [card]
    assert card.number in page.content.decode()


def test_a_card_that_nobody_has_authorised_is_not_mine_yet():
    card = factories.card(authorised=False)
    client = factories.signed_in(card.application.applicant.user)

    page = client.get(reverse("issuance:cards"))

    assert card.number not in page.content.decode()


def test_every_download_is_the_same_file(card, holder):
    url = reverse("issuance:card_document", args=[card.token])

    first, second = holder.get(url), holder.get(url)

    assert first.content == second.content == card.read_document()
    assert first["Cache-Control"] == "private, no-store"
    assert card.number not in first["Content-Disposition"]


def test_a_withdrawn_card_can_still_be_read_by_its_owner(card, holder):
    factories.void(card, reason="Nama salah.")

    page = holder.get(reverse("issuance:cards")).content.decode()

    assert "Nama salah." in page
    assert holder.get(reverse("issuance:card_document", args=[card.token])).content


def test_a_stranger_finds_no_card(card):
    client = factories.signed_in(factories.applicant().user)

    for name in ("card_document", "correct_card"):
        url = reverse(f"issuance:{name}", args=[card.token])
        assert client.post(url).status_code in (404, 405)
        assert client.get(url).status_code in (404, 405)
    assert not Card.objects.get().corrections.exists()


def test_a_correction_opens_the_task_list_with_the_answers_of_before(card, holder):
    response = holder.post(
        reverse("issuance:correct_card", args=[card.token]), follow=True
    )

    application = card.corrections.get()
    assert (application.kind, application.status) == (Kind.CORRECTION, Status.DRAFT)
    assert response.redirect_chain[-1][0] == application.get_absolute_url()


def test_a_withdrawn_card_is_not_corrected(card, holder):
    factories.void(card)

    response = holder.post(reverse("issuance:correct_card", args=[card.token]))

    assert response.status_code == 409


def test_a_card_that_is_still_being_drawn_has_no_file():
    card = factories.card()
    client = factories.signed_in(card.application.applicant.user)

    url = reverse("issuance:card_document", args=[card.token])

    assert client.get(url).status_code == 404
    assert "Unduh" not in client.get(reverse("issuance:cards")).content.decode()
