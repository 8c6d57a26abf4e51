import pytest
from django.urls import reverse

from services.issuance.workflow import Status
from services.office.models import JournalEntry
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/petugas/cari/"


@pytest.fixture
def client():
    return factories.signed_in(factories.officer().user)


def test_somebody_is_found_and_their_case_is_one_link_away(client):
    application = factories.application(Status.SUBMITTED)

    page = client.post(URL, {"words": application.applicant.name}).content.decode()

    assert reverse("review:detail", args=[application.token]) in page


def test_what_was_typed_stands_in_no_url_and_no_journal(client):
    application = factories.application(Status.SUBMITTED)
    digits = application.applicant.nik

    response = client.post(URL, {"words": digits})

    assert response.status_code == 200
    assert digits not in response.request["QUERY_STRING"]
    entry = JournalEntry.objects.get()
    assert (entry.act, entry.subject) == ("search", "1")


@pytest.mark.parametrize("typed", ["", "s", "  "])
def test_too_little_gets_a_sentence_beside_the_box(client, typed):
    response = client.post(URL, {"words": typed})

    assert response.status_code == 422
    assert "dua huruf" in response.content.decode()


def test_nobody_is_said_in_words(client):
    response = client.post(URL, {"words": "Xyzzy"})

    assert response.status_code == 200
    assert "Tidak ada" in response.content.decode()
