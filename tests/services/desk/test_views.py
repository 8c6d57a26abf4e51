"""The one page of the counter: what it keeps, what it refuses, what it never loses."""

import uuid

import pytest
from django.urls import reverse

from applicants.models import Applicant
from services.issuance.models import Application, Via
from services.office.models import JournalEntry
from tests import factories
from tests.services.desk import counter

pytestmark = pytest.mark.django_db
NEW = "/petugas/loket/baru/"


@pytest.fixture
def budi():
    return factories.officer()


@pytest.fixture
def client(budi):
    return factories.signed_in(budi.user)


def test_the_whole_form_is_kept_by_one_press(client, budi):
    response = client.post(NEW, {**counter.answers(), "go": "1"})

    one = Application.objects.get()
    assert response.url == reverse("desk:papers", args=[one.token])
    rina = one.applicant
    assert (rina.user, rina.nik, rina.name) == (None, counter.NIK, "Rina Contohwati")
    assert (rina.phone, rina.village_id) == ("+6281234567890", "3301012001")
    assert [row.school for row in rina.educations.all()] == ["SMA Contoh 1"]
    assert [row.position for row in rina.experiences.all()] == ["Kasir"]
    assert (rina.has_no_training, rina.has_no_experience) == (True, False)
    assert (one.via, one.office) == (Via.DESK, budi.office)
    entry = JournalEntry.objects.get()
    assert (entry.act, entry.subject) == ("desk_opened", one.token)


def test_the_second_press_makes_no_second_person(client):
    sent = {**counter.answers(), "go": "1", "key": str(uuid.uuid4())}

    client.post(NEW, sent)
    client.post(NEW, sent)

    assert Applicant.objects.count() == 1
    assert Applicant.objects.get().educations.count() == 1


def test_a_mistake_stands_beside_its_box_and_nothing_typed_is_lost(client):
    sent = {**counter.answers(), "general-phone": "12", "go": "1"}

    response = client.post(NEW, sent)

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_general-phone"' in page
    assert 'value="12"' in page
    assert 'value="SMA Contoh 1"' in page
    rina = Applicant.objects.get()
    assert rina.wanted_job == "Operator jahit"
    assert rina.educations.get().token in page


def test_without_an_identity_nobody_is_written_down(client):
    response = client.post(NEW, {**counter.answers(), "identity-name": "", "go": "1"})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="SMA Contoh 1"' in page
    assert not Applicant.objects.exists()


def test_saving_asks_only_about_what_was_begun(client):
    sent = {
        name: answer
        for name, answer in counter.answers().items()
        if name.startswith("identity")
    }

    response = client.post(NEW, {**sent, "save": "1"})

    one = Application.objects.get()
    assert response.url == reverse("desk:sheet", args=[one.token])


def test_going_on_asks_for_every_part(client):
    sent = {
        name: answer
        for name, answer in counter.answers().items()
        if name.startswith("identity")
    }

    page = client.post(NEW, {**sent, "go": "1"})

    assert page.status_code == 422
    for box in ("id_general-phone", "id_address-street", "id_wishes-wanted_job"):
        assert f'href="#{box}"' in page.content.decode()
    assert 'href="#part-education"' in page.content.decode()


@pytest.mark.parametrize("button", [{"add": "education"}, {"show": "1"}])
def test_a_page_is_drawn_anew_without_saving_or_scolding(client, button):
    sent = {**counter.answers(), "identity-name": "", "general-phone": "12"}

    response = client.post(NEW, {**sent, **button})

    page = response.content.decode()
    assert response.status_code == 200
    assert "error-summary" not in page
    assert 'value="12"' in page
    assert 'value="SMA Contoh 1"' in page
    assert ("education-1-school" in page) == ("add" in button)
    assert not Applicant.objects.exists()


def test_a_kept_row_is_changed_and_another_is_removed(client, budi):
    one = factories.at_the_desk(by=budi)
    person = one.applicant
    school, job = person.educations.get(), person.experiences.get()
    sent = {
        **counter.answers(),
        **counter.identity_of(person),
        "education-0-token": school.token,
        "education-0-school": "SMA Lain",
        "experience-0-token": job.token,
        "experience-0-remove": "on",
        "experience-none": "on",
        "save": "1",
    }

    response = client.post(reverse("desk:sheet", args=[one.token]), sent)

    assert response.status_code == 302
    assert [row.school for row in person.educations.all()] == ["SMA Lain"]
    assert not person.experiences.exists()
    person.refresh_from_db()
    assert person.has_no_experience


def test_a_proven_nik_is_not_registered_again(client):
    known = factories.card().application.applicant
    sent = {
        **counter.answers(),
        **counter.identity_of(known),
        "go": "1",
    }

    response = client.post(NEW, sent)

    assert response.status_code == 422
    assert "sudah terbukti" in response.content.decode()
    assert Applicant.objects.count() == 1


def test_what_is_with_the_office_is_not_open_at_the_counter(client, budi):
    one = factories.at_the_desk(by=budi)
    factories.issuance.submit(one, by=budi.user)

    response = client.get(reverse("desk:sheet", args=[one.token]))

    assert response.status_code == 404


def test_an_online_draft_is_not_open_at_the_counter(client):
    one = factories.application()

    assert client.get(reverse("desk:sheet", args=[one.token])).status_code == 404
