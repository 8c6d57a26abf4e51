"""A believable office for the demonstration: invented people at every stage.

Everything is made by the real actions, in the order and at the times of a real office;
only the clock is set. Nobody here exists: names are put together at random, NIK have
real region codes and made-up serials, pictures are drawn and marked CONTOH.
"""

import io
import uuid
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone
from PIL import Image, ImageDraw

from ak1portal import demo_pictures
from applicants import actions as people
from applicants import nik
from applicants.codes import EducationLevel, LanguageMastery
from applicants.models import (
    DocumentKind,
    Education,
    Experience,
    Language,
    Region,
    Training,
    User,
)
from applicants.uploads import Page, crop_from_sliders
from services.issuance import actions as issuance
from services.issuance.items import of as items_of
from services.issuance.models import Card
from services.office import actions as offices
from services.office.models import Role
from services.review import actions as review

REGION = "3301"
WOMEN = [
    "Siti",
    "Dewi",
    "Rina",
    "Ayu",
    "Fitri",
    "Wulan",
    "Lestari",
    "Nur",
    "Indah",
    "Putri",
    "Ratna",
    "Yuni",
    "Eka",
    "Mega",
]
MEN = [
    "Budi",
    "Agus",
    "Eko",
    "Dwi",
    "Rizki",
    "Hendra",
    "Joko",
    "Slamet",
    "Fajar",
    "Bayu",
    "Arif",
    "Wahyu",
    "Yoga",
    "Dimas",
]
LAST = [
    "Contohwati",
    "Permatasari",
    "Contohadi",
    "Nugroho",
    "Setiawan",
    "Rahayu",
    "Kusuma",
    "Handayani",
    "Saputra",
    "Wibowo",
    "Utami",
    "Prasetyo",
    "Susanti",
    "Hidayat",
    "Maharani",
    "Santoso",
    "Anggraini",
    "Purnomo",
]
STREETS = [
    "Melati",
    "Mawar",
    "Kenanga",
    "Anggrek",
    "Merdeka",
    "Diponegoro",
    "Kartini",
    "Pahlawan",
]
SCHOOLS = {
    EducationLevel.SMA: ["SMA Negeri Contoh 1", "SMA Negeri Contoh 2", "MA Contoh"],
    EducationLevel.SMK: ["SMK Negeri Contoh 1", "SMK Contoh Bahari"],
    EducationLevel.S1: ["Universitas Contoh", "Institut Teknologi Contoh"],
    EducationLevel.D3: ["Politeknik Contoh"],
}
MAJORS = {
    EducationLevel.SMA: ["IPA", "IPS", "Bahasa"],
    EducationLevel.SMK: ["Teknik Mesin", "Tata Busana", "Akuntansi", "TKJ"],
    EducationLevel.S1: ["Manajemen", "Teknik Informatika", "Pendidikan Guru SD"],
    EducationLevel.D3: ["Teknik Listrik", "Keperawatan"],
}
SKILLS = ["Menjahit", "Las listrik", "Microsoft Office", "Barista", "Mengemudi (SIM A)"]
JOBS = ["Operator jahit", "Kasir", "Staf administrasi", "Sopir", "Perawat", "Teknisi"]
EMPLOYERS = [
    "Toko Contoh Jaya",
    "PT Contoh Garmen",
    "CV Contoh Mandiri",
    "Klinik Contoh",
]
# Who came first is finished; who came last is still writing.
STAGES = (
    (0.72, "decided"),
    (0.77, "to hand over"),
    (0.80, "to print"),
    (0.83, "to authorise"),
    (0.85, "returned"),
    (0.87, "in review"),
    (0.97, "waiting"),
    (1.01, "draft"),
)
REASONS = {
    "ktp": "Foto KTP buram, tolong foto ulang di tempat terang.",
    "ijazah": "Halaman nilai belum ada.",
    "foto": "Latar belakang foto belum polos.",
    "address": "RT/RW belum diisi.",
    "education": "Tahun lulus berbeda dengan ijazah.",
}


class DemoOffice:
    """Builds the office; the same seed, the same people."""

    def __init__(self, *, password: str, people_count: int = 300, seed: int = 1):
        self.password = password
        self.people_count = people_count
        self.choose = Random(seed)  # noqa: S311
        self.now = timezone.localtime()
        self.villages = list(
            Region.objects.filter(pk__startswith=REGION, pk__regex=r"^\d{10}$")
            .order_by("pk")
            .values_list("pk", flat=True)
        )

    def build(self) -> Card:
        """Everybody and everything; returns one printed card to look at."""
        with time_machine.travel(self.now - timedelta(days=60)):
            self._open()
        for number in range(self.people_count):
            self._one(number)
        self._sign_in_people()
        return self.printed

    # The office ------------------------------------------------------------------

    def _open(self):
        self.office = offices.open_office(
            region_code=REGION,
            government="PEMERINTAH KABUPATEN CILACAP",
            name="DINAS KETENAGAKERJAAN (CONTOH)",
            address="Jl. Contoh No. 1, Cilacap 53211",
            city="Cilacap",
            phone="(0282) 000000",
            email="ak1@demo.ak1.test",
            website="ak1.demo.test",
            signer_title="PENGANTAR KERJA AHLI MUDA",
            signer_name="Sri Contohningsih, S.Sos., M.Si.",
            signer_nip="19700101 199001 2 001",
            promise_days=2,
        )
        self.admin = self._officer("admin", Role.ADMINISTRATOR, "Wati Contoh")
        self.officers = [
            self._officer("petugas", Role.OFFICER, "Budi Contohsantoso"),
            self._officer("petugas2", Role.OFFICER, "Rini Contohwati"),
        ]
        self.supervisor = self._officer(
            "pengantar", Role.SUPERVISOR, "Sri Contohningsih"
        )
        self._officer("auditor", Role.AUDITOR, "Hadi Contohpriyono")
        offices.change_logo(self.office, by=self.admin, logo=_coat_of_arms())
        self.printed = None

    def _officer(self, mailbox, role, name):
        who = offices.add_officer(
            self.office, by=None, email=f"{mailbox}@demo.ak1.test", name=name, role=role
        )
        self._let_in(who.user)
        return who

    def _let_in(self, user):
        """What choosing a password through the mailed code does."""
        user.set_password(self.password)
        user.save()
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )

    # The people ------------------------------------------------------------------

    def _one(self, number):
        """One person, from registering to wherever they are today."""
        share = number / self.people_count
        moment = self._working_hour(self.now - timedelta(days=58 * (1 - share)))
        with time_machine.travel(moment, tick=False) as clock:
            user = User.objects.create_user(f"orang{number}@demo.ak1.test")
            EmailAddress.objects.create(
                user=user, email=user.email, verified=True, primary=True
            )
            person = self.person(user, number)
            self._walk(person, number, clock, _stage(share))

    def _working_hour(self, moment: datetime) -> datetime:
        while moment.weekday() >= 5:
            moment -= timedelta(days=1)
        moment = moment.replace(
            hour=self.choose.randint(8, 14), minute=self.choose.randint(0, 59), second=0
        )
        return min(moment, self.now - timedelta(hours=6))

    def _walk(self, person, number, clock, stage):
        case = issuance.start(applicant=person, office=self.office)
        if stage == "draft":
            return
        self._later(clock, 1)
        issuance.submit(case, by=person.user, key=uuid.uuid4())
        if stage == "waiting":
            return
        officer = self.officers[number % 2]
        self._later(clock, 20)
        if stage == "decided" and self.choose.random() < 0.04:
            issuance.withdraw(case, by=person.user)
            return
        review.take(case, officer=officer)
        if stage != "in review":
            self._later(clock, 2)
            self._decide(case, officer, clock, stage)

    def _decide(self, case, officer, clock, stage):
        fate = self.choose.random() if stage == "decided" else 1
        if fate < 0.05:
            review.reject(
                case,
                officer=officer,
                verdicts=_fine(case),
                note="KTP yang dikirim bukan milik pemohon.",
            )
            return
        if stage == "returned" or fate < 0.2:
            item = self.choose.choice([key for key in REASONS if key in _fine(case)])
            verdicts = {**_fine(case), item: REASONS[item]}
            review.send_back(case, officer=officer, verdicts=verdicts)
            if stage == "returned":
                return
            self._later(clock, 60)
            issuance.submit(case, by=case.applicant.user, key=uuid.uuid4())
            review.take(case, officer=officer)
        card = review.approve(case, officer=officer, verdicts=_fine(case))
        self._finish(card, clock, stage)

    def _finish(self, card, clock, stage):
        if stage == "to authorise":
            return
        self._later(clock, 45)
        issuance.authorise(card, officer=self.supervisor)
        if stage == "to print":
            return
        issuance.print_cards([card], officer=self.supervisor, key=uuid.uuid4())
        self.printed = card
        if stage == "to hand over":
            return
        self._later(clock, 60)
        issuance.hand_over(
            card, officer=self.supervisor, to=card.holder_name, identity_seen="KTP"
        )
        if self.choose.random() < 0.02:
            reason = "Nama pada kartu salah cetak."
            issuance.void(card, officer=self.supervisor, reason=reason)

    def _later(self, clock, minutes):
        clock.shift(timedelta(minutes=minutes))

    def person(self, user, number):
        """Somebody invented who has answered everything."""
        choose = self.choose
        sex = choose.choice("LP")
        birth_date = date(
            choose.randint(1985, 2007), choose.randint(1, 12), choose.randint(1, 28)
        )
        name = " ".join(
            [
                choose.choice(WOMEN if sex == "P" else MEN),
                *choose.sample(LAST, choose.choice((1, 1, 2))),
            ]
        )
        digits = nik.compose(
            REGION, f"{choose.randint(1, 24):02}", birth_date, sex, number % 9998 + 1
        )
        person = people.register(
            by=user,
            nik=digits,
            name=name,
            birth_place="Cilacap",
            birth_date=birth_date,
            sex=sex,
        )
        self._answer(person)
        self._papers(person, digits, number)
        return person

    def _answer(self, person):
        choose = self.choose
        people.change(
            person,
            marital_status=choose.choice("1112"),
            religion=choose.choice("11111123"),
            phone=f"+62812{choose.randint(10_000_000, 99_999_999)}",
            is_employed=choose.random() < 0.2,
            height_cm=choose.randint(150, 182),
            weight_kg=choose.randint(42, 85),
            street=f"Jl. {choose.choice(STREETS)} No. {choose.randint(1, 99)}",
            rt=f"{choose.randint(1, 9):03}",
            rw=f"{choose.randint(1, 9):03}",
            village_id=choose.choice(self.villages),
            postal_code="53211",
            wanted_job=choose.choice(JOBS),
            wanted_places=choose.sample(
                ["AKL", "AKAD", "AKAN"], choose.choice((1, 1, 2))
            ),
            wanted_wage=choose.choice((2_500_000, 3_000_000, 4_500_000)),
            has_no_language=True,
            has_no_training=True,
            has_no_experience=True,
        )
        self.finished = person.birth_date.year + 18
        level = choose.choice(list(SCHOOLS))
        entries = [self._school(level, self.finished)]
        if level in (EducationLevel.S1, EducationLevel.D3):
            entries.insert(0, self._school(EducationLevel.SMA, self.finished))
            entries[1].graduated_year = min(self.finished + 4, self.now.year)
        if choose.random() < 0.7:
            entries.append(Training(name=choose.choice(SKILLS), year=self.now.year - 1))
        if choose.random() < 0.4:
            entries.append(Language(name="Inggris", mastery=LanguageMastery.BASIC))
        if choose.random() < 0.6 and self.finished < self.now.year:
            entries.append(
                Experience(
                    position=choose.choice(JOBS),
                    employer=choose.choice(EMPLOYERS),
                    started_year=self.finished,
                    ended_year=min(self.finished + 2, self.now.year),
                )
            )
        for entry in entries:
            people.save_entry(person, entry)

    def _school(self, level, year):
        return Education(
            level=level,
            school=self.choose.choice(SCHOOLS[level]),
            major=self.choose.choice(MAJORS[level]),
            entered_year=year - 3,
            graduated_year=year,
        )

    def _papers(self, person, digits, number):
        ktp = demo_pictures.ktp(person.name, person.birth_date, digits, number)
        paper = demo_pictures.diploma(person.name, "SMA Negeri Contoh 1", self.finished)
        photo = demo_pictures.photo(number, person.sex)
        people.save_document(person, kind=DocumentKind.KTP, pages=[_page(ktp)])
        people.save_document(person, kind=DocumentKind.DIPLOMA, pages=[_page(paper)])
        people.keep_photo(
            person,
            picture=_page(photo),
            cropped=photo,
            crop=crop_from_sliders(600, 800, 100, 50, 50),
        )

    # Who can sign in --------------------------------------------------------------

    def _sign_in_people(self):
        """pelamar@: somebody in the middle of an application, with a password."""
        user = User.objects.create_user("pelamar@demo.ak1.test")
        self._let_in(user)
        person = self.person(user, self.people_count + 1)
        people.remove_document(person.documents.get(kind=DocumentKind.DIPLOMA))
        issuance.start(applicant=person, office=self.office)


def _stage(share: float) -> str:
    """How far somebody is who came at `share` (0 to 1) of the office's two months."""
    return next(stage for until, stage in STAGES if share < until)


def _fine(case) -> dict:
    return {item.key: "" for item in items_of(case)}


def _page(jpeg: bytes) -> Page:
    width, height = _size(jpeg)
    return Page(jpeg, width, height)


def _size(jpeg):
    with Image.open(io.BytesIO(jpeg)) as image:
        return image.size


@cache
def _coat_of_arms() -> bytes:
    """A made-up coat of arms: a shield, a wave and a star. No government uses it."""
    image = Image.new("RGBA", (400, 460), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    shield = [(30, 20), (370, 20), (370, 260), (200, 440), (30, 260)]
    draw.polygon(shield, fill="#1d4d3f", outline="#f2c230", width=14)
    draw.polygon([(60, 250), (340, 250), (200, 400)], fill="#2f6fa8")
    draw.regular_polygon((200, 140, 70), 5, rotation=0, fill="#f2c230")
    png = io.BytesIO()
    image.save(png, "PNG")
    return png.getvalue()
