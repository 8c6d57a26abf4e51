"""Papers, handing in and the receipt of the counter."""

import re
import uuid

import pytest
from django.urls import reverse

from applicants.models import Consent, DocumentKind
from services.issuance.models import Via
from services.issuance.workflow import Status
from services.office.models import JournalEntry
from tests import factories
from tests.services.desk import counter

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@pytest.fixture
def budi():
    return factories.officer()


@pytest.fixture
def client(budi):
    return factories.signed_in(budi.user)


@pytest.fixture
def one(budi):
    return factories.at_the_desk(by=budi)


def path(act, one, *more):
    return reverse(f"desk:{act}", args=[one.token, *more])


def code_on(response) -> str:
    found = CODE.search(response.content.decode())
    return found[0] if found else ""


def hands_in(client, one, key=None):
    sent = {"agreed": "on", "key": key or str(uuid.uuid4())}
    return client.post(path("submit", one), sent)


def test_a_paper_and_a_photo_go_through_the_usual_cleaning(client, one):
    one.applicant.documents.all().delete()

    client.post(path("upload", one, "ktp"), {"file": counter.file()})
    client.post(path("upload", one, "foto"), {"file": counter.file(900, 1200)})

    kinds = {d.kind: d for d in one.applicant.documents.all()}
    assert set(kinds) == {DocumentKind.KTP, DocumentKind.PHOTO}
    cut = kinds[DocumentKind.PHOTO].pages.last()
    assert (cut.width, cut.height) == (600, 800)


def test_a_file_that_is_none_says_so_on_the_same_page(client, one):
    response = client.post(path("upload", one, "ktp"), {})

    assert response.status_code == 422
    assert "Pilih berkas" in response.content.decode()


def test_a_photo_is_cut_anew(client, one):
    photo = one.applicant.documents.get(kind="foto")

    client.post(path("crop", one, photo.token), {"zoom": "200", "x": "50", "y": "50"})

    photo.refresh_from_db()
    assert photo.crop[2] < 750


def test_a_paper_is_removed(client, one):
    paper = one.applicant.documents.get(kind="ktp")

    client.post(path("remove", one, paper.token))

    assert not one.applicant.documents.filter(kind="ktp").exists()


def test_handing_in_takes_it_to_the_same_desk(client, one, budi):
    response = hands_in(client, one)

    one.refresh_from_db()
    assert (one.status, one.via) == (Status.IN_REVIEW, Via.DESK)
    assert one.reviewer == budi.user
    assert one.receipt in response.content.decode()
    consent = one.applicant.consents.get()
    assert consent.purpose == Consent.Purpose.DESK
    assert reverse("review:detail", args=[one.token]) in response.content.decode()


def test_nothing_is_handed_in_before_the_person_agrees(client, one):
    response = client.post(path("submit", one), {"key": str(uuid.uuid4())})

    one.refresh_from_db()
    assert response.status_code == 422
    assert one.status == Status.DRAFT


def test_the_second_press_shows_no_code_and_makes_none(client, one):
    key = str(uuid.uuid4())
    hands_in(client, one, key)

    again = hands_in(client, one, key)

    assert again.url == path("receipt", one)
    assert one.applicant.claim_codes.count() == 1
    assert code_on(client.get(again.url)) == ""


def test_the_same_rules_hold_at_the_counter(client, one):
    one.applicant.documents.filter(kind="foto").delete()

    response = hands_in(client, one)

    one.refresh_from_db()
    assert response.status_code == 409
    assert one.status == Status.DRAFT
    assert not one.applicant.consents.exists()


def test_the_code_is_kept_as_its_index_only(client, one):
    code = code_on(hands_in(client, one))

    kept = one.applicant.claim_codes.get()
    assert code
    assert code.encode() not in bytes(kept.code_index)


def test_an_account_gets_no_code(client, budi):
    person = factories.applicant()
    one = factories.desk.open_record(person, officer=budi, ktp_seen=True)

    response = hands_in(client, one)

    assert response.url == path("receipt", one)
    assert not person.claim_codes.exists()


def test_a_new_code_is_for_who_shows_the_ktp_and_is_written_down(client, one):
    first = code_on(hands_in(client, one))

    refused = client.post(path("claim_code", one), {})
    second = code_on(client.post(path("claim_code", one), {"ktp_seen": "on"}))

    assert refused.status_code == 422
    assert second not in ("", first)
    assert JournalEntry.objects.get(act="desk_claim_code").subject == one.token
    newcomer = factories.user()
    take_over = factories.applicant_actions.take_over
    assert not take_over(one.applicant, code=first, by=newcomer)
    assert take_over(one.applicant, code=second, by=newcomer)


def test_only_the_page_of_papers_may_use_the_camera(client, one):
    header = "Permissions-Policy"

    assert "camera=(self)" in client.get(path("papers", one))[header]
    assert "camera=()" in client.get(path("sheet", one))[header]
    assert "camera=()" in client.get("/")[header]
    assert "camera=(self)" in client.get(reverse("verification:offline"))[header]
