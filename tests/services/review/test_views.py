import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from services.issuance import actions as issuance
from services.issuance.models import Application
from services.issuance.workflow import Status
from services.office.models import JournalEntry, Role
from services.review import actions as review
from services.review.models import DeskNote
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("chosen", "status"),
    [
        ("menunggu", Status.SUBMITTED),
        ("diperiksa", Status.IN_REVIEW),
        ("dikembalikan", Status.RETURNED),
        ("selesai", Status.APPROVED),
    ],
)
def test_the_queue_asks_the_same_for_one_row_and_for_three(chosen, status):
    client = factories.signed_in(factories.officer().user)
    path = reverse("review:queue") + f"?daftar={chosen}"
    factories.application(status)
    client.get(path)
    one = queries(client, path)
    factories.application(status)
    factories.application(status)

    assert queries(client, path) == one


def test_the_case_asks_the_same_for_few_and_many_documents():
    officer = factories.officer()
    client = factories.signed_in(officer.user)
    case = factories.application(Status.IN_REVIEW, by=officer)
    rich = factories.applicant()
    for _copy in range(5):
        factories.document(rich, "sertifikat")
    full = factories.application(Status.IN_REVIEW, applicant_=rich, by=officer)
    client.get(reverse("review:detail", args=[case.token]))

    few = queries(client, reverse("review:detail", args=[case.token]))
    many = queries(client, reverse("review:detail", args=[full.token]))

    assert many == few


def test_opening_a_case_and_a_document_is_written_in_the_journal():
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)
    client = factories.signed_in(officer.user)
    document = case.applicant.documents.get(kind="ktp")

    client.get(reverse("review:detail", args=[case.token]))
    client.get(reverse("review:document_page", args=[case.token, document.token, 0]))

    lines = JournalEntry.objects.filter(by=officer.user).order_by("pk")
    assert [(line.act, line.subject) for line in lines] == [
        ("case", case.token),
        ("document", f"{case.token}/ktp/0"),
    ]


def test_a_document_leaves_with_headers_that_let_it_run_nothing():
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)
    document = case.applicant.documents.get(kind="ktp")

    response = factories.signed_in(officer.user).get(
        reverse("review:document_page", args=[case.token, document.token, 0])
    )

    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_an_approval_without_the_name_confirmed_says_so_and_loses_nothing():
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)
    client = factories.signed_in(officer.user)
    page = client.get(reverse("review:detail", args=[case.token]))
    key = page.context["form"]["key"].value()

    response = client.post(
        reverse("review:approve", args=[case.token]),
        {"key": key, "note": "Catatan yang panjang."},
    )

    assert response.status_code == 422
    assert "name_agrees" in response.context["form"].errors
    assert "Catatan yang panjang." in response.content.decode()
    case.refresh_from_db()
    assert case.status == Status.IN_REVIEW


def test_a_mark_without_a_reason_is_asked_for_beside_its_item():
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)
    client = factories.signed_in(officer.user)

    response = client.post(
        reverse("review:send_back", args=[case.token]),
        {"key": factories.uuid.uuid4(), "fix_ktp": "on"},
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reason_ktp"]


def test_a_decision_on_an_old_page_is_a_409_that_names_who_was_faster():
    officer = factories.officer(name="Budi Contoh")
    case = factories.application(Status.IN_REVIEW, by=officer)
    client = factories.signed_in(officer.user)
    answers = {"key": factories.uuid.uuid4(), "name_agrees": "on"}
    client.post(reverse("review:approve", args=[case.token]), answers)

    late = client.post(
        reverse("review:reject", args=[case.token]),
        {"key": factories.uuid.uuid4(), "note": "KTP bukan milik pemohon."},
        HTTP_SEC_FETCH_SITE="same-origin",
    )

    assert late.status_code == 409
    assert "Budi Contoh" in late.content.decode()
    assert "KTP bukan milik pemohon." in late.content.decode()


def test_the_same_form_sent_twice_is_one_decision():
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)
    client = factories.signed_in(officer.user)
    answers = {"key": factories.uuid.uuid4(), "name_agrees": "on"}
    path = reverse("review:approve", args=[case.token])

    codes = [client.post(path, answers).status_code for _ in range(2)]

    assert codes == [302, 302]
    assert case.steps.filter(to_status=Status.APPROVED).count() == 1


def test_an_auditor_reads_a_case_and_finds_no_button_to_decide():
    auditor = factories.officer(Role.AUDITOR)
    case = factories.application(Status.IN_REVIEW)

    html = (
        factories.signed_in(auditor.user)
        .get(reverse("review:detail", args=[case.token]))
        .content.decode()
    )

    assert case.applicant.name in html
    assert reverse("review:approve", args=[case.token]) not in html
    assert reverse("review:release", args=[case.token]) not in html


def test_a_draft_is_no_case_yet():
    draft = factories.application()
    client = factories.signed_in(factories.officer().user)

    assert client.get(reverse("review:detail", args=[draft.token])).status_code == 404


def test_take_next_with_an_empty_queue_says_so():
    client = factories.signed_in(factories.officer().user)

    response = client.post(reverse("review:take_next"), follow=True)

    assert response.redirect_chain == [(reverse("review:queue"), 302)]
    assert len(list(response.context["messages"])) == 1
    assert not Application.objects.exists()


def test_marks_that_were_kept_come_back_and_those_of_an_earlier_round_do_not():
    officer = factories.officer()
    case = factories.application(Status.RETURNED, by=officer)
    issuance.submit(case, by=case.applicant.user)
    review.take(case, officer=officer)
    client = factories.signed_in(officer.user)
    path = reverse("review:detail", args=[case.token])
    assert client.get(path).context["form"]["fix_ktp"].value() is False

    review.keep(case, officer=officer, verdicts={"foto": "Terlalu gelap."})

    form = client.get(path).context["form"]
    assert form["fix_foto"].value() is True
    assert form["reason_foto"].value() == "Terlalu gelap."


def test_the_message_and_the_name_that_were_kept_with_the_marks_come_back():
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)
    desk = Person(officer.user).opens(reverse("review:detail", args=[case.token]))

    desk.presses(_("Keep my marks"), note="Halaman nilai hilang.", name_agrees="on")

    form = desk.response.context["form"]
    assert form["note"].value() == "Halaman nilai hilang."
    assert form["name_agrees"].value() is True
    desk.presses(_("Keep my marks"), note="Halaman dua hilang.")
    assert desk.response.context["form"]["note"].value() == "Halaman dua hilang."


def test_a_kept_message_is_gone_with_the_desk_and_with_the_decision():
    officer, other = factories.officer(), factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)
    path = reverse("review:detail", args=[case.token])
    review.keep(case, officer=officer, verdicts={}, note="Halaman nilai hilang.")
    review.release(case, officer=officer)

    review.take(case, officer=other)

    form = factories.signed_in(other.user).get(path).context["form"]
    assert not form["note"].value()
    review.approve(case, officer=other, verdicts=factories.fine(case))
    assert not DeskNote.objects.exists()


def test_take_release_keep_send_back_and_reject_over_the_web():
    officer = factories.officer()
    client = factories.signed_in(officer.user)
    case = factories.application(Status.SUBMITTED)

    def post(name, **answers):
        answers = {"key": factories.uuid.uuid4(), **answers}
        client.post(reverse(f"review:{name}", args=[case.token]), answers)
        case.refresh_from_db()
        return case.status

    assert post("take") == Status.IN_REVIEW
    assert post("release") == Status.SUBMITTED
    assert post("take") == Status.IN_REVIEW
    kept = post("keep", fix_foto="on", reason_foto="Gelap.")
    assert kept == Status.IN_REVIEW
    assert case.verdicts.get(item="foto").reason == "Gelap."
    assert post("send_back", fix_ktp="on", reason_ktp="Buram.") == Status.RETURNED
    issuance.submit(case, by=case.applicant.user)
    assert post("take") == Status.IN_REVIEW
    assert post("reject", note="Bukan KTP pemohon.") == Status.REJECTED


def test_a_rejection_without_a_reason_is_asked_for():
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)

    response = factories.signed_in(officer.user).post(
        reverse("review:reject", args=[case.token]),
        {"key": factories.uuid.uuid4(), "note": ""},
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["note"]


def test_a_decided_case_shows_no_answers_and_no_documents_any_more():
    card = factories.card()
    case, document = card.application, card.application.applicant.documents.first()
    client = factories.signed_in(factories.officer().user)

    html = client.get(reverse("review:detail", args=[case.token])).content.decode()
    page = reverse("review:document_page", args=[case.token, document.token, 0])

    assert "Jl. Melati" not in html
    assert case.applicant.nik_grouped not in html
    assert client.get(page).status_code == 404


def test_a_supervisor_sees_the_answers_until_the_card_is_authorised():
    card = factories.card(authorised=False)
    case = card.application
    client = factories.signed_in(factories.supervisor().user)

    html = client.get(reverse("review:detail", args=[case.token])).content.decode()

    assert "Jl. Melati" in html


def test_a_former_office_reads_nothing_of_what_came_later():
    case = factories.application(Status.SUBMITTED)
    issuance.withdraw(case, by=case.applicant.user)
    elsewhere = factories.office("3372")
    factories.application(Status.SUBMITTED, applicant_=case.applicant, at=elsewhere)
    client = factories.signed_in(factories.officer().user)

    html = client.get(reverse("review:detail", args=[case.token])).content.decode()

    assert "Jl. Melati" not in html


def test_a_reason_without_a_tick_is_a_mark():
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)

    factories.signed_in(officer.user).post(
        reverse("review:send_back", args=[case.token]),
        {"key": factories.uuid.uuid4(), "reason_ktp": "Buram."},
    )

    case.refresh_from_db()
    assert case.status == Status.RETURNED
    assert case.steps.last().corrections.get().reason == "Buram."


def test_an_act_that_is_opened_like_a_page_says_how_to_go_on():
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)

    response = factories.signed_in(officer.user).get(
        reverse("review:approve", args=[case.token])
    )

    assert response.status_code == 405
    assert "tombol" in response.content.decode()


# Officers -------------------------------------------------------------------------


@pytest.fixture
def head(client):
    """The administrator, signed in."""
    head = factories.officer(Role.ADMINISTRATOR, name="Kepala Contoh")
    client.force_login(head.user)
    return head


def test_an_officer_is_changed_and_it_counts_from_the_next_click(client, head):
    officer = factories.officer()
    address = reverse("review:change_officer", args=[officer.token])
    desk = Person(officer.user)
    before = desk.opens(reverse("review:queue")).status

    client.post(address, {"name": officer.name, "role": "officer"})

    officer.refresh_from_db()
    assert not officer.is_active
    assert (before, desk.opens(reverse("review:queue")).status) == (200, 403)


def test_the_last_administrator_is_told_why_they_stay(client, head):
    address = reverse("review:change_officer", args=[head.token])

    response = client.post(
        address, {"name": head.name, "role": "officer", "is_active": "on"}
    )

    assert response.status_code == 409
    assert _("The office needs at least one administrator.") in (
        response.content.decode()
    )
    head.refresh_from_db()
    assert head.role == Role.ADMINISTRATOR


def test_a_wrong_answer_about_an_officer_is_told(client, head):
    officer = factories.officer(name="Budi")
    address = reverse("review:change_officer", args=[officer.token])

    response = client.post(address, {"name": "", "role": "officer"})

    assert response.status_code == 422
    officer.refresh_from_db()
    assert (officer.name, officer.is_active) == ("Budi", True)


def test_the_officers_of_another_office_are_not_found(client, head):
    stranger = factories.officer(at=factories.office("3372"), name="Orang Lain")
    address = reverse("review:change_officer", args=[stranger.token])
    answers = {"name": "Diubah", "role": "administrator", "is_active": "on"}

    found = [client.get(address).status_code, client.post(address, answers).status_code]

    assert found == [404, 404]
    stranger.refresh_from_db()
    assert (stranger.name, stranger.role) == ("Orang Lain", Role.OFFICER)


def test_who_leaves_with_a_case_on_the_desk_is_said_to_have_left_it(client, head):
    officer, other = factories.officer(), factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)
    address = reverse("review:change_officer", args=[officer.token])

    response = client.post(
        address, {"name": officer.name, "role": "officer"}, follow=True
    )

    said = [str(message) for message in response.context["messages"]]
    assert said == [_("Saved."), _("Their open cases are back in the queue.")]
    desk = Person(other.user).opens(reverse("review:queue")).presses(_("Take next"))
    assert desk.path == reverse("review:detail", args=[case.token])
