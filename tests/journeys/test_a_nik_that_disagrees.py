"""A NIK that says another birth date than its owner: taken, seen in red, decided.

3602041211870001 says 12 November 1987; he was born on the 21st, and so it stands on his
KTP. The registry erred, and a NIK is never changed.
"""

from datetime import date

import pytest
from django.urls import reverse

from applicants.models import Applicant
from services.issuance.models import Application, Kind
from services.issuance.workflow import Status
from tests import factories
from tests.person import Person
from tests.services.desk import counter

pytestmark = pytest.mark.django_db

NIK = "3602041211870001"
BORN = date(1987, 11, 21)
EAST_TIMOR = "5401012111870001"
IDENTITY = {
    "nik": NIK,
    "name": "Joko Contoh",
    "birth_place": "Pandeglang",
    "birth_date_day": "21",
    "birth_date_month": "11",
    "birth_date_year": "1987",
    "sex": "L",
}
TICK = "Memang begitu tertulis di KTP"
SEEN = "Saya sudah melihat KTP-nya: memang begitu tertulis di sana"
STATED = "Pemohon menyatakan pada"
IN_RED = "Perlu perhatian NIK cocok dengan tanggal lahir dan jenis kelamin"


def confirmed(person):
    return [(one.by, one.birth_date, one.sex) for one in person.nik_confirmations.all()]


def test_online_it_is_confirmed_seen_in_red_and_approved_by_itself_only():
    joko = Person(factories.user("joko@contoh.test"))
    identity = reverse("applicants:identity")
    joko.opens(identity).presses("Simpan dan lanjut", **IDENTITY)
    joko.sees("Angka NIK ini menunjukkan tanggal lahir yang lain.", TICK)
    assert not Applicant.objects.exists()
    joko.presses("Simpan dan lanjut", as_printed="on").misses(TICK)
    person = Applicant.objects.get()
    assert confirmed(person) == [(person.user, BORN, "L")]

    case = sent_in(person)
    officer = factories.officer()
    desk = Person(officer.user)
    desk.opens(reverse("review:green")).misses("Joko Contoh")
    desk.client.post(
        reverse("review:approve_green"),
        {
            "tokens": case.token,
            "key": str(factories.uuid.uuid4()),
            "csrfmiddlewaretoken": desk.client.cookies["csrftoken"].value,
        },
    )
    desk.opens(reverse("review:queue"))
    desk.sees("Joko Contoh tidak diubah.", STATED)
    case.refresh_from_db()
    assert case.status == Status.SUBMITTED

    desk.opens(reverse("review:detail", args=[case.token]))
    desk.sees(IN_RED, "tanggal lahir berbeda", STATED)
    desk.presses("Ambil permohonan ini").presses("Setujui", name_agrees="on")
    case.refresh_from_db()
    assert case.status == Status.APPROVED
    assert case.applicant.nik_proven_at


def test_another_birth_date_is_asked_about_anew_and_both_are_kept():
    person = factories.bare_applicant(nik=NIK, birth_date=BORN, sex="L")
    joko = Person(person.user).opens(reverse("applicants:identity"))

    joko.presses("Simpan dan lanjut", name="Joko Contoh Lagi").misses(TICK)
    assert len(confirmed(person)) == 1

    joko.opens(reverse("applicants:identity"))
    joko.presses("Simpan dan lanjut", birth_date_day="22").sees(TICK)
    person.refresh_from_db()
    assert person.birth_date == BORN
    joko.presses("Simpan dan lanjut", as_printed="on")
    assert confirmed(person) == [
        (person.user, BORN, "L"),
        (person.user, date(1987, 11, 22), "L"),
    ]


def test_what_nobody_confirmed_says_so():
    """A record from before the question."""
    person = factories.applicant(nik=NIK, birth_date=BORN, sex="L")
    person.nik_confirmations.all().delete()
    case = sent_in(person)

    page = Person(factories.officer().user)
    page.opens(reverse("review:detail", args=[case.token]))
    page.sees(IN_RED, "Belum ada yang menegaskannya").misses(STATED)


def test_at_the_desk_the_officer_confirms_having_seen_the_ktp():
    budi = factories.officer(name="Budi Contohsantoso")
    desk = Person(budi.user).opens(reverse("desk:new"))
    typed = counter.answers(**{f"identity-{key}": it for key, it in IDENTITY.items()})

    desk.presses("Simpan dan lanjut", **typed).sees(SEEN)
    assert not Applicant.objects.exists()
    desk.presses("Simpan dan lanjut", **{"identity-as_printed": "on"}).misses(SEEN)

    person = Applicant.objects.get()
    assert confirmed(person) == [(budi.user, BORN, "L")]
    case = Application.objects.get()
    factories.document(person, "ktp")
    factories.document(person, "ijazah")
    factories.photo(person)
    desk.opens(reverse("desk:papers", args=[case.token]))
    desk.presses("Ajukan dan ambil ke meja saya", agreed="on")
    desk.opens(reverse("review:detail", args=[case.token]))
    desk.sees(IN_RED, "Budi Contohsantoso melihatnya tertulis begitu di KTP")
    desk.misses(STATED).presses("Setujui", name_agrees="on")
    case.refresh_from_db()
    assert case.status == Status.APPROVED


def test_a_card_is_put_right_with_a_birth_date_that_the_nik_does_not_say():
    """A court corrected the date; the NIK stays."""
    card = factories.card()
    person = card.application.applicant
    assert not person.nik_confirmations.exists()
    owner = Person(person.user).opens(reverse("issuance:cards"))
    owner.presses("Ada yang salah pada kartu")
    owner.opens(reverse("applicants:identity"))
    owner.presses("Simpan dan lanjut", birth_date_day="18").sees(TICK)
    owner.presses("Simpan dan lanjut", as_printed="on")

    case = Application.objects.open().get()
    assert case.kind == Kind.CORRECTION
    person.refresh_from_db()
    assert confirmed(person) == [(person.user, date(1999, 5, 18), "P")]
    factories.issuance.submit(case, by=person.user)
    officer = Person(factories.officer().user)
    officer.opens(reverse("review:detail", args=[case.token]))
    officer.sees(IN_RED, STATED).presses("Ambil permohonan ini")
    officer.presses("Setujui", name_agrees="on")
    case.refresh_from_db()
    assert case.status == Status.APPROVED
    assert case.card.printed["birth_date"] == "1999-05-18"


def test_a_card_is_put_right_at_the_desk_too():
    card = factories.card()
    person = card.application.applicant
    budi = factories.officer()
    case = factories.desk.open_correction(card, officer=budi, ktp_seen=True)
    desk = Person(budi.user).opens(reverse("desk:sheet", args=[case.token]))

    desk.presses("Simpan", **{"identity-birth_date_day": "18"}).sees(SEEN)
    person.refresh_from_db()
    assert person.birth_date.day == 17
    desk.presses("Simpan", **{"identity-as_printed": "on"}).misses(SEEN)

    person.refresh_from_db()
    assert confirmed(person) == [(budi.user, date(1999, 5, 18), "P")]


def test_a_province_that_went_bars_nobody_and_is_never_green():
    person = factories.applicant(nik=EAST_TIMOR, birth_date=BORN, sex="L")
    case = sent_in(person)
    officer = factories.officer()
    page = Person(officer.user).opens(reverse("review:green"))
    page.misses(person.name)

    page.opens(reverse("review:detail", args=[case.token]))
    page.sees("Perlu perhatian Wilayah dalam NIK dikenal", "(Timor Timur)")
    page.presses("Ambil permohonan ini").presses("Setujui", name_agrees="on")

    case.refresh_from_db()
    assert case.status == Status.APPROVED


def sent_in(person):
    """All that is missing is answered, and it is handed in."""
    if not person.documents.exists():
        person = factories.applicant(user_=person.user, **of(person))
    return factories.application(Status.SUBMITTED, applicant_=person)


def of(person):
    names = ("nik", "name", "birth_place", "birth_date", "sex")
    return {name: getattr(person, name) for name in names}
