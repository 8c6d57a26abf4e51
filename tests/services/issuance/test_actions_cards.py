from datetime import date, timedelta

import pytest

from ak1portal.refusals import Refused
from applicants import actions as applicant_actions
from services.issuance import actions as issuance
from services.issuance import actions_cards as actions
from services.issuance.models import (
    Card,
    Letter,
)
from services.issuance.validity import Validity, validity
from services.review import actions as review
from services.signing import record
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_card_carries_what_was_true_when_it_was_issued():
    card = factories.card()
    before = card.printed
    person = card.application.applicant
    applicant_actions.change(person, name="Nama Baru", street="Pindah 9")
    factories.office(signer_name="Orang Lain")

    again = Card.objects.get()

    assert again.printed == before
    assert again.printed["name"] == again.holder_name
    assert again.printed["number"] == again.number


def test_a_card_keeps_its_photo_when_the_person_sends_another():
    card = factories.card()
    before = card.read_photo()
    factories.photo(card.application.applicant)

    assert card.read_photo() == before


def test_numbers_run_by_office_and_start_again_with_the_year(time_machine):
    time_machine.move_to(date(2026, 12, 30))
    first, second = factories.card(), factories.card()
    other = factories.card(at=factories.office("3372"))
    time_machine.move_to(date(2027, 1, 4))
    next_year = factories.card()

    assert [c.serial for c in (first, second, other, next_year)] == [1, 2, 1, 1]
    assert first.number == "3301 000001 301226"
    assert len({c.number for c in (first, second, other, next_year)}) == 4


def test_a_card_is_valid_only_once_somebody_else_authorised_it():
    card = factories.card(authorised=False)
    today = card.issued_on
    assert not card.is_valid_on(today)

    actions.authorise(card, officer=factories.supervisor())

    assert card.is_valid_on(today)
    assert card.is_valid_on(card.expires_on)
    assert not card.is_valid_on(card.expires_on + timedelta(days=1))


def test_who_approved_does_not_authorise():
    head = factories.supervisor()
    card = factories.card(authorised=False, by=head)

    with pytest.raises(Refused, match="sendiri"):
        actions.authorise(card, officer=head)

    factories.office(one_person_office=True)
    card.refresh_from_db()
    actions.authorise(card, officer=head)
    assert card.authorised_by == head.user


def test_an_officer_authorises_nothing():
    card = factories.card(authorised=False)

    with pytest.raises(Refused, match="atasan"):
        actions.authorise(card, officer=factories.officer())


def test_authorising_many_is_all_or_none():
    head = factories.supervisor()
    good = factories.card(authorised=False)
    own = factories.card(authorised=False, by=head)

    with pytest.raises(Refused):
        actions.authorise_many([good, own], officer=head)

    assert not Card.objects.filter(authorised_at__isnull=False).exists()


def test_authorise_is_once():
    card = factories.card()

    with pytest.raises(Refused, match="sudah disahkan"):
        actions.authorise(card, officer=factories.supervisor())


def test_the_second_click_of_the_same_hand_is_no_refusal():
    card, head = factories.card(authorised=False), factories.supervisor()

    actions.authorise(card, officer=head)
    first = card.code
    actions.authorise(card, officer=head)

    assert card.code == first


def test_what_passes_the_check_exists_only_once_the_card_is_authorised():
    card = factories.card(authorised=False)
    assert (card.code, card.printed["check_url"]) == (None, "")

    actions.authorise(card, officer=factories.supervisor())

    assert card.printed["check_url"].endswith(f"/periksa/{card.code}/")
    assert record.read(card.code) == record.Record(
        region="3301",
        number=card.number,
        revision=1,
        issued_on=card.issued_on,
        expires_on=card.expires_on,
        name=record.folded(card.holder_name),
    )


def test_a_withdrawal_needs_two_people():
    card, head = factories.card(), factories.supervisor()

    actions.ask_void(card, officer=head, reason="Nama salah.")

    assert card.is_valid_on(card.issued_on)
    with pytest.raises(Refused, match="atasan lain"):
        actions.void(card, officer=head)
    actions.void(card, officer=factories.supervisor())
    assert not card.is_valid_on(card.issued_on)


def test_nothing_is_withdrawn_that_nobody_asked_for():
    with pytest.raises(Refused):
        actions.void(factories.card(), officer=factories.supervisor())


def test_in_an_office_of_one_person_a_card_is_withdrawn_at_once():
    card = factories.card(at=factories.office(one_person_office=True))

    actions.ask_void(card, officer=factories.supervisor(), reason="Nama salah.")

    assert card.voided_at


def test_a_card_stands_when_the_other_supervisor_does_not_agree():
    card = factories.card()
    actions.ask_void(card, officer=factories.officer(), reason="Nama salah.")

    actions.keep(card, officer=factories.supervisor())

    assert card.is_valid_on(card.issued_on)
    assert (card.void_asked_at, card.void_reason) == (None, "")


def test_only_a_supervisor_or_whoever_asked_takes_it_back():
    card, asker = factories.card(), factories.officer()
    actions.ask_void(card, officer=asker, reason="Nama salah.")

    with pytest.raises(Refused):
        actions.keep(card, officer=factories.officer())
    actions.keep(card, officer=asker)
    assert card.void_asked_at is None


def test_the_second_click_of_a_withdrawal_writes_nothing_anew():
    card, asker, head = factories.card(), factories.officer(), factories.supervisor()

    actions.ask_void(card, officer=asker, reason="Nama salah.")
    asked_at = card.void_asked_at
    actions.ask_void(card, officer=asker, reason="Nama salah.")
    actions.void(card, officer=head)
    voided_at = card.voided_at
    actions.void(card, officer=head)

    card.refresh_from_db()
    assert (card.void_asked_at, card.voided_at) == (asked_at, voided_at)


def test_a_void_card_keeps_its_number_and_says_why():
    card = factories.card()

    factories.void(card, reason="Nama salah.")

    assert not card.is_valid_on(card.issued_on)
    assert Card.objects.get().number == card.number
    assert factories.card().serial == card.serial + 1
    assert Letter.objects.filter(body__contains="Nama salah.").count() == 1


def test_a_void_card_is_neither_authorised_nor_corrected_nor_void_again():
    card, head = factories.card(authorised=False), factories.supervisor()
    factories.void(card)

    with pytest.raises(Refused):
        actions.authorise(card, officer=head)
    with pytest.raises(Refused):
        actions.ask_void(card, officer=head, reason="Lagi.")
    with pytest.raises(Refused):
        issuance.start_correction(card, by=card.application.applicant.user)


def corrected(card, *, authorised=True, **changes):
    """The card after a correction that went the whole way through the office."""
    person = card.application.applicant
    application = issuance.start_correction(card, by=person.user)
    applicant_actions.change(person, **changes)
    issuance.submit(application, by=person.user)
    officer = factories.officer(at=card.office)
    review.take(application, officer=officer)
    new = review.approve(
        application, officer=officer, verdicts=factories.fine(application)
    )
    if authorised:
        actions.authorise(new, officer=factories.supervisor(at=card.office))
    card.refresh_from_db()
    return new


def test_a_correction_keeps_number_and_dates_and_replaces_the_card(time_machine):
    time_machine.move_to(date(2026, 12, 30))
    card = factories.card()
    time_machine.move_to(date(2027, 1, 20))

    new = corrected(card, birth_place="Banyumas")

    same = ("number", "year", "serial", "issued_on", "expires_on")
    assert [getattr(new, f) for f in same] == [getattr(card, f) for f in same]
    assert (new.revision, new.code != card.code) == (2, True)
    assert new.printed["birth_place"] == "Banyumas"
    assert validity(card, card.issued_on) is Validity.REPLACED
    assert validity(new, card.issued_on) is Validity.VALID
    assert card.replaced_by == new


def test_a_card_stands_until_its_correction_is_authorised():
    card = factories.card()

    corrected(card, authorised=False, birth_place="Banyumas")

    assert validity(card, card.issued_on) is Validity.VALID


def test_a_correction_that_is_open_is_gone_on_with():
    card = factories.card()
    owner = card.application.applicant.user

    first = issuance.start_correction(card, by=owner)

    assert issuance.start_correction(card, by=owner) == first


def test_a_card_that_has_ended_is_not_corrected(time_machine):
    card = factories.card()
    time_machine.move_to(card.expires_on + timedelta(days=2))

    with pytest.raises(Refused, match="sudah berakhir"):
        issuance.start_correction(card, by=card.application.applicant.user)


def test_a_diploma_is_seen_once_and_only_where_it_is_owed():
    owes, owes_nothing = factories.card_on_skl(), factories.card()
    officer = factories.officer()

    actions.see_diploma(owes, officer=officer)
    seen_at = owes.diploma_seen_at
    actions.see_diploma(owes, officer=officer)

    owes.refresh_from_db()
    assert owes.diploma_seen_at == seen_at
    with pytest.raises(Refused):
        actions.see_diploma(owes, officer=factories.officer())
    with pytest.raises(Refused, match=owes_nothing.number):
        actions.see_diploma(owes_nothing, officer=officer)


def test_corrections_follow_one_another():
    first = factories.card()
    second = corrected(first, birth_place="Banyumas")
    third = corrected(second, birth_place="Purwokerto")

    assert [c.revision for c in (first, second, third)] == [1, 2, 3]
    assert Card.objects.standing().get() == third


def test_a_correction_of_a_card_that_was_withdrawn_meanwhile_is_not_issued():
    card = factories.card()
    person = card.application.applicant
    application = issuance.start_correction(card, by=person.user)
    issuance.submit(application, by=person.user)
    officer = factories.officer()
    review.take(application, officer=officer)
    factories.void(card)

    with pytest.raises(Refused, match="ditarik"):
        review.approve(application, officer=officer, verdicts={})

    assert Card.objects.count() == 1


def test_the_next_card_of_a_person_replaces_the_one_before(time_machine):
    time_machine.move_to(date(2026, 11, 2))
    old = factories.card()
    time_machine.move_to(date(2028, 10, 20))

    new = factories.card(applicant_=old.application.applicant)
    old.refresh_from_db()

    assert new.number != old.number
    assert old.replaced_by == new
