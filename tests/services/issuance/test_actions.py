import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ak1portal.refusals import Refused
from applicants import actions as applicant_actions
from applicants.models import DocumentKind
from services.issuance import actions
from services.issuance.models import (
    Application,
    CardSerial,
    Letter,
)
from services.issuance.workflow import Status
from tests import factories

pytestmark = pytest.mark.django_db


def test_start_gives_the_open_application_back():
    first = factories.application()

    again = actions.start(applicant=first.applicant, office=first.office)

    assert again == first
    assert Application.objects.count() == 1


def test_the_database_holds_one_open_application_per_person():
    application = factories.application()

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            applicant=application.applicant, office=application.office
        )


def test_start_is_a_renewal_from_thirty_days_before_the_end(time_machine):
    card = factories.card()
    time_machine.move_to(card.expires_on - timedelta(days=30))

    again = actions.start(applicant=card.application.applicant, office=card.office)

    assert again.kind == "renewal"


def test_submit_gives_a_receipt_a_promise_and_a_letter():
    application = factories.application(Status.SUBMITTED)

    assert application.receipt
    assert application.due_at > timezone.now()
    assert application.applicant.held_at
    letter = Letter.objects.get()
    assert application.receipt in letter.body
    assert letter.to == application.applicant.user.email


@pytest.mark.parametrize(
    ("without", "reason"),
    [
        (DocumentKind.PHOTO, "foto"),
        (DocumentKind.KTP, "KTP"),
        (DocumentKind.DIPLOMA, "SKL"),
    ],
)
def test_submit_is_refused_without_a_required_paper(without, reason):
    person = factories.applicant(without=[without])
    application = factories.application(applicant_=person)

    with pytest.raises(Refused, match=f"(?i){reason}"):
        actions.submit(application, by=person.user)

    application.refresh_from_db()
    assert application.status == Status.DRAFT
    assert not application.steps.exists()


def test_an_skl_stands_in_for_the_diploma():
    person = factories.applicant(without=[DocumentKind.DIPLOMA])
    factories.document(person, DocumentKind.SKL)
    application = factories.application(applicant_=person)

    actions.submit(application, by=person.user)

    assert application.status == Status.SUBMITTED


def test_submit_is_refused_without_a_paper_that_this_office_requires():
    strict = factories.office("3372", required_papers=["kk"])
    application = factories.application(at=strict)

    with pytest.raises(Refused, match="Kartu Keluarga"):
        actions.submit(application, by=application.applicant.user, key=uuid.uuid4())

    factories.document(application.applicant, DocumentKind.FAMILY_CARD)
    actions.submit(application, by=application.applicant.user, key=uuid.uuid4())
    assert application.status == Status.SUBMITTED
    factories.application(Status.SUBMITTED, at=factories.office())


def test_submit_is_refused_below_the_minimum_age_of_the_office():
    young = timezone.localdate().replace(day=1) - timedelta(days=17 * 365)
    person = factories.applicant(birth_date=young)
    application = factories.application(applicant_=person)

    with pytest.raises(Refused, match="18"):
        actions.submit(application, by=person.user)


def test_submit_elsewhere_is_refused_only_where_the_office_serves_residents_only():
    surakarta = factories.office("3372", residents_only=True)
    person = factories.applicant()
    application = factories.application(applicant_=person, at=surakarta)

    with pytest.raises(Refused, match="wilayahnya"):
        actions.submit(application, by=person.user)

    factories.office("3372", residents_only=False)
    application.refresh_from_db()
    actions.submit(application, by=person.user)
    assert application.status == Status.SUBMITTED


def test_submit_twice_with_one_key_is_one_step_and_one_letter():
    application = factories.application()
    key = uuid.uuid4()

    actions.submit(application, by=application.applicant.user, key=key)
    actions.submit(application, by=application.applicant.user, key=key)

    assert application.steps.count() == 1
    assert Letter.objects.count() == 1


def test_answers_stand_still_while_the_office_reads():
    application = factories.application(Status.SUBMITTED)

    with pytest.raises(Refused, match="kantor"):
        applicant_actions.change(application.applicant, name="Orang Lain")
    with pytest.raises(Refused):
        factories.document(application.applicant, DocumentKind.FAMILY_CARD)


def test_a_return_frees_the_answers_and_the_receipt_stays():
    application = factories.application(Status.RETURNED)
    receipt = application.receipt
    applicant_actions.change(application.applicant, street="Jl. Baru 1")

    actions.submit(application, by=application.applicant.user)

    assert application.receipt == receipt
    assert application.status == Status.SUBMITTED


def test_withdraw_frees_the_person_for_another_application():
    application = factories.application(Status.SUBMITTED)

    actions.withdraw(application, by=application.applicant.user)

    application.applicant.refresh_from_db()
    assert application.applicant.held_at is None
    again = actions.start(applicant=application.applicant, office=application.office)
    assert again != application


def test_withdraw_is_refused_while_an_officer_checks():
    application = factories.application(Status.IN_REVIEW)

    with pytest.raises(Refused, match="petugas"):
        actions.withdraw(application, by=application.applicant.user)


def test_submit_is_refused_by_an_office_that_takes_none():
    application = factories.application()
    factories.office(is_active=False)

    with pytest.raises(Refused):
        actions.submit(application, by=application.applicant.user)


def test_withdraw_twice_with_one_key_is_one_step():
    application, key = factories.application(), uuid.uuid4()

    actions.withdraw(application, by=application.applicant.user, key=key)
    actions.withdraw(application, by=application.applicant.user, key=key)

    assert application.steps.count() == 1


def test_what_has_ended_cannot_be_withdrawn():
    application = factories.application(Status.REJECTED)

    with pytest.raises(Refused, match="Ditolak"):
        actions.withdraw(application, by=application.applicant.user)


def test_a_move_that_is_not_in_the_table_does_not_exist():
    application = factories.application()

    with pytest.raises(Refused):
        application.move(Status.APPROVED, by=application.applicant.user)

    assert not application.steps.exists()


def test_a_pattern_that_gives_a_used_number_is_told_and_draws_nothing():
    office = factories.office("3301", number_pattern="AK1-{urut:4}-{yy}")
    factories.card(at=office)
    other = factories.office("3372", number_pattern="AK1-{urut:4}-{yy}")

    with pytest.raises(Refused, match=f"AK1-0001-{timezone.localdate():%y}"):
        factories.card(at=other)

    assert not CardSerial.objects.filter(office=other, last__gt=0).exists()


def test_start_is_refused_while_a_card_is_valid():
    card = factories.card()

    with pytest.raises(Refused, match="kartu yang masih berlaku"):
        actions.start(applicant=card.application.applicant, office=card.office)
