"""Who stands at the counter: found here, elsewhere, claimed by somebody, or new."""

import re

import pytest
from django.urls import reverse

from services.desk.people import handle_of
from services.issuance.models import Application, Inactive, Kind, Via
from services.issuance.workflow import Status
from services.office.models import JournalEntry, Role
from services.registry import actions as registry
from tests import factories
from tests.services.desk import counter

pytestmark = pytest.mark.django_db
START = "/petugas/loket/"


@pytest.fixture
def budi():
    return factories.officer()


@pytest.fixture
def client(budi):
    return factories.signed_in(budi.user)


def looks(client, words):
    return client.post(START, {"words": words})


def opens(client, applicant, budi, name="desk:open_record", **answers):
    handle = handle_of(applicant, budi)
    return client.post(reverse(name), {"handle": handle, **answers})


def test_a_nik_that_nobody_has_opens_the_page_of_somebody_new(client):
    response = looks(client, counter.NIK)

    page = response.content.decode()
    assert response.status_code == 200
    assert f'value="{counter.NIK}"' in page
    assert f'action="{reverse("desk:new")}"' in page


def test_a_mistyped_nik_is_told_at_once(client):
    assert looks(client, "9901014903040007").status_code == 422


def test_a_proven_nik_is_one_person(client, budi, time_machine):
    card = factories.card()

    response = looks(client, card.application.applicant.nik)

    page = response.content.decode()
    assert card.number in page
    assert card.application.applicant.nik not in page
    entry = JournalEntry.objects.get(act="desk_person")
    assert entry.subject == card.application.token


def test_a_nik_that_somebody_claims_online_is_never_taken_for_granted(client, budi):
    claimed = factories.applicant()

    page = looks(client, claimed.nik).content.decode()
    refused = opens(client, claimed, budi)

    assert claimed.name in page
    assert refused.status_code == 422
    assert not Application.objects.exists()


def test_with_the_ktp_seen_the_claimed_record_is_gone_on_with(client, budi):
    claimed = factories.applicant()

    response = opens(client, claimed, budi, ktp_seen="on")

    one = claimed.applications.get()
    assert response.url == reverse("desk:sheet", args=[one.token])
    assert (one.via, one.kind) == (Via.DESK, Kind.NEW)


def test_somebody_else_with_a_claimed_nik_gets_a_record_of_their_own(client):
    claimed = factories.applicant()

    page = client.post(reverse("desk:new"), {"fresh": "1", "nik": claimed.nik})

    assert f'value="{claimed.nik}"' in page.content.decode()


def test_a_name_finds_people_of_this_office(client):
    one = factories.application(Status.SUBMITTED)

    page = looks(client, one.applicant.name).content.decode()
    handle = re.search(r'name="handle" value="([^"]+)"', page)[1]
    person = client.post(reverse("desk:person"), {"handle": handle})

    assert one.applicant.name in person.content.decode()
    assert reverse("review:detail", args=[one.token]) in person.content.decode()


def test_a_handle_is_good_for_nobody_else_and_not_for_long(client, budi, time_machine):
    person = factories.applicant()
    foreign = handle_of(person, factories.officer())
    old = handle_of(person, budi)

    assert client.post(reverse("desk:person"), {"handle": foreign}).status_code == 404
    assert client.post(reverse("desk:person"), {"handle": f"{old}x"}).status_code == 404
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.desk.people.HANDLE_SECONDS", -1)
        late = client.post(reverse("desk:person"), {"handle": old})
    assert late.status_code == 404


def test_a_card_is_renewed_with_everything_filled_in(client, budi, time_machine):
    time_machine.move_to("2024-12-01 03:00 +0000")
    card = factories.card()
    person = card.application.applicant
    time_machine.move_to("2026-11-23 03:00 +0000")

    response = opens(client, person, budi)

    one = person.applications.open().get()
    assert one.kind == Kind.RENEWAL
    page = client.get(response.url).content.decode()
    assert person.name in page
    assert 'value="SMA Contoh 1"' in page


def test_a_card_that_has_long_to_go_is_not_renewed_but_corrected(client, budi):
    card = factories.card()
    person = card.application.applicant

    refused = opens(client, person, budi)
    response = opens(client, person, budi, "desk:correct")

    assert refused.status_code == 409
    one = person.applications.open().get()
    assert response.url == reverse("desk:sheet", args=[one.token])
    assert (one.kind, one.corrects, one.via) == (Kind.CORRECTION, card, Via.DESK)


def test_a_card_that_waits_for_a_supervisor_is_one_link_away(client):
    card = factories.card(authorised=False)

    page = looks(client, card.application.applicant.nik).content.decode()

    assert "belum disahkan" in page
    assert reverse("cards:detail", args=[card.token]) in page


def test_a_lost_card_leads_to_the_print_room(client):
    card = factories.card(printed=True)
    head = factories.signed_in(factories.supervisor().user)

    page = looks(head, card.application.applicant.nik).content.decode()

    assert reverse("cards:ask_reprint", args=[card.token]) in page


def test_who_lost_the_receipt_gets_to_a_new_code(client, budi):
    one = factories.at_the_desk(by=budi)
    factories.desk.hand_in(one, officer=budi, wording="Setuju.", key=None)
    handle = handle_of(one.applicant, budi)

    page = client.post(reverse("desk:person"), {"handle": handle}).content.decode()

    assert reverse("desk:receipt", args=[one.token]) in page


def elsewhere(lets_others_serve=True, **facts):
    """A card of another office that has ended, and its holder."""
    facts["lets_others_serve"] = lets_others_serve
    return factories.card(at=factories.office("3372", name="DINAS SOLO", **facts))


def test_somebody_of_another_office_is_served_and_it_is_written_down(
    client, budi, time_machine
):
    time_machine.move_to("2024-11-01 03:00 +0000")
    person = elsewhere().application.applicant
    time_machine.move_to("2026-11-23 03:00 +0000")

    page = looks(client, person.nik).content.decode()
    opens(client, person, budi)

    assert "DINAS SOLO" in page
    one = person.applications.open().get()
    assert one.office == budi.office
    entry = JournalEntry.objects.get(act="desk_elsewhere")
    assert (entry.subject, entry.new) == (one.token, "DINAS SOLO")


def test_the_auditor_reads_whose_record_was_opened(client, budi):
    person = factories.applicant()
    opens(client, person, budi, ktp_seen="on")
    auditor = factories.signed_in(factories.officer(Role.AUDITOR).user)

    journal = auditor.get(reverse("office:journal")).content.decode()

    assert "Membuka data seseorang di loket" in journal
    assert person.applications.get().token[:8] in journal
    assert person.name not in journal


def test_an_office_that_serves_its_people_itself_keeps_them(client, budi, time_machine):
    time_machine.move_to("2024-11-01 03:00 +0000")
    person = elsewhere(lets_others_serve=False).application.applicant
    time_machine.move_to("2026-11-23 03:00 +0000")

    page = looks(client, person.nik).content.decode()
    response = opens(client, person, budi)

    assert "melayani sendiri" in page
    assert person.name not in page
    assert response.status_code == 409
    assert not person.applications.open().exists()


@pytest.mark.parametrize("why", [Inactive.MOVED, Inactive.REQUEST, Inactive.LAPSED])
def test_whose_registration_ended_elsewhere_is_served_here(client, budi, why):
    card = elsewhere(lets_others_serve=False)
    registry.close(card, why, by=None)

    opens(client, card.application.applicant, budi)

    assert card.application.applicant.applications.open().get().office == budi.office


def test_who_died_is_served_nowhere_else(client, budi):
    card = elsewhere(lets_others_serve=False)
    registry.close(card, Inactive.DIED, by=None)

    assert opens(client, card.application.applicant, budi).status_code == 409


def test_the_card_of_another_office_is_not_corrected_here(client, budi):
    person = elsewhere().application.applicant

    assert opens(client, person, budi, "desk:correct").status_code == 409


def test_a_draft_for_another_office_turns_to_this_one(client, budi):
    person = factories.applicant()
    draft = factories.application(applicant_=person, at=factories.office("3372"))

    opens(client, person, budi, ktp_seen="on")

    draft.refresh_from_db()
    assert (draft.office, draft.via) == (budi.office, Via.DESK)


def test_what_another_office_is_reading_stays_there(client, budi):
    one = factories.application(Status.SUBMITTED, at=factories.office("3372"))

    assert opens(client, one.applicant, budi, ktp_seen="on").status_code == 409
