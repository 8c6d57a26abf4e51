"""The front door, the health of the house, and the administrator's pages."""

import re
from datetime import date, time

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from services.office import actions, actions_hours, actions_words
from services.office.models import JournalEntry, Office, Officer, Role
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db

SECRET = "kopi-susu-gula"


@pytest.fixture
def head(client):
    """The administrator, signed in."""
    head = factories.officer(Role.ADMINISTRATOR, name="Kepala Contoh")
    client.force_login(head.user)
    return head


# Front door -----------------------------------------------------------------------


def test_the_first_page_names_the_offices_that_take_applications(client):
    factories.office(name="DINAS TENAGA KERJA CILACAP")
    factories.office("3372", name="DINAS TUTUP", is_active=False)

    page = client.get(reverse("home")).content.decode()

    assert "DINAS TENAGA KERJA CILACAP" in page
    assert "DINAS TUTUP" not in page


def test_the_first_page_says_what_an_office_asks_for_besides():
    factories.office(required_papers=["kk"], photo_background="red", minimum_age=20)
    reader = Person().opens(reverse("home"))

    reader.sees("Bawa juga: Kartu Keluarga (KK).", "Latar foto: merah.", "usia 20")
    reader.misses("wilayahnya")

    factories.office(
        required_papers=[], photo_background="any", minimum_age=18, residents_only=True
    )
    reader.opens(reverse("home")).sees("Hanya untuk warga yang tinggal di wilayahnya.")
    reader.misses("Bawa juga", "Latar foto", "usia")


@pytest.mark.parametrize("name", ["home", "privacy", "about"])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_public_pages_open_for_anybody(client, name, count):
    for code in ["3301", "3372", "3201"][:count]:
        factories.office(code)

    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.OFFICER, "review:queue"),
        (Role.SUPERVISOR, "review:queue"),
        (Role.AUDITOR, "review:queue"),
        (Role.ADMINISTRATOR, "office:settings"),
    ],
)
def test_the_door_leads_each_role_to_its_work(client, role, place):
    client.force_login(factories.officer(role).user)

    response = client.get(reverse("door"))

    assert (response.status_code, response.url) == (302, reverse(place))


def test_the_door_leads_an_applicant_to_the_application(client):
    client.force_login(factories.bare_applicant().user)

    assert client.get(reverse("door")).url == reverse("issuance:tasks")


def test_the_door_leads_a_newcomer_to_say_who_they_are(client):
    client.force_login(factories.user())

    response = client.get(reverse("door"), follow=True)

    assert response.redirect_chain[-1][0] == reverse("applicants:identity")


# Coat of arms --------------------------------------------------------------------


def test_a_coat_of_arms_is_kept_and_shown(client, head):
    file = SimpleUploadedFile("logo.png", factories.picture(300, 300, form="PNG"))

    response = client.post(reverse("office:logo"), {"logo": file, "sent": "1"})

    assert response.status_code == 302
    assert Office.objects.get().logo
    assert (
        "data:image/png;base64," in client.get(reverse("office:logo")).content.decode()
    )


@pytest.mark.parametrize("data", [b"not a picture", b""])
def test_a_coat_of_arms_that_is_none_is_told(client, head, data):
    file = SimpleUploadedFile("logo.png", data)

    response = client.post(reverse("office:logo"), {"logo": file, "sent": "1"})

    assert response.status_code == 422
    assert Office.objects.get().logo == ""


def test_a_coat_of_arms_too_long_to_be_read_is_told_its_size(client, head):
    file = SimpleUploadedFile("logo.png", b"\x89PNG" + b"\x00" * (28 * 1024 * 1024))

    response = client.post(reverse("office:logo"), {"logo": file})

    (error,) = response.context["form"].errors.as_data()["logo"]
    assert (response.status_code, error.code) == (422, "too_large")


# Officers -------------------------------------------------------------------------


def test_a_new_officer_chooses_a_password_with_a_code_and_comes_to_the_queue():
    head = Person(factories.officer(Role.ADMINISTRATOR).user)
    head.opens(reverse("office:add_officer")).presses(
        _("Add"), email="budi@contoh.test", name="Budi Contoh", role="officer"
    )
    head.sees("Budi Contoh", "budi@contoh.test")
    budi = Person()

    budi.opens(reverse("account_login")).opens(reverse("account_reset_password"))
    budi.presses(_("Send the code"), email="budi@contoh.test")
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    budi.presses(_("Continue"), code=code)
    budi.presses(_("Save the password"), password1=SECRET, password2=SECRET)

    officer = Officer.objects.get(user__email="budi@contoh.test")
    assert officer.user.check_password(SECRET)
    assert mail.outbox[-1].to == ["budi@contoh.test"]
    again = Person()
    again.opens(reverse("account_login"))
    again.presses(_("Sign in"), login="budi@contoh.test", password=SECRET)
    assert (again.path, again.status) == (reverse("review:queue"), 200)


def test_who_signed_up_with_the_address_of_a_new_officer_gets_in_by_no_code(head):
    """Neither with the code of the mail nor with the password that was chosen."""
    outsider = Person().opens(reverse("account_signup"))
    outsider.presses(_("Create an account"), email="budi@contoh.test", password1=SECRET)
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]

    actions.add_officer(
        head.office, by=head, email="budi@contoh.test", name="Budi", role=Role.OFFICER
    )

    outsider.presses(_("Continue"), code=code)
    assert outsider.status == 422
    again = Person().opens(reverse("account_login"))
    again.presses(_("Sign in"), login="budi@contoh.test", password=SECRET)
    assert (again.status, again.path) == (422, reverse("account_login"))


def test_an_address_that_has_an_account_is_told_at_its_field(client, head):
    factories.user("budi@contoh.test")
    answers = {"email": "Budi@contoh.test", "name": "Budi", "role": "officer"}

    response = client.post(reverse("office:add_officer"), answers)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "email": [_("This e-mail address already has an account.")]
    }
    assert Officer.objects.count() == 1


def test_the_list_of_officers_names_nobody_of_another_office(client, head):
    factories.officer(at=factories.office("3372"), name="Orang Lain")

    assert "Orang Lain" not in client.get(reverse("office:officers")).content.decode()


def test_the_list_of_officers_asks_as_often_for_three_as_for_one(client, head):
    counts = []
    for more in (0, 2):
        for _time in range(more):
            factories.officer()
        client.get(reverse("office:officers"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("office:officers"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


# Journal --------------------------------------------------------------------------


def test_the_journal_is_read_by_the_auditor_with_old_and_new(client, head):
    actions.change_settings(head.office, by=head, city="Cilacap")
    auditor = Person(factories.officer(Role.AUDITOR).user)

    auditor.opens(reverse("office:journal"))

    assert auditor.status == 200
    auditor.sees("Kepala Contoh", "Contoh", "Cilacap")


def test_the_journal_says_in_words_what_was_changed(head):
    """Nothing that only a program could read: no key, no token, no True."""
    office = head.office
    actions.change_settings(
        office, by=head, required_papers=["kk"], residents_only=True, lapse_days=60
    )
    actions.change_settings(office, by=head, lapse_days=None)
    actions_hours.set_opening_times(office, by=head, week={5: ((time(8), time(12)),)})
    day = actions_hours.add_holiday(
        office, by=head, day=date(2026, 12, 25), name="Natal"
    )
    actions_hours.remove_holiday(day, by=head)
    reason = actions_words.add_reason(
        office, by=head, item="ktp", label="KTP lama", sentence="Kirim yang baru."
    )
    actions_words.change_reason(reason, by=head, item="", is_active=False)
    words = {"kind": "approved", "subject": "A", "body": "B"}
    actions_words.change_text(office, by=head, **words)
    actions_words.reset_text(office, by=head, kind="approved")
    auditor = Person(factories.officer(Role.AUDITOR).user)

    auditor.opens(reverse("office:journal"))

    auditor.sees(
        "dokumen wajib selain KTP, ijazah, dan foto – → Kartu Keluarga (KK)",
        "Tidak → Ya",
        "– → 60",
        "60 → –",
        "Mengubah jam buka Sabtu tutup → 08.00–12.00",
        "Senin 08.00–16.00 → tutup",
        "Menambah hari libur 25 Desember 2026 – → Natal",
        "Menghapus hari libur 25 Desember 2026 Natal → –",
        "Menambah alasan KTP lama – → KTP lama: Kirim yang baru.",
        "KTP lama KTP → Semua bagian",
        "Mengubah apakah alasan dipakai KTP lama Ya → Tidak",
        "Permohonan disetujui kata-kata bawaan portal → versi 1",
        "versi 1 → kata-kata bawaan portal",
    )
    auditor.misses("None", "True", reason.token)


def test_the_journal_of_another_office_is_not_shown(client, head):
    other = factories.officer(Role.AUDITOR, at=factories.office("3372"))
    actions.change_settings(head.office, by=head, city="Cilacap")

    Person(other.user).opens(reverse("office:journal")).misses("Cilacap")


def test_the_journal_asks_as_often_for_three_lines_as_for_one(client, head):
    counts = []
    for city in ("A", "B"):
        for name in ([city], ["C", "D"])[city == "B"]:
            actions.change_settings(head.office, by=head, city=name)
        client.get(reverse("office:journal"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("office:journal"))
        counts.append(len(queries))

    assert JournalEntry.objects.count() == 3
    assert counts[0] == counts[1]


def test_a_page_of_the_journal_that_is_not_there_is_the_last_one(client, head):
    for page in ("99", "x", "-1"):
        assert client.get(reverse("office:journal"), {"hal": page}).status_code == 200
