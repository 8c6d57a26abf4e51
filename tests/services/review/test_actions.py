import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from ak1portal.refusals import Refused
from applicants import nik
from services.issuance.models import Card, Correction, Letter
from services.issuance.workflow import Status
from services.office.models import Officer, Role
from services.review import actions, checks
from tests import factories

pytestmark = pytest.mark.django_db


def test_take_next_gives_the_one_that_is_due_first():
    late, early = (factories.application(Status.SUBMITTED) for _ in range(2))
    early.due_at = timezone.now() - timedelta(days=1)
    early.save()

    assert actions.take_next(officer=factories.officer()) == early
    assert actions.take_next(officer=factories.officer()) == late
    assert actions.take_next(officer=factories.officer()) is None


def test_take_next_comes_back_to_the_case_on_the_desk():
    factories.application(Status.SUBMITTED)
    factories.application(Status.SUBMITTED)
    officer = factories.officer()

    first = actions.take_next(officer=officer)

    assert actions.take_next(officer=officer) == first


def test_take_next_stays_inside_the_office():
    factories.application(Status.SUBMITTED)
    elsewhere = factories.officer(at=factories.office("3372"))

    assert actions.take_next(officer=elsewhere) is None


def test_two_officers_reach_for_one_application():
    application = factories.application(Status.SUBMITTED)
    same_page = type(application).objects.get(pk=application.pk)
    first, second = factories.officer(name="Budi Contoh"), factories.officer()

    actions.take(application, officer=first)
    with pytest.raises(Refused, match="Budi Contoh"):
        actions.take(same_page, officer=second)

    application.refresh_from_db()
    assert application.reviewer == first.user


def test_an_auditor_takes_nothing():
    application = factories.application(Status.SUBMITTED)

    with pytest.raises(Refused):
        actions.take(application, officer=factories.officer(Role.AUDITOR))


def test_only_who_took_the_case_decides_it():
    application = factories.application(Status.IN_REVIEW)

    with pytest.raises(Refused):
        actions.approve(application, officer=factories.officer(), verdicts={})

    assert not Card.objects.exists()


def test_a_released_case_is_back_in_the_queue():
    officer = factories.officer()
    application = factories.application(Status.IN_REVIEW, by=officer)

    actions.release(application, officer=officer)

    assert application.status == Status.SUBMITTED
    assert application.reviewer is None


def test_approve_writes_card_verdicts_step_and_letter_together():
    officer = factories.officer()
    application = factories.application(Status.IN_REVIEW, by=officer)

    card = actions.approve(
        application, officer=officer, verdicts=factories.fine(application)
    )

    application.applicant.refresh_from_db()
    assert application.status == Status.APPROVED
    assert card.approved_by == officer.user
    assert application.applicant.nik_proven_at
    assert application.applicant.held_at, "until a supervisor has seen it too"
    assert application.verdicts.filter(is_fine=True, by=officer.user).count() == 11
    assert [s.to_status for s in application.steps.all()] == [
        Status.SUBMITTED,
        Status.IN_REVIEW,
        Status.APPROVED,
    ]
    assert Letter.objects.filter(application=application).count() == 2


def test_approve_twice_with_one_key_is_one_card():
    officer, key = factories.officer(), uuid.uuid4()
    application = factories.application(Status.IN_REVIEW, by=officer)

    first = actions.approve(application, officer=officer, verdicts={}, key=key)
    second = actions.approve(application, officer=officer, verdicts={}, key=key)

    assert first == second
    assert Card.objects.count() == 1


def test_a_decision_on_an_old_page_says_who_was_faster_and_when():
    """F6: and nothing of the second decision is left."""
    officer = factories.officer(name="Budi Contoh")
    application = factories.application(Status.IN_REVIEW, by=officer)
    actions.approve(application, officer=officer, verdicts={})

    with pytest.raises(Refused, match=r"Budi Contoh.*\d\d\.\d\d WIB"):
        actions.reject(application, officer=officer, verdicts={}, note="Terlambat")

    application.refresh_from_db()
    assert application.status == Status.APPROVED
    assert not application.letters.filter(kind="rejected").exists()


def test_approve_is_refused_while_something_is_marked():
    officer = factories.officer()
    application = factories.application(Status.IN_REVIEW, by=officer)

    with pytest.raises(Refused):
        actions.approve(application, officer=officer, verdicts={"ktp": "Buram."})

    application.refresh_from_db()
    assert application.status == Status.IN_REVIEW


def test_one_nik_is_proven_for_one_person_only():
    digits = nik.compose("3301", "01", factories.date(1999, 5, 17), "P", 4711)
    first = factories.applicant(nik=digits)
    second = factories.applicant(nik=digits, name="Siti Kembar")
    factories.application(Status.APPROVED, applicant_=first)
    officer = factories.officer()
    application = factories.application(Status.IN_REVIEW, applicant_=second, by=officer)

    with pytest.raises(Refused):
        actions.approve(application, officer=officer, verdicts={})

    assert Card.objects.count() == 1


def test_another_account_may_claim_a_nik_without_learning_anything():
    digits = nik.compose("3301", "01", factories.date(1999, 5, 17), "P", 4711)
    factories.application(Status.APPROVED, applicant_=factories.applicant(nik=digits))

    stranger = factories.applicant(nik=digits, name="Siti Asing")

    found = {check.title: check for check in checks.of(_case(stranger), _today())}
    assert [c.is_fine for c in found.values() if "NIK" in c.detail] == [False]


def test_send_back_tells_item_by_item_and_frees_the_answers():
    officer = factories.officer()
    application = factories.application(Status.IN_REVIEW, by=officer)

    actions.send_back(
        application,
        officer=officer,
        verdicts={"ktp": "KTP buram.", "address": "RT belum diisi.", "foto": ""},
        note="Segera ya.",
    )

    asked = list(Correction.objects.values_list("item", "reason"))
    assert asked == [("ktp", "KTP buram."), ("address", "RT belum diisi.")]
    letter = Letter.objects.last().body
    assert "KTP buram." in letter
    assert "Segera ya." in letter
    application.applicant.refresh_from_db()
    assert application.applicant.held_at is None


def test_send_back_is_refused_without_a_reason():
    officer = factories.officer()
    application = factories.application(Status.IN_REVIEW, by=officer)

    with pytest.raises(Refused):
        actions.send_back(application, officer=officer, verdicts={"ktp": ""})


def test_reject_ends_the_application_with_its_reason():
    application = factories.application(Status.REJECTED)

    assert application.steps.last().note == "Sudah bekerja di luar kota."
    assert not hasattr(application, "card")


def test_no_letter_ever_carries_the_nik():
    application = factories.application(Status.APPROVED)
    digits = application.applicant.nik

    for letter in Letter.objects.all():
        text = letter.subject + letter.body
        assert digits not in text.replace(" ", "")


def _case(person):
    return factories.application(Status.SUBMITTED, applicant_=person)


def _today():
    return timezone.localdate()


def test_send_back_and_reject_twice_with_one_key_are_one_step_each():
    officer = factories.officer()
    for act, facts in (
        (actions.send_back, {"verdicts": {"ktp": "Buram."}}),
        (actions.reject, {"verdicts": {}, "note": "Bukan KTP pemohon."}),
    ):
        application, key = (
            factories.application(Status.IN_REVIEW, by=officer),
            uuid.uuid4(),
        )

        act(application, officer=officer, key=key, **facts)
        act(application, officer=officer, key=key, **facts)

        assert application.steps.filter(key=key).count() == 1


def test_what_is_decided_cannot_be_taken():
    application = factories.application(Status.APPROVED)

    with pytest.raises(Refused, match="Disetujui"):
        actions.take(application, officer=factories.officer())


def test_taking_a_case_twice_is_one_step():
    officer = factories.officer()
    application = factories.application(Status.IN_REVIEW, by=officer)

    actions.take(application, officer=officer)

    assert application.steps.filter(to_status=Status.IN_REVIEW).count() == 1


def test_a_supervisor_puts_back_the_case_of_somebody_who_is_away():
    application = factories.application(Status.IN_REVIEW)
    with pytest.raises(Refused):
        actions.release(application, officer=factories.officer())

    actions.release(application, officer=factories.supervisor())

    assert application.status == Status.SUBMITTED


def test_a_nik_is_free_again_when_the_card_that_proved_it_is_withdrawn():
    digits = nik.compose("3301", "01", factories.date(1999, 5, 17), "P", 4711)
    impostor = factories.applicant(nik=digits)
    card = factories.application(Status.APPROVED, applicant_=impostor).card
    factories.void(card, reason="Bukan pemilik NIK.")
    owner = factories.applicant(nik=digits, name="Siti Pemilik")

    application = factories.application(Status.APPROVED, applicant_=owner)

    assert application.card.application.applicant == owner


# Who leaves -----------------------------------------------------------------------


def change(officer, *, by, **facts):
    """Change what is named and leave the rest as it is."""
    names = ("name", "nip", "role", "is_active")
    standing = {name: getattr(officer, name) for name in names}
    return actions.change_officer(officer, by=by, **{**standing, **facts})


@pytest.mark.parametrize(
    "facts",
    [{"is_active": False}, {"role": Role.AUDITOR}, {"role": Role.ADMINISTRATOR}],
)
def test_who_leaves_the_desk_leaves_its_cases_in_the_queue(facts):
    head, officer = factories.officer(Role.ADMINISTRATOR), factories.officer()
    held = factories.application(Status.IN_REVIEW, by=officer)
    decided = factories.application(Status.APPROVED, by=officer)
    of_another = factories.application(Status.IN_REVIEW)
    due_at = held.due_at

    assert change(officer, by=head, **facts) == 1

    for case in (held, decided, of_another):
        case.refresh_from_db()
    assert (held.status, held.reviewer, held.due_at) == (Status.SUBMITTED, None, due_at)
    assert held.steps.last().by == head.user
    assert (decided.status, of_another.status) == (Status.APPROVED, Status.IN_REVIEW)
    assert actions.take_next(officer=factories.officer()) == held


@pytest.mark.parametrize("facts", [{"name": "Budi"}, {"role": Role.SUPERVISOR}])
def test_who_goes_on_deciding_keeps_the_desk(facts):
    head, officer = factories.officer(Role.ADMINISTRATOR), factories.officer()
    held = factories.application(Status.IN_REVIEW, by=officer)

    assert change(officer, by=head, **facts) == 0

    held.refresh_from_db()
    assert held.reviewer == officer.user


@pytest.mark.parametrize("facts", [{"is_active": False}, {"role": Role.AUDITOR}])
def test_who_has_just_left_takes_nothing_from_a_page_that_is_still_open(facts):
    head, officer = factories.officer(Role.ADMINISTRATOR), factories.officer()
    waiting = factories.application(Status.SUBMITTED)
    as_they_were = Officer.objects.get(pk=officer.pk)
    change(officer, by=head, **facts)

    with pytest.raises(Refused):
        actions.take(waiting, officer=as_they_were)
    with pytest.raises(Refused):
        actions.take_next(officer=as_they_were)

    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED
