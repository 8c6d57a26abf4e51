"""What the counter refuses, whoever asks and however old the page is."""

import uuid

import pytest

from ak1portal.refusals import Refused
from applicants.models import Applicant, DocumentKind
from applicants.uploads import Page
from services.desk import actions, rules
from services.issuance.models import Application, Via
from services.issuance.workflow import Status
from services.office.models import Role
from tests import factories
from tests.services.desk import counter

pytestmark = pytest.mark.django_db
NOTHING = {"facts": {}, "disability": None, "entries": [], "removed": []}
IDENTITY = {
    "nik": counter.NIK,
    "name": "Rina Contohwati",
    "birth_place": "Cilacap",
    "birth_date": counter.BORN,
    "sex": "P",
}


def register(officer, key=None, **other):
    return actions.register(
        officer=officer, key=key or uuid.uuid4(), identity={**IDENTITY, **other}
    )


def test_one_key_registers_one_person():
    budi, key = factories.officer(), uuid.uuid4()

    assert register(budi, key) == register(budi, key)

    assert Applicant.objects.get().user is None


def test_a_nik_that_was_proven_meanwhile_is_refused():
    proven = factories.card().application.applicant

    with pytest.raises(Refused, match="sudah terbukti"):
        register(factories.officer(), nik=proven.nik)

    assert Applicant.objects.count() == 1


def test_who_only_reads_does_not_serve():
    with pytest.raises(Refused):
        register(factories.officer(Role.AUDITOR))


def test_another_office_does_not_write_in_it():
    one = factories.at_the_desk()
    elsewhere = factories.officer(at=factories.office("3372"))

    with pytest.raises(Refused):
        actions.fill_in(one, officer=elsewhere, **NOTHING)


def test_from_an_old_page_nothing_is_written_into_what_was_handed_in():
    budi = factories.officer()
    one = factories.at_the_desk(by=budi)
    old_page = Application.objects.get(pk=one.pk)
    actions.hand_in(one, officer=budi, wording="Setuju.", key=None)

    with pytest.raises(Refused):
        actions.fill_in(
            old_page, officer=budi, **{**NOTHING, "facts": {"name": "Lain"}}
        )
    with pytest.raises(Refused):
        actions.save_paper(
            old_page,
            officer=budi,
            kind=DocumentKind.KTP,
            pages=[Page(factories.picture(800, 500), 800, 500)],
        )

    assert Applicant.objects.get().name != "Lain"


def test_a_proven_nik_is_not_changed_at_the_counter_either():
    budi = factories.officer()
    card = factories.card()
    one = actions.open_correction(card, officer=budi, ktp_seen=True)

    with pytest.raises(Refused):
        actions.fill_in(one, officer=budi, **{**NOTHING, "facts": {"nik": counter.NIK}})


def test_an_unproven_nik_needs_the_ktp():
    person = factories.applicant()

    with pytest.raises(Refused):
        actions.open_record(person, officer=factories.officer(), ktp_seen=False)


def test_two_officers_open_one_application():
    person = factories.applicant()

    first = actions.open_record(person, officer=factories.officer(), ktp_seen=True)
    second = actions.open_record(person, officer=factories.officer(), ktp_seen=True)

    assert first == second


def test_a_disability_is_kept_with_its_consent():
    budi = factories.officer()
    one = factories.at_the_desk(by=budi)

    told = {"disability": "netra", "wording": "Saya setuju."}
    actions.fill_in(one, officer=budi, **{**NOTHING, "disability": told})

    one.applicant.refresh_from_db()
    assert one.applicant.disability == "netra"
    assert one.applicant.consents.get().wording == "Saya setuju."


def test_who_hands_in_online_afterwards_is_served_online():
    person = factories.applicant()
    one = actions.open_record(person, officer=factories.officer(), ktp_seen=True)

    factories.issuance.submit(one, by=person.user)

    one.refresh_from_db()
    assert (one.status, one.via) == (Status.SUBMITTED, Via.ONLINE)


def test_what_was_sent_back_is_gone_on_with_at_the_counter():
    budi = factories.officer()
    one = factories.at_the_desk(by=budi)
    actions.hand_in(one, officer=budi, wording="Setuju.", key=None)
    verdicts = {"ktp": "Foto KTP buram."}
    factories.review.send_back(one, officer=budi, verdicts=verdicts)

    again = actions.open_record(one.applicant, officer=budi, ktp_seen=True)
    actions.hand_in(again, officer=budi, wording="Setuju.", key=None)

    again.refresh_from_db()
    assert again.pk == one.pk
    assert again.status == Status.IN_REVIEW


def test_a_person_without_a_card_has_none_to_correct():
    person = factories.applicant()
    office = factories.office()

    assert "belum punya kartu" in rules.bars_correcting(person, office, None)


def test_an_open_renewal_comes_before_a_correction(time_machine):
    card = factories.card()
    person, office = card.application.applicant, card.office
    time_machine.move_to(card.authorised_at.replace(year=2028, month=11, day=10))
    factories.issuance.start(applicant=person, office=office)

    assert rules.bars_correcting(person, office, card)
