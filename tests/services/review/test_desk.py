"""A case on a desk: how long it stays, who gets it next, what can be taken back."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ak1portal.refusals import Refused
from applicants.models import Applicant
from services.issuance.models import Application, Card, Letter
from services.issuance.workflow import Status
from services.office.models import Role
from services.review import actions, actions_decide, lists, rules
from services.review.chores import carry_out_decision
from services.review.models import Decision, DecisionAct
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return factories.officer(name="Budi Contoh")


@pytest.fixture
def case(officer):
    return factories.application(Status.IN_REVIEW, by=officer)


@pytest.fixture
def ten_seconds(settings):
    settings.UNDO_SECONDS = 10


def after_the_lease(case):
    Application.objects.filter(pk=case.pk).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )
    case.refresh_from_db()


def decide(case, officer, act=DecisionAct.APPROVE, **facts):
    facts = {"verdicts": factories.fine(case), "key": uuid.uuid4(), **facts}
    actions_decide.decide(case, officer=officer, act=act, **facts)
    return facts["key"]


def after_ten_seconds(time_machine):
    time_machine.move_to(timezone.now() + timedelta(seconds=11), tick=False)


# The lease


def test_a_case_stays_on_a_desk_for_fifteen_minutes(case):
    left = case.lease_until - timezone.now()

    assert timedelta(minutes=14) < left <= rules.LEASE == timedelta(minutes=15)


def test_a_case_that_was_left_alone_goes_to_whoever_asks_next(case):
    after_the_lease(case)
    other = factories.officer()

    assert actions.take_next(officer=other) == case

    case.refresh_from_db()
    assert case.reviewer == other.user
    assert case.lease_until > timezone.now()


def test_whoever_left_a_case_alone_keeps_it_until_somebody_asks(case, officer):
    after_the_lease(case)

    actions.approve(case, officer=officer, verdicts={})

    assert case.status == Status.APPROVED


def test_whoever_lost_a_case_is_told_who_has_it(case, officer):
    after_the_lease(case)
    same_page = Application.objects.get(pk=case.pk)
    actions.take(case, officer=factories.officer(name="Rina Contoh"))

    with pytest.raises(Refused, match="Rina Contoh"):
        actions.approve(same_page, officer=officer, verdicts={})


def test_work_renews_the_lease(case, officer):
    after_the_lease(case)

    assert actions.renew(case, officer=officer)

    case.refresh_from_db()
    assert case.lease_until > timezone.now() + timedelta(minutes=14)


def test_opening_the_page_renews_the_lease_of_its_holder_only(case, officer):
    page = reverse("review:detail", args=[case.token])
    for who, is_renewed in ((factories.officer(), False), (officer, True)):
        after_the_lease(case)
        factories.signed_in(who.user).get(page)
        case.refresh_from_db()
        assert (case.lease_until > timezone.now()) == is_renewed


def test_the_page_learns_that_its_case_is_lost(case, officer):
    address = reverse("review:renew", args=[case.token])
    client = factories.signed_in(officer.user)
    before = client.post(address).status_code
    after_the_lease(case)
    actions.take(case, officer=factories.officer())

    assert (before, client.post(address).status_code) == (204, 409)


def test_a_left_case_stands_among_the_waiting_ones_in_its_old_place(case):
    later = factories.application(Status.SUBMITTED)
    now = timezone.now()
    assert list(lists.waiting(case.office, now)) == [later]
    assert list(lists.on_desks(case.office, now)) == [case]
    after_the_lease(case)

    assert list(lists.waiting(case.office, now)) == [case, later]
    assert list(lists.on_desks(case.office, now)) == []


# To another desk


def test_a_case_is_given_to_a_colleague_with_its_marks(case, officer):
    colleague = factories.officer(name="Rina Contoh")
    actions.keep(
        case,
        officer=officer,
        verdicts={"ktp": "Foto KTP buram."},
        note="Tolong dilihat.",
        name_agrees=True,
    )

    actions.hand_over(case, to=colleague, by=officer)

    page = factories.signed_in(colleague.user).get(
        reverse("review:detail", args=[case.token])
    )
    form = page.context["form"]
    assert page.context["is_mine"]
    assert form["reason_ktp"].value() == "Foto KTP buram."
    assert form["note"].value() == "Tolong dilihat."
    assert not form["name_agrees"].value(), "whoever decides compares the names"
    assert "Rina Contoh" in [event.note for event in page.context["events"]]


def test_the_applicant_does_not_see_on_whose_desk_it_lies(case, officer):
    actions.hand_over(case, to=factories.officer(name="Rina Contoh"), by=officer)

    page = factories.signed_in(case.applicant.user).get(case.get_absolute_url())

    assert "Rina Contoh" not in page.content.decode()


def test_the_page_of_a_case_gives_it_to_a_colleague(case, officer):
    colleague = factories.officer(name="Rina Contoh")
    budi = Person(officer.user).opens(reverse("review:detail", args=[case.token]))

    budi.presses("Serahkan", to=colleague.token)

    budi.sees("sekarang ada di meja Rina Contoh")
    case.refresh_from_db()
    assert case.reviewer == colleague.user


def test_a_supervisor_gives_any_case_to_anybody(case):
    head, colleague = factories.supervisor(), factories.officer()

    actions.hand_over(case, to=colleague, by=head)

    assert case.reviewer == colleague.user


def test_nobody_gives_away_the_case_of_somebody_else(case):
    with pytest.raises(Refused):
        actions.hand_over(case, to=factories.officer(), by=factories.officer())


@pytest.mark.parametrize(
    "to",
    [
        lambda: factories.officer(Role.AUDITOR),
        lambda: factories.officer(at=factories.office("3372")),
    ],
)
def test_a_case_goes_only_to_who_can_decide_it_here(case, officer, to):
    with pytest.raises(Refused):
        actions.hand_over(case, to=to(), by=officer)

    case.refresh_from_db()
    assert case.reviewer == officer.user


# Ten seconds


def test_a_decision_has_no_effect_while_it_can_be_taken_back(
    case, officer, ten_seconds
):
    letters = Letter.objects.count()

    decide(case, officer)

    case.refresh_from_db()
    assert case.status == Status.IN_REVIEW
    assert not carry_out_decision()
    assert (Card.objects.count(), Letter.objects.count()) == (0, letters)


def test_after_ten_seconds_a_worker_carries_it_out(
    case, officer, ten_seconds, time_machine
):
    decide(case, officer)
    after_ten_seconds(time_machine)

    assert carry_out_decision()
    assert not carry_out_decision()

    case.refresh_from_db()
    assert case.status == Status.APPROVED
    assert case.card.approved_by == officer.user
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("act", "facts", "status"),
    [
        (DecisionAct.SEND_BACK, {"verdicts": {"ktp": "Buram."}}, Status.RETURNED),
        (DecisionAct.REJECT, {"note": "KTP bukan miliknya."}, Status.REJECTED),
    ],
)
def test_the_other_decisions_wait_as_well(
    case, officer, ten_seconds, time_machine, act, facts, status
):
    decide(case, officer, act, **facts)
    after_ten_seconds(time_machine)

    carry_out_decision()

    case.refresh_from_db()
    assert case.status == status


def test_what_is_taken_back_lies_on_the_desk_with_its_marks(
    case, officer, ten_seconds, time_machine
):
    marks = {**factories.fine(case), "ktp": "Foto KTP buram."}
    decide(case, officer, DecisionAct.SEND_BACK, verdicts=marks, note="Segera.")

    actions_decide.undo(case, officer=officer)

    after_ten_seconds(time_machine)
    assert not carry_out_decision()
    case.refresh_from_db()
    assert (case.status, case.reviewer) == (Status.IN_REVIEW, officer.user)
    assert case.verdicts.get(item="ktp").reason == "Foto KTP buram."
    assert case.desk_note.note == "Segera."


def test_what_was_taken_back_a_moment_ago_is_not_carried_out(
    case, officer, ten_seconds
):
    decide(case, officer)
    read_before = Decision.objects.get()
    actions_decide.undo(case, officer=officer)

    actions_decide.carry_out(read_before)

    case.refresh_from_db()
    assert case.status == Status.IN_REVIEW
    assert not Card.objects.exists()


def test_a_number_is_not_burnt_by_what_was_taken_back(
    case, officer, ten_seconds, time_machine
):
    decide(case, officer)
    actions_decide.undo(case, officer=officer)
    decide(case, officer)
    after_ten_seconds(time_machine)

    carry_out_decision()

    assert Card.objects.get().serial == 1


def test_it_is_too_late_once_it_was_carried_out(
    case, officer, ten_seconds, time_machine
):
    decide(case, officer)
    after_ten_seconds(time_machine)
    carry_out_decision()

    with pytest.raises(Refused):
        actions_decide.undo(case, officer=officer)


def test_only_who_decided_takes_it_back(case, officer, ten_seconds):
    decide(case, officer)

    with pytest.raises(Refused, match="Budi Contoh"):
        actions_decide.undo(case, officer=factories.supervisor())


def test_nobody_does_anything_else_meanwhile(case, officer, ten_seconds):
    decide(case, officer)
    head = factories.supervisor()
    after_the_lease(case)
    acts = [
        lambda: decide(case, officer),
        lambda: actions.take(case, officer=head),
        lambda: actions.release(case, officer=head),
        lambda: actions.hand_over(case, to=factories.officer(), by=head),
    ]

    for act in acts:
        with pytest.raises(Refused):
            act()
    assert actions.take_next(officer=head) is None


def test_the_same_form_twice_is_one_decision(case, officer, ten_seconds, time_machine):
    key = decide(case, officer)
    decide(case, officer, key=key)
    after_ten_seconds(time_machine)
    carry_out_decision()
    decide(case, officer, key=key)

    assert Card.objects.count() == 1
    assert not Decision.objects.exists()


def test_what_cannot_be_carried_out_says_why_and_holds_up_no_other(
    case, officer, ten_seconds, time_machine
):
    other = factories.application(Status.IN_REVIEW, by=officer)
    decide(case, officer)
    decide(other, officer)
    # Meanwhile another record was proven with this NIK.
    twin = factories.bare_applicant(nik=case.applicant.nik)
    Applicant.objects.filter(pk=twin.pk).update(nik_proven_at=timezone.now())
    after_ten_seconds(time_machine)

    assert [carry_out_decision() for _ in range(3)] == [True, True, False]

    other.refresh_from_db()
    assert other.status == Status.APPROVED
    decision = Decision.objects.get()
    assert "NIK" in decision.problem
    page = factories.signed_in(officer.user).get(reverse("review:queue"))
    assert decision.problem in page.content.decode()
    actions_decide.undo(case, officer=officer)
    assert not Decision.objects.exists()


def test_the_next_case_opens_by_itself(case, officer, ten_seconds):
    waiting = factories.application(Status.SUBMITTED)
    client = factories.signed_in(officer.user)
    answers = {"key": uuid.uuid4(), "name_agrees": "on"}

    answer = client.post(reverse("review:approve", args=[case.token]), answers)

    assert answer.url == reverse("review:detail", args=[waiting.token])
    page = client.get(answer.url).content.decode()
    assert reverse("review:undo", args=[case.token]) in page
    assert case.applicant.name in page


def test_what_was_decided_is_taken_back_with_one_press(case, officer, ten_seconds):
    decide(case, officer)
    client = factories.signed_in(officer.user)

    answer = client.post(reverse("review:undo", args=[case.token]))

    assert answer.url == reverse("review:detail", args=[case.token])
    assert client.get(answer.url).context["form"]["name_agrees"].value()


def test_who_leaves_the_office_decides_nothing_after_it(
    case, officer, ten_seconds, time_machine
):
    decide(case, officer)
    boss = factories.officer(Role.ADMINISTRATOR)
    actions.change_officer(
        officer,
        by=boss,
        name=officer.name,
        nip="",
        role=officer.role,
        is_active=False,
    )
    after_ten_seconds(time_machine)

    assert not carry_out_decision()

    case.refresh_from_db()
    assert case.status == Status.SUBMITTED


# Several at once


def post_green(officer, *cases, key=None):
    client = factories.signed_in(officer.user)
    form = {"key": key or uuid.uuid4(), "tokens": [case.token for case in cases]}
    return client.post(reverse("review:approve_green"), form, follow=True)


def test_the_ticked_green_cases_are_approved_and_no_other(officer):
    first, second, third = (factories.application(Status.SUBMITTED) for _ in range(3))

    post_green(officer, first, second)

    statuses = [
        Application.objects.get(pk=case.pk).status for case in (first, second, third)
    ]
    assert statuses == [Status.APPROVED, Status.APPROVED, Status.SUBMITTED]


def test_what_is_not_green_stays_as_it_is_and_says_why(officer):
    good = factories.application(Status.SUBMITTED)
    elsewhere = factories.application(Status.SUBMITTED)
    Applicant.objects.filter(pk=elsewhere.applicant_id).update(village_id="3372011001")

    page = post_green(officer, good, elsewhere).content.decode()

    good.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (good.status, elsewhere.status) == (Status.APPROVED, Status.SUBMITTED)
    assert elsewhere.reviewer is None
    assert f"{elsewhere.applicant.name} tidak diubah" in page


def test_a_case_on_the_desk_of_a_colleague_stays_there(officer):
    theirs = factories.application(Status.IN_REVIEW, by=factories.officer())

    post_green(officer, theirs)

    theirs.refresh_from_db()
    assert theirs.status == Status.IN_REVIEW
    assert theirs.reviewer != officer.user


def test_the_form_of_several_sent_twice_approves_once(officer):
    case, key = factories.application(Status.SUBMITTED), uuid.uuid4()

    post_green(officer, case, key=key)
    page = post_green(officer, case, key=key)

    assert page.status_code == 200
    assert Card.objects.count() == 1


def test_the_page_of_several_shows_green_cases_only(officer):
    green = factories.application(Status.SUBMITTED)
    red = factories.application(Status.SUBMITTED)
    Applicant.objects.filter(pk=red.applicant_id).update(village_id="3372011001")

    page = factories.signed_in(officer.user).get(reverse("review:green"))

    assert [one for one, _papers in page.context["rows"]] == [green]


def test_ticking_nothing_says_what_to_do(officer):
    assert post_green(officer).status_code == 422
