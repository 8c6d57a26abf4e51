"""The people of the demo: each has answered everything and sent pictures of papers.

Nobody exists: names are put together at random, NIK have real region codes and made-up
serials, pictures are drawn and marked CONTOH.
"""

import io
from datetime import date, datetime
from functools import cache
from random import Random

from PIL import Image

from ak1portal.demo import pictures
from ak1portal.demo.words import (
    EMPLOYERS,
    JOBS,
    LAST,
    MAJORS,
    MEN,
    SCHOOLS,
    SKILLS,
    STREETS,
    WOMEN,
)
from applicants import actions as people
from applicants import nik
from applicants.codes import EducationLevel, LanguageMastery
from applicants.models import (
    Applicant,
    DocumentKind,
    Education,
    Experience,
    Language,
    Region,
    Training,
    User,
)
from applicants.uploads import Page, crop_from_sliders

REGION = "3301"
# One in so many has finished school and waits for the diploma.
ON_SKL = 20


class DemoPeople:
    """Makes them; `choose` decides everything that is left to chance."""

    def __init__(self, choose: Random, now: datetime):
        self.choose, self.now = choose, now

    def make(self, user: User, number: int) -> Applicant:
        """Somebody who has answered everything; `number` is the serial of their NIK."""
        identity = self.identity(number)
        person = people.register(by=user, **identity)
        self.tell(person, identity["nik"], number)
        return person

    def identity(self, number: int) -> dict:
        """What stands on their identity card."""
        choose = self.choose
        sex = choose.choice("LP")
        birth_date = date(
            choose.randint(1985, 2007), choose.randint(1, 12), choose.randint(1, 28)
        )
        first = choose.choice(WOMEN if sex == "P" else MEN)
        district = f"{choose.randint(1, 24):02}"
        return {
            "nik": nik.compose(REGION, district, birth_date, sex, number % 9998 + 1),
            "name": " ".join([first, *choose.sample(LAST, choose.choice((1, 1, 2)))]),
            "birth_place": "Cilacap",
            "birth_date": birth_date,
            "sex": sex,
        }

    def tell(self, person: Applicant, digits: str, number: int) -> None:
        """Every answer and every paper."""
        self._answer(person)
        self._papers(person, digits, number)

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
            village_id=choose.choice(_villages()),
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
        ktp = pictures.ktp(person.name, person.birth_date, digits, number)
        kind, draw = DocumentKind.DIPLOMA, pictures.diploma
        if number % ON_SKL == 0:
            kind, draw = DocumentKind.SKL, pictures.skl
        paper = draw(person.name, "SMA Negeri Contoh 1", self.finished)
        photo = pictures.photo(number, person.sex)
        people.save_document(person, kind=DocumentKind.KTP, pages=[_page(ktp)])
        people.save_document(person, kind=kind, pages=[_page(paper)])
        people.keep_photo(
            person,
            picture=_page(photo),
            cropped=photo,
            crop=crop_from_sliders(600, 800, 100, 50, 50),
        )


@cache
def _villages() -> list[str]:
    here = Region.objects.filter(pk__startswith=REGION, pk__regex=r"^\d{10}$")
    return list(here.order_by("pk").values_list("pk", flat=True))


def _page(jpeg: bytes) -> Page:
    width, height = _size(jpeg)
    return Page(jpeg, width, height)


def _size(jpeg):
    with Image.open(io.BytesIO(jpeg)) as image:
        return image.size
