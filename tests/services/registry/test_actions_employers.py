"""What employers say changes nothing until the holder or the desk has confirmed it."""

import uuid

import pytest
from django.db import connection

from ak1portal.refusals import Refused
from services.issuance.models import Card
from services.registry import actions, actions_employers
from services.registry.models import EmployerReport, Via
from tests import factories
from tests.services.registry import lives

pytestmark = pytest.mark.django_db

State = EmployerReport.State


def confirmed_by_desk(report, officer, **changes):
    return actions_employers.confirm(
        report,
        via=Via.DESK,
        by=officer.user,
        officer=officer,
        **lives.work(report.card, **changes),
    )


def confirmed_by_holder(report):
    return actions_employers.confirm(
        report,
        via=Via.ACCOUNT,
        by=lives.owner(report.card),
        **lives.work(report.card),
    )


def test_what_an_employer_says_asks_the_holder_and_changes_nothing():
    card = lives.card()

    with lives.at(days=40):
        report = lives.heard(card)

    assert (report.state, card.inactive_since) == (State.PENDING, None)
    assert lives.lines(card) == ["registered"]
    (letter,) = lives.letters(card, "employer_reported")
    assert "PT Contoh Garmen" in letter
    assert "Sampai 21 Februari 2026" in letter


def test_the_contact_of_an_employer_is_sealed():
    with lives.at(days=40):
        report = lives.heard(lives.card())

    assert EmployerReport.objects.get().contact == "Bu Rini, 0812 3456 7890"
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_sealed FROM registry_employerreport")
        assert b"0812" not in bytes(cursor.fetchone()[0])
    assert report.contact_sealed


def test_the_same_form_sent_twice_is_one_report_and_one_letter():
    card, key = lives.card(), uuid.uuid4()
    told = {
        "key": key,
        "company": "PT Satu",
        "contact": "Budi",
        "started_on": card.issued_on,
    }

    with lives.at(days=40):
        first = actions_employers.hear(card, **told)
        assert actions_employers.hear(card, **told) == first

    assert len(lives.letters(card, "employer_reported")) == 1


def test_the_same_company_again_is_told_what_the_office_has_and_when():
    card = lives.card()

    with lives.at(days=40):
        lives.heard(card, "PT Satu")
        with pytest.raises(Refused, match=r"PT Satu.*14 Februari 2026, 12\.00"):
            lives.heard(card, "pt satu")


def test_a_company_that_was_refused_does_not_ask_the_holder_again():
    card = lives.card()

    with lives.at(days=40):
        actions_employers.refuse(lives.heard(card), by=lives.owner(card))
        with pytest.raises(Refused, match="PT Contoh Garmen"):
            lives.heard(card)

    assert len(lives.letters(card, "employer_reported")) == 1


@pytest.mark.parametrize("what", ["placed", "void", "ended", "replaced", "waiting"])
def test_a_card_that_is_not_in_force_takes_no_report(what):
    card = lives.card(authorised=what != "waiting")
    with lives.at(days=40):
        if what == "placed":
            lives.placed(card)
        if what == "void":
            factories.void(card)
        if what == "replaced":
            lives.corrected(card)
            card.refresh_from_db()

    with lives.at(days=731 if what == "ended" else 41), pytest.raises(Refused) as said:
        lives.heard(card)

    assert "Garmen" not in str(said.value)
    assert not EmployerReport.objects.exists()


def test_the_holder_confirms_and_the_card_is_not_active():
    card = lives.card()

    with lives.at(days=40):
        report = lives.heard(card)
        placement = confirmed_by_holder(report)

    card.refresh_from_db()
    assert (report.state, report.placement) == (State.CONFIRMED, placement)
    assert card.inactive_why == "placed"
    assert lives.lines(card) == ["registered", "placed"]


def test_two_taps_on_confirm_are_one_placement():
    with lives.at(days=40):
        report = lives.heard(lives.card())
        same_page = EmployerReport.objects.get(pk=report.pk)

        assert confirmed_by_holder(report) == confirmed_by_holder(same_page)


def test_the_desk_waits_a_week_for_the_holder():
    card, officer = lives.card(), factories.officer()
    with lives.at(days=40):
        report = lives.heard(card)

    with lives.at(days=47), pytest.raises(Refused, match="21 Februari 2026"):
        confirmed_by_desk(report, officer)
    with lives.at(days=48):
        confirmed_by_desk(report, officer)

    assert lives.lines(card) == ["registered", "placed"]


def test_holder_and_desk_at_once_and_the_second_is_told_by_whom():
    card, officer = lives.card(), factories.officer(name="Budi Petugas")
    with lives.at(days=40):
        report = lives.heard(card)
    same_page = EmployerReport.objects.get(pk=report.pk)

    with lives.at(days=50):
        actions_employers.refuse(report, by=officer.user)
        with pytest.raises(Refused, match=r"24 Februari 2026, 12\.00.*Budi Petugas"):
            confirmed_by_holder(same_page)

    card.refresh_from_db()
    assert card.inactive_since is None


def test_work_that_is_entered_settles_what_employers_said():
    card = lives.card()
    with lives.at(days=40):
        one, two = lives.heard(card, "PT Satu"), lives.heard(card, "PT Dua")
        confirmed_by_holder(one)

    two.refresh_from_db()
    assert two.state == State.OVERTAKEN


def test_a_report_of_an_old_card_places_the_corrected_one():
    card = lives.card()
    with lives.at(days=40):
        report = lives.heard(card)
        corrected = lives.corrected(card)
        confirmed_by_holder(EmployerReport.objects.get(pk=report.pk))

    corrected.refresh_from_db()
    assert corrected.inactive_why == "placed"


def test_a_report_about_somebody_who_was_placed_meanwhile_cannot_be_confirmed():
    card = lives.card()
    with lives.at(days=40):
        report = lives.heard(card)
        lives.placed(Card.objects.get(pk=card.pk))
        with pytest.raises(Refused):
            confirmed_by_holder(EmployerReport.objects.get(pk=report.pk))

    assert lives.lines(card) == ["registered", "placed"]


def test_a_return_to_the_register_opens_the_way_for_another_report():
    card, officer = lives.card(), factories.officer()
    with lives.at(days=40):
        confirmed_by_holder(lives.heard(card))
        card.refresh_from_db()
        actions.reactivate(card, via=Via.DESK, by=officer.user, officer=officer)
        lives.heard(card)

    assert EmployerReport.objects.pending().count() == 1


def test_two_taps_on_refuse_are_one_answer():
    with lives.at(days=40):
        report = lives.heard(lives.card())
        owner = lives.owner(report.card)
        actions_employers.refuse(report, by=owner)
        settled_at = report.settled_at
    with lives.at(days=41):
        actions_employers.refuse(EmployerReport.objects.get(), by=owner)

    report.refresh_from_db()
    assert (report.state, report.settled_at) == (State.REFUSED, settled_at)
