"""The pages of the holder, of whoever has a link, of employers, and of the desk."""

import csv
import io
import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.issuance.models import Card, Letter, RegisterEvent
from services.office.models import JournalEntry, Role
from services.registry import chores, links
from services.registry.forms import PlacementForm
from services.registry.models import EmployerReport, Placement, Report
from tests import factories
from tests.person import Person
from tests.services.registry import lives

pytestmark = pytest.mark.django_db

IN_FIRST_WINDOW = 170
WORK = {
    "employer": "PT Contoh Garmen",
    "receiver": "24",
    "sector": "C",
    "job_title": "Operator jahit",
    "job_group": "81",
    "kind": "AKL",
    "started_on_day": "1",
    "started_on_month": "2",
    "started_on_year": "2026",
}
STARTED = {name: WORK[name] for name in WORK if name.startswith("started_on")}


@pytest.fixture(autouse=True)
def unthrottled():
    cache.clear()


def page_of(card):
    return reverse("registry:card", args=[card.token])


# The holder -----------------------------------------------------------------------


def test_the_holder_reports_by_one_tap_and_sees_it_in_the_table():
    card = lives.card()
    with lives.at(days=IN_FIRST_WINDOW):
        siti = Person(lives.owner(card))

        siti.opens(page_of(card)).sees("5 Juli 2026", "5 Januari 2027", "5 Juli 2027")
        siti.presses("Saya masih mencari kerja")

        siti.sees("Laporan pertama Anda sudah kami terima", "24 Juni 2026, 12.00")
        siti.misses("tekan satu tombol")
    assert Report.objects.get().via == "account"


def test_the_holder_enters_the_work_that_was_found():
    card = lives.card()
    with lives.at(days=40):
        siti = Person(lives.owner(card))
        siti.opens(reverse("registry:place", args=[card.token]))
        siti.presses("Catat pekerjaan saya", **WORK)

        siti.sees("Pekerjaan Anda", "PT Contoh Garmen", "Nonaktif")
    placement = Placement.objects.get()
    assert (placement.sector, placement.sector_version) == ("C", "2025")
    assert placement.started_on.isoformat() == "2026-02-01"


def test_what_was_typed_about_the_work_is_not_lost():
    card = lives.card()
    with lives.at(days=40):
        siti = Person(lives.owner(card))
        siti.opens(reverse("registry:place", args=[card.token]))
        siti.presses("Catat pekerjaan saya", **{**WORK, "started_on_year": "2025"})

    siti.sees("Kartu terbit pada 5 Januari 2026")
    assert siti.status == 422
    assert b"Operator jahit" in siti.response.content
    assert not Placement.objects.exists()


def test_the_holder_leaves_the_register():
    card = lives.card()
    with lives.at(days=40):
        siti = Person(lives.owner(card)).opens(page_of(card))
        siti.opens(reverse("registry:remove", args=[card.token]))
        siti.presses("Saya tidak mencari kerja lagi")

        siti.sees("permintaan sendiri", "Kantor dapat mengaktifkan kartu")
    assert lives.lines(card) == ["registered", "removed request"]


def test_who_lapsed_returns_with_the_same_button():
    factories.office(lapse_days=60)
    card = lives.card()
    for day in (240, 250):
        with lives.at(days=day):
            for chore in chores.HOURLY:
                chore()

    with lives.at(days=260):
        siti = Person(lives.owner(card)).opens(page_of(card)).sees("tidak melapor")
        siti.presses("Saya masih mencari kerja").sees("Kartu aktif kembali")


def test_the_holder_answers_an_employer():
    card = lives.card()
    with lives.at(days=40):
        lives.heard(card)
        siti = Person(lives.owner(card))
        siti.opens(page_of(card)).sees("PT Contoh Garmen menyatakan")
        report = EmployerReport.objects.get()
        siti.opens(reverse("registry:employer", args=[report.token]))
        siti.presses("Saya tidak bekerja di sana").sees("Terima kasih")
        siti.misses("PT Contoh Garmen")

    report.refresh_from_db()
    assert report.state == "refused"


def test_the_holder_confirms_an_employer_with_the_work():
    card = lives.card()
    with lives.at(days=40):
        report = lives.heard(card)
        siti = Person(lives.owner(card))
        siti.opens(reverse("registry:employer", args=[report.token]))
        siti.presses("Catat pekerjaan saya", **WORK).sees("PT Contoh Garmen")

    report.refresh_from_db()
    assert report.state == "confirmed"


# The link in a message ------------------------------------------------------------


def link_in_letter(card):
    with lives.at(days=IN_FIRST_WINDOW):
        chores.remind()
    body = Letter.objects.get(kind="report_due").body
    return next(line for line in body.splitlines() if "/tautan/" in line)


def test_a_report_is_one_tap_from_the_message_without_signing_in(settings):
    card = lives.card()
    path = link_in_letter(card).removeprefix(settings.PUBLIC_URL)
    applicant = card.application.applicant

    with lives.at(days=IN_FIRST_WINDOW):
        siti = Person().opens(path).misses(applicant.name, applicant.nik)
        siti.presses("Saya masih mencari kerja")
        siti.sees("Laporan Anda sudah kami terima", "24 Juni 2026, 12.00")
        siti.misses(applicant.name)
        again = siti.client.get(path)

    report = Report.objects.get()
    assert (report.via, report.by, report.ordinal) == ("link", None, 1)
    assert "24 Juni 2026, 12.00" in again.content.decode()
    assert again["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_opening_the_link_reports_nothing():
    """Mail programs open links to look at them."""
    card = lives.card()
    with lives.at(days=IN_FIRST_WINDOW):
        path = reverse("registry:link", args=[links.write(card, 1)])
        Client().get(path)

    assert not Report.objects.exists()


def test_the_second_tap_is_told_what_the_first_one_did():
    card = lives.card()
    with lives.at(days=IN_FIRST_WINDOW):
        path = reverse("registry:link", args=[links.write(card, 1)])
        Client().post(path)
        answer = Client().post(path, follow=True)

    assert "sudah dibuat pada 24 Juni 2026, 12.00" in answer.content.decode()
    assert Report.objects.count() == 1


def test_found_work_is_entered_from_the_message_too():
    card = lives.card()
    with lives.at(days=IN_FIRST_WINDOW):
        path = reverse("registry:link_hired", args=[links.write(card, 1)])
        siti = Person().opens(path).presses("Catat pekerjaan saya", **WORK)
        siti.sees("Laporan Anda sudah kami terima", "Sudah bekerja")

    assert Placement.objects.get().via == "link"
    assert lives.lines(card) == ["registered", "reported", "placed"]


def test_a_link_does_nothing_but_its_own_report():
    card = lives.card()
    with lives.at(days=IN_FIRST_WINDOW):
        path = reverse("registry:link", args=[links.write(card, 1)])
        hired = reverse("registry:link_hired", args=[links.write(card, 1)])
        Client().post(path)
        answer = Client().post(hired, WORK)

    assert answer.status_code == 409
    assert not Placement.objects.exists()


def test_a_link_that_is_broken_or_over_says_how_to_report_all_the_same():
    answer = Client().get(reverse("registry:link", args=["bukan-tautan"]))

    assert answer.status_code == 404
    assert "datang ke kantor" in answer.content.decode()


def test_the_link_of_a_corrected_card_reports_for_the_correction():
    card = lives.card()
    with lives.at(days=IN_FIRST_WINDOW):
        path = reverse("registry:link", args=[links.write(card, 1)])
        corrected = lives.corrected(card)
        Client().post(path)

    assert Report.objects.get().card == corrected


# Employers ------------------------------------------------------------------------


def test_an_employer_scans_the_card_and_tells(client):
    card = lives.card()
    with lives.at(days=40):
        budi = Person().opens(reverse("registry:hired", args=[card.token]))
        budi.misses(card.holder_name, card.application.applicant.nik).sees(card.number)
        budi.presses(
            "Beri tahu dinas", company="PT Satu", contact="Budi, 0812", **STARTED
        )
        budi.sees("dinas sudah tahu").misses(card.holder_name)

    assert EmployerReport.objects.get().company == "PT Satu"
    assert Card.objects.get().inactive_since is None


def test_an_employer_types_the_link_or_the_code_of_the_card():
    card = lives.card()
    for typed in (card.code, card.token, f"https://ak1.test/periksa/{card.code}/"):
        answer = Client().post(reverse("registry:employers"), {"code": typed})

        assert answer.url == reverse("registry:hired", args=[card.token])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3301 000001 050126", "Nomor dapat disalin"),
        ("0123456789abcdefghjkmnpqrs", "bukan kode kartu kami"),
        ("halo", "bukan kode kartu kami"),
        ("", "Ketik atau tempel"),
    ],
)
def test_a_wrong_number_gets_a_sentence(typed, said):
    answer = Client().post(reverse("registry:employers"), {"code": typed})

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_an_employer_learns_no_more_of_a_placed_person_than_the_public():
    card = lives.card()
    with lives.at(days=40):
        lives.placed(card)
        budi = Person().opens(reverse("registry:hired", args=[card.token]))
        told = {"company": "PT Dua", "contact": "Budi", "key": uuid.uuid4(), **STARTED}
        answer = Client().post(budi.path, told)

    budi.sees("nonaktif").misses("Garmen")
    assert (answer.status_code, b"Garmen" in answer.content) == (409, False)
    assert not EmployerReport.objects.exists()


def test_employers_are_throttled_by_card():
    card = lives.card()
    path = reverse("registry:hired", args=[card.token])

    with lives.at(days=40):
        met = [
            Client()
            .post(
                path,
                {
                    "company": f"PT {number}",
                    "contact": "Budi",
                    "key": uuid.uuid4(),
                    **STARTED,
                },
            )
            .status_code
            for number in range(7)
        ]

    assert met == [302] * 5 + [429] * 2


# The desk -------------------------------------------------------------------------


def at_the_desk(role=Role.OFFICER):
    return Person(factories.officer(role, name="Budi Petugas").user)


@pytest.mark.parametrize("typed", ["{}", " {} ", "compact"])
def test_the_desk_finds_a_card_by_its_number_and_reports(typed):
    card = lives.card()
    number = card.number_key if typed == "compact" else typed.format(card.number)
    with lives.at(days=IN_FIRST_WINDOW):
        desk = at_the_desk().opens(reverse("register:home"))
        desk.presses("Cari kartu", nomor=number).sees(card.holder_name)
        desk.presses("Masih mencari kerja: catat laporan")
        desk.sees("24 Juni 2026, 12.00", "Budi Petugas", "Tanda tangani juga")

    assert Report.objects.get().via == "desk"


def test_a_number_of_nobody_is_said_so():
    answer = at_the_desk().opens(reverse("register:home") + "?nomor=3301+999999")

    answer.sees("Tidak ada kartu kantor ini")
    assert answer.status == 422


def test_the_number_of_another_office_is_not_found():
    card = lives.card(at=factories.office("3372"))

    desk = at_the_desk().opens(reverse("register:home") + f"?nomor={card.number}")

    desk.sees("Tidak ada kartu kantor ini")


def test_the_desk_enters_work_removes_and_makes_active_again():
    card = lives.card()
    with lives.at(days=40):
        desk = at_the_desk().opens(reverse("register:place", args=[card.token]))
        desk.presses("Catat pekerjaannya", **WORK).sees("PT Contoh Garmen", "KBLI 2025")
        desk.presses("Mencari kerja lagi: aktifkan").sees("Kartu aktif kembali")
        desk.opens(reverse("register:remove", args=[card.token]))
        desk.presses("Hapuskan dari register", why="moved").sees("pindah")

    assert lives.lines(card) == ["registered", "placed", "reactivated", "removed moved"]


def test_the_second_of_two_at_the_desk_reads_what_was_done_and_by_whom():
    card = lives.card()
    with lives.at(days=IN_FIRST_WINDOW):
        at_the_desk().opens(reverse("register:card", args=[card.token])).presses(
            "Masih mencari kerja: catat laporan"
        )
        path = reverse("register:report", args=[card.token])
        other = factories.signed_in(factories.officer().user)
        answer = other.post(path)

    assert answer.status_code == 409
    assert "24 Juni 2026, 12.00, di loket, oleh Budi Petugas" in answer.content.decode()


def test_the_auditor_reads_the_life_of_a_card_and_enters_nothing():
    card = lives.card()
    with lives.at(days=IN_FIRST_WINDOW):
        auditor = at_the_desk(Role.AUDITOR)
        auditor.opens(reverse("register:card", args=[card.token])).sees(
            "terdaftar".title()
        )

    auditor.misses("catat laporan", "Sudah bekerja")


def test_the_desk_settles_what_an_employer_said_and_looking_is_written_down():
    card = lives.card()
    with lives.at(days=40):
        report = lives.heard(card)
        desk = at_the_desk().opens(reverse("register:home")).sees("PT Contoh Garmen")
        desk.opens(report.get_absolute_url()).sees("Bu Rini", "sampai 21 Februari 2026")
    with lives.at(days=50):
        desk = at_the_desk().opens(report.get_absolute_url())
        desk.presses("Benarkan dan catat pekerjaannya", **WORK).sees("Nonaktif")

    assert lives.lines(card) == ["registered", "placed"]
    looks = JournalEntry.objects.filter(act="employer_report", subject=card.token)
    assert looks.count() == 2


def test_the_desk_refuses_what_an_employer_said():
    card = lives.card()
    with lives.at(days=40):
        report = lives.heard(card)
        desk = at_the_desk().opens(report.get_absolute_url())
        desk.presses("Tidak benar: tolak").sees("Kartu tidak berubah")

    report.refresh_from_db()
    assert report.state == "refused"


def test_the_list_of_months_asks_the_same_for_one_card_as_for_three():
    who = factories.signed_in(factories.officer().user)

    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert who.get(reverse("register:home")).status_code == 200
        return len(asked)

    lives.heard(lives.card())
    with_one = questions()
    lives.heard(lives.card())
    lives.heard(lives.card())

    assert questions() == with_one


# The register of the office -------------------------------------------------------


def test_a_month_as_a_file_has_no_nik_no_name_and_no_formula():
    person = factories.applicant()
    lives.school(person, level="s1", major="=HYPERLINK(1)", year=2024)
    card = lives.card(applicant_=person)
    auditor = factories.signed_in(factories.officer(Role.AUDITOR).user)

    answer = auditor.get(reverse("register:month_table", args=["2026-01"]))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (line,) = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert line["Nomor"] == card.number
    assert (line["Peristiwa"], line["Tahun lahir"]) == ("terdaftar", "1999")
    assert line["Jurusan"] == "'=HYPERLINK(1)"
    assert person.nik not in text
    assert person.name not in text
    assert JournalEntry.objects.get(act="register_csv").subject == "2026-01"


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "abc", "1926-01"])
def test_there_is_no_file_of_a_month_that_is_none(month):
    auditor = factories.signed_in(factories.officer(Role.AUDITOR).user)

    answer = auditor.get(reverse("register:month_table", args=[month]))

    assert answer.status_code == 404


OLD = {
    "day_day": "31",
    "day_month": "12",
    "day_year": "2025",
    "smk-to_19-L": "120",
    "sd-older-P": "3",
    "total": "123",
    "is_checked": "on",
}


def test_a_supervisor_enters_the_old_balance_once():
    head = at_the_desk(Role.SUPERVISOR)
    with lives.at():
        head.opens(reverse("register:home"))
        head.opens(reverse("register:old_balance"))
        head.presses("Catat sisa awal", **OLD).sees("Sisa awal sebanyak 123 orang")
        head.misses("Catat sisa dari masa sebelum portal")
        head.opens(reverse("register:old_balance")).sees("5 Januari 2026, 12.00")

    assert RegisterEvent.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"total": "124"}, "Jumlah tabel adalah 123, bukan 124"),
        ({"day_day": "5", "day_month": "1", "day_year": "2026"}, "dimulai pada 5 Jan"),
        ({"is_checked": ""}, "Cocokkan dahulu"),
        ({"smk-to_19-L": "-1"}, "0"),
        ({"smk-to_19-L": "banyak"}, "angka"),
    ],
)
def test_an_old_balance_that_is_not_right_is_said_so_and_stays_typed(changes, said):
    lives.card()
    head = at_the_desk(Role.SUPERVISOR)
    with lives.at(days=1):
        head.opens(reverse("register:old_balance"))
        head.presses("Catat sisa awal", **{**OLD, **changes}).sees(said)

    assert head.status == 422
    assert RegisterEvent.objects.filter(card=None).count() == 0


def test_every_question_about_the_work_has_an_answer_of_the_official_lists():
    form = PlacementForm(card=Card(), today=None)

    assert len(list(form.fields["sector"].choices)) == 1 + 22
    assert [code for code, _label in form.fields["receiver"].choices] == [
        "21",
        "22",
        "23",
        "24",
        "25",
        "26",
    ]
