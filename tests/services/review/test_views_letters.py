"""Messages that were given up are seen by staff, and tried again at their word."""

import pytest
from django.urls import reverse
from django.utils import timezone

from services.issuance.chores import send_letter
from services.issuance.models import Letter
from services.issuance.workflow import Status
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return factories.signed_in(factories.officer().user)


@pytest.fixture
def lost():
    application = factories.application(Status.SUBMITTED)
    Letter.objects.update(attempts=5, last_error="SMTPRecipientsRefused")
    return application


def test_a_letter_that_was_given_up_is_named_in_the_queue_and_in_a_list(client, lost):
    queue = client.get(reverse("review:queue")).content.decode()
    page = client.get(reverse("review:letters")).content.decode()

    assert reverse("review:letters") in queue
    assert lost.applicant.name in page
    assert lost.applicant.user.email not in page


def test_tried_again_it_arrives(client, lost, mailoutbox):
    client.post(reverse("review:try_letters_again", args=[lost.token]))

    assert send_letter()

    assert len(mailoutbox) == 1
    assert not Letter.objects.given_up().exists()


def test_what_arrived_is_not_sent_again(client, lost, mailoutbox):
    Letter.objects.update(sent_at=timezone.now())

    client.post(reverse("review:try_letters_again", args=[lost.token]))

    assert not send_letter()
    assert mailoutbox == []


def test_a_letter_of_another_office_is_not_in_the_list(lost):
    elsewhere = factories.officer(at=factories.office("3372"))

    page = factories.signed_in(elsewhere.user).get(reverse("review:letters"))

    assert page.context["rows"] == []
