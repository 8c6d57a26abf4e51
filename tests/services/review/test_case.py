"""What stands beside a case: earlier answers, notes of colleagues, twins, reasons."""

import io
import uuid
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from applicants import actions as applicants
from applicants.uploads import Page
from services.issuance import actions as issuance
from services.issuance.models import Application
from services.issuance.workflow import Status
from services.office.models import JournalEntry, Reason, Role
from services.review import actions, checks, chores, earlier
from services.review.models import Earlier, EarlierPage, StaffNote
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return factories.officer(name="Budi Contoh")


@pytest.fixture
def client(officer):
    return factories.signed_in(officer.user)


def page_of(case) -> str:
    return reverse("review:detail", args=[case.token])


# Resubmission


def came_back(officer, change):
    """A case that was sent back, changed by its owner, and is on the desk again."""
    case = factories.application(Status.IN_REVIEW, by=officer)
    actions.send_back(case, officer=officer, verdicts={"ktp": "Foto KTP buram."})
    case = Application.objects.get(pk=case.pk)
    change(case.applicant)
    issuance.submit(case, by=case.applicant.user, key=uuid.uuid4())
    actions.take(case, officer=officer)
    return case


def rows(client, case) -> dict:
    context = client.get(page_of(case)).context
    return {row.marked.item.key: row for row in context["sections"] + context["papers"]}


def test_a_changed_section_shows_the_old_answer_beside_the_new(officer, client):
    case = came_back(
        officer, lambda person: applicants.change(person, wanted_job="Penjahit")
    )

    shown = rows(client, case)

    assert shown["wishes"].was.is_changed
    ((_question, lines),) = shown["wishes"].was.lines
    assert lines == ["Operator jahit"]
    assert not shown["address"].was.is_changed
    assert shown["address"].was.lines == []


def test_a_replaced_document_shows_the_old_page_beside_the_new(officer, client):
    other = factories.picture(640, 400, "#004488")
    case = came_back(
        officer,
        lambda person: applicants.save_document(
            person, kind="ktp", pages=[Page(other, 640, 400)]
        ),
    )

    shown = rows(client, case)

    assert shown["ktp"].was.is_changed
    (old,) = shown["ktp"].was.pages
    answer = client.get(reverse("review:earlier_page", args=[case.token, old.token]))
    assert answer.content == factories.picture(800, 500)
    assert JournalEntry.objects.filter(
        act="document", subject=f"{case.token}/ktp/0"
    ).exists()
    assert not shown["ijazah"].was.is_changed
    assert shown["ijazah"].was.pages == []


def test_the_language_of_the_officer_is_no_change(officer, client):
    case = came_back(officer, lambda person: None)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})

    changed = [key for key, row in rows(client, case).items() if row.was.is_changed]

    assert changed == []


def test_a_first_application_has_no_before(officer, client):
    case = factories.application(Status.IN_REVIEW, by=officer)

    assert {row.was for row in rows(client, case).values()} == {None}


def test_earlier_answers_are_sealed_and_belong_to_their_application(officer):
    case = came_back(officer, lambda person: None)
    kept = bytes(Earlier.objects.get(application=case).told_sealed)

    assert case.applicant.name.encode() not in kept


@pytest.mark.parametrize("end", ["approve", "reject"])
def test_a_decision_forgets_what_was_earlier(officer, end):
    case = came_back(officer, lambda person: None)
    names = list(EarlierPage.objects.values_list("file", flat=True))

    if end == "approve":
        actions.approve(case, officer=officer, verdicts={})
    else:
        actions.reject(case, officer=officer, verdicts={}, note="Bukan miliknya.")

    assert names
    assert not EarlierPage.objects.exists()


def test_the_files_of_what_was_forgotten_are_swept(officer, time_machine):
    case = factories.application(Status.IN_REVIEW, by=officer)
    actions.send_back(case, officer=officer, verdicts={"ktp": "Foto KTP buram."})
    name = EarlierPage.objects.first().file
    case = Application.objects.get(pk=case.pk)
    issuance.withdraw(case, by=case.applicant.user)
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert default_storage.exists(name)

    chores.forget_earlier_answers()

    assert not Earlier.objects.exists()
    assert not default_storage.exists(name)


def test_sent_back_twice_remembers_the_last_time(officer, client):
    case = came_back(
        officer, lambda person: applicants.change(person, wanted_job="Penjahit")
    )
    actions.send_back(case, officer=officer, verdicts={"ktp": "Masih buram."})

    told = earlier.Earlier.objects.get(application=case).told

    assert "Penjahit" in str(told["wishes"])
    call_command("check_invariants", stdout=io.StringIO())


# Notes of colleagues


def test_a_note_is_for_colleagues_and_never_for_the_applicant(client, officer):
    case = factories.application(Status.SUBMITTED)
    words = "Pernah datang dengan KTP orang lain."

    client.post(reverse("review:write_note", args=[case.token]), {"text": words})

    assert words in client.get(page_of(case)).content.decode()
    owner = factories.signed_in(case.applicant.user)
    for path in (case.get_absolute_url(), reverse("issuance:tasks")):
        assert words not in owner.get(path, follow=True).content.decode()
    assert StaffNote.objects.get().by == officer


def test_a_note_of_another_office_is_not_shown(client):
    case = factories.application(Status.SUBMITTED)
    elsewhere = factories.officer(at=factories.office("3372"))
    StaffNote.objects.create(
        office=elsewhere.office,
        applicant=case.applicant,
        by=elsewhere,
        text="Catatan kantor lain.",
    )

    assert "Catatan kantor lain." not in client.get(page_of(case)).content.decode()


def test_a_note_sent_twice_is_one_note(client):
    case = factories.application(Status.SUBMITTED)
    for _ in range(2):
        client.post(reverse("review:write_note", args=[case.token]), {"text": "Cek."})

    assert StaffNote.objects.count() == 1


def test_an_empty_note_is_asked_for(client):
    case = factories.application(Status.SUBMITTED)

    answer = client.post(reverse("review:write_note", args=[case.token]), {"text": ""})

    assert answer.status_code == 422


# Twins


def test_twins_stand_side_by_side_with_what_differs(client):
    case = factories.application(Status.SUBMITTED)
    twin = factories.applicant(
        nik=case.applicant.nik, name="Siti Kembar", birth_place="Banyumas"
    )
    factories.application(Status.SUBMITTED, applicant_=twin)

    page = client.get(reverse("review:twins", args=[case.token]))

    lines = {str(line.title): line for line in page.context["lines"]}
    assert page.context["people"] == [case.applicant, twin]
    assert lines["Nama"].differs
    assert lines["Nama"].values == [case.applicant.name, "Siti Kembar"]
    assert JournalEntry.objects.filter(act="twins", subject=case.token).exists()
    auditor = factories.signed_in(factories.officer(Role.AUDITOR).user)
    journal = auditor.get(reverse("office:journal")).content.decode()
    assert "Membandingkan" in journal


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ahmad Ma'ruf", "Ahmad Maruf"),
        ("Sa’id Abdullah", "SAID ABDULLAH"),
        ("Nur-Aini", "Nur Aini"),
        ("Zoë Contoh", "Zoe  Contoh"),
    ],
)
def test_a_twin_is_found_however_the_name_is_written(name, written):
    born = date(1999, 5, 17)
    person = factories.applicant(name=name, birth_date=born)
    twin = factories.applicant(name=written, birth_date=born)
    factories.applicant(name=written, birth_date=date(1999, 5, 18))

    assert checks.same_person(person) == [twin]
    assert checks.same_person(twin) == [person]


def test_of_another_office_only_the_office_and_the_card_are_told(client):
    case = factories.application(Status.SUBMITTED)
    elsewhere = factories.office("3372")
    person = factories.applicant(nik=case.applicant.nik, name="Siti Lain")
    other = factories.application(Status.SUBMITTED, applicant_=person, at=elsewhere)

    page = client.get(reverse("review:twins", args=[case.token])).content.decode()

    assert elsewhere.name in page
    assert other.receipt not in page
    assert "Siti Lain" not in page
    assert "Siti Lain" not in client.get(page_of(case)).content.decode()


# Reasons


def test_a_reason_of_the_office_is_what_the_applicant_reads(client, officer):
    case = factories.application(Status.IN_REVIEW, by=officer)
    blurred = Reason.objects.create(
        office=case.office,
        item="ktp",
        label="Buram",
        sentence="Foto KTP buram. Mohon foto ulang di tempat terang.",
    )

    client.post(
        reverse("review:send_back", args=[case.token]),
        {
            "key": uuid.uuid4(),
            "fix_ktp": "on",
            "often_ktp": blurred.token,
            "reason_ktp": "Bagian kanan terpotong.",
        },
    )

    correction = case.steps.last().corrections.get()
    assert correction.reason == f"{blurred.sentence} Bagian kanan terpotong."


def test_only_reasons_in_use_and_of_this_item_are_offered(client, officer):
    case = factories.application(Status.IN_REVIEW, by=officer)
    case.office.reasons.all().delete()
    for item, label, is_active in (
        ("ktp", "Buram", True),
        ("", "Lain", True),
        ("foto", "Gelap", True),
        ("ktp", "Lama", False),
    ):
        Reason.objects.create(
            office=case.office,
            item=item,
            label=label,
            sentence=f"{label}.",
            is_active=is_active,
        )

    shown = rows(client, case)["ktp"].marked.reasons

    assert sorted(label for _token, label, _sentence in shown) == ["Buram", "Lain"]


def test_a_reason_of_another_office_is_no_choice(client, officer):
    case = factories.application(Status.IN_REVIEW, by=officer)
    theirs = Reason.objects.create(
        office=factories.office("3372"), label="Buram", sentence="Buram."
    )

    answer = client.post(
        reverse("review:send_back", args=[case.token]),
        {"key": uuid.uuid4(), "often_ktp": theirs.token},
    )

    assert answer.status_code == 422
    case.refresh_from_db()
    assert case.status == Status.IN_REVIEW
