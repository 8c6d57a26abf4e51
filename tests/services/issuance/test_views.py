import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applicants import actions as people
from applicants.models import DocumentKind
from services.issuance.models import Application
from services.issuance.workflow import Status
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db


def client_of(application):
    return factories.signed_in(application.applicant.user)


def path(name, application):
    return reverse(f"issuance:{name}", args=[application.token])


def test_the_first_page_leads_to_the_open_application():
    application = factories.application()

    response = client_of(application).get(reverse("issuance:tasks"))

    assert response.url == application.get_absolute_url()


def test_an_application_is_started_at_the_chosen_office():
    person, office = factories.applicant(), factories.office("3372")
    factories.office()

    factories.signed_in(person.user).post(
        reverse("issuance:start"), {"office": office.pk}
    )

    assert Application.objects.get().office == office


def test_starting_at_no_office_is_told_and_starts_nothing():
    person = factories.applicant()
    factories.office()

    response = factories.signed_in(person.user).post(
        reverse("issuance:start"), {"office": "999999"}
    )

    assert response.status_code == 422
    assert not Application.objects.exists()


def test_a_draft_can_be_turned_to_another_office_and_a_sent_one_cannot():
    draft = factories.application()
    other = factories.office("3372")
    client = client_of(draft)

    client.post(path("choose_office", draft), {"office": other.pk})
    draft.refresh_from_db()
    assert draft.office == other

    client.post(path("submit", draft), {"key": uuid.uuid4(), "is_true": "on"})
    late = client.post(path("choose_office", draft), {"office": factories.office().pk})
    draft.refresh_from_db()
    assert late.status_code == 409
    assert draft.office == other


def test_sending_without_the_declaration_is_told_beside_it():
    application = factories.application()

    response = client_of(application).post(
        path("submit", application), {"key": uuid.uuid4()}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["is_true"]


def test_sending_without_a_key_says_the_page_is_old():
    application = factories.application()

    response = client_of(application).post(
        path("submit", application), {"is_true": "on"}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["key"]


def test_the_same_page_sent_twice_leads_to_the_same_receipt():
    application = factories.application()
    client = client_of(application)
    answers = {"key": uuid.uuid4(), "is_true": "on"}

    first = client.post(path("submit", application), answers)
    second = client.post(path("submit", application), answers)

    assert first.url == second.url == path("confirmation", application)
    assert application.steps.count() == 1


def test_sending_from_an_old_page_says_where_the_application_is():
    application = factories.application(Status.APPROVED)

    response = client_of(application).post(
        path("submit", application), {"key": uuid.uuid4(), "is_true": "on"}
    )

    assert response.status_code == 409
    assert "Disetujui" in response.content.decode()


def test_the_receipt_can_be_opened_again():
    application = factories.application(Status.SUBMITTED)
    client = client_of(application)

    for _ in range(2):
        html = client.get(path("confirmation", application)).content.decode()
        assert application.receipt in html


def test_a_returned_application_shows_what_to_correct_item_by_item():
    application = factories.application(Status.RETURNED)

    html = client_of(application).get(application.get_absolute_url()).content.decode()

    assert "Foto KTP buram." in html


def test_a_paper_that_the_office_requires_is_to_be_done_and_the_others_are_optional():
    application = factories.application(at=factories.office(required_papers=["kk"]))
    seeker = Person(application.applicant.user).opens(application.get_absolute_url())

    seeker.sees(
        "Kartu Keluarga (KK) Kantor ini mewajibkannya. Belum",
        "Sertifikat keterampilan Opsional",
        "Tambahkan dokumen: Kartu Keluarga (KK).",
    )
    seeker.opens(path("check", application))
    seeker.sees("Kartu Keluarga (KK) Belum dikirim, padahal wajib")
    seeker.sees("Sertifikat keterampilan Belum dikirim")

    factories.document(application.applicant, DocumentKind.FAMILY_CARD)
    seeker.opens(application.get_absolute_url()).misses("Tambahkan dokumen")


def test_withdrawing_asks_first_and_ends_the_application():
    application = factories.application(Status.SUBMITTED)
    client = client_of(application)

    assert client.get(path("withdraw", application)).status_code == 200
    client.post(path("withdraw", application), {"key": uuid.uuid4(), "note": "Pindah."})

    application.refresh_from_db()
    assert application.status == Status.WITHDRAWN
    assert application.steps.last().note == "Pindah."


def test_the_preview_is_the_card_of_the_answers_and_may_stand_in_our_own_frame():
    application = factories.application()

    response = client_of(application).get(path("preview", application))

    html = response.content.decode()
    assert application.applicant.name in html
    assert "KARTU TANDA BUKTI PENDAFTARAN PENCARI KERJA" in html
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_the_preview_follows_the_answers():
    application = factories.application()
    people.change(application.applicant, name="Dewi Contohbaru")

    html = client_of(application).get(path("preview", application)).content.decode()

    assert "Dewi Contohbaru" in html


def test_without_a_photo_the_preview_leaves_its_place_empty():
    application = factories.application(
        applicant_=factories.applicant(without=["foto"])
    )
    client = client_of(application)

    assert client.get(path("preview", application)).status_code == 200
    assert client.get(path("preview_photo", application)).status_code == 404


def test_who_holds_receipt_and_birth_date_sees_where_it_stands(client):
    application = factories.application(Status.RETURNED)
    person = application.applicant

    html = client.post(
        reverse("issuance:status"),
        {
            "receipt": application.receipt.lower().replace("-", " "),
            "birth_date_day": "17",
            "birth_date_month": "5",
            "birth_date_year": "1999",
        },
    ).content.decode()

    assert "Perlu diperbaiki" in html
    for secret in (person.name, person.nik, "buram"):
        assert secret not in html


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_pair_gets_one_answer_whether_the_receipt_exists(client, known):
    application = factories.application(Status.SUBMITTED)
    receipt = application.receipt if known else "000-0000-000"

    response = client.post(
        reverse("issuance:status"),
        {
            "receipt": receipt,
            "birth_date_day": "1",
            "birth_date_month": "1",
            "birth_date_year": "1990",
        },
    )

    assert response.status_code == 422
    assert [
        error.message
        for errors in response.context["form"].errors.as_data().values()
        for error in errors
    ] == ["Tidak ada permohonan dengan nomor tanda terima dan tanggal lahir ini."]


def test_the_task_list_asks_the_same_for_few_and_many_answers():
    few = factories.application()
    rich = factories.applicant()
    for name in ("Inggris", "Arab", "Jepang"):
        factories.language(rich, name)
    for _ in range(4):
        factories.document(rich, "sertifikat")
    many = factories.application(applicant_=rich)
    counts = []
    for application in (few, many):
        client = client_of(application)
        client.get(application.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(application.get_absolute_url())
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_the_preview_has_number_and_dates_only_once_the_card_is_authorised():
    waiting = factories.card(authorised=False)
    authorised = factories.card()

    def shown(card):
        application = card.application
        html = client_of(application).get(path("preview", application)).content
        return card.number.split()[1] in html.decode()

    assert (shown(waiting), shown(authorised)) == (False, True)


# Another office -------------------------------------------------------------------


@pytest.mark.parametrize("answer", [{}, {"office": "999999"}, {"office": "x"}])
def test_choosing_no_office_is_told_on_the_same_page(answer):
    draft = factories.application()
    factories.office("3372")

    response = client_of(draft).post(path("choose_office", draft), answer)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "office": ["Pilih salah satu kantor ini."]
    }
    draft.refresh_from_db()
    assert draft.office == factories.office()


def test_choosing_no_office_for_a_sent_application_says_that_it_stands():
    sent = factories.application(Status.SUBMITTED)

    response = client_of(sent).post(path("choose_office", sent), {})

    assert response.status_code == 409


def test_a_returned_application_leaves_a_closed_office_and_keeps_its_receipt():
    returned = factories.application(Status.RETURNED)
    receipt, other = returned.receipt, factories.office("3372")
    factories.office(is_active=False)
    client = client_of(returned)
    page = client.get(returned.get_absolute_url())
    assert "<details open>" in page.content.decode()
    assert list(page.context["form"].fields["office"].queryset) == [other]

    client.post(path("choose_office", returned), {"office": other.pk})
    client.post(path("submit", returned), {"key": uuid.uuid4(), "is_true": "on"})

    returned.refresh_from_db()
    assert (returned.office, returned.status) == (other, Status.SUBMITTED)
    assert returned.receipt == receipt


def test_a_returned_application_stays_with_an_office_that_is_open():
    returned = factories.application(Status.RETURNED)
    other = factories.office("3372")
    client = client_of(returned)

    late = client.post(path("choose_office", returned), {"office": other.pk})

    assert late.status_code == 409
    assert client.get(returned.get_absolute_url()).context["form"] is None
    returned.refresh_from_db()
    assert returned.office == factories.office()


def test_where_there_is_one_office_there_is_none_to_choose():
    draft = factories.application()

    assert client_of(draft).get(draft.get_absolute_url()).context["form"] is None
