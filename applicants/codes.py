"""The lists that forms choose from, and the numbers that papers print for them.

Values are the official code where there is one: the civil registry's (Dukcapil) for
sex, religion and marital status, the labour office's for places of work. The AK/I
card and the IPK III tables number some things their own way; those numbers stand here
beside the list. Titles of KBJI and KBLI are official names, Indonesian in both
languages.

D IV counts with S1, profession/specialist/S3 with S2 in the ministry's education lines;
the sources differ, the table is in `applicants/codes.py`.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).parent / "data"


class Sex(TextChoices):
    MALE = "L", _("Male")
    FEMALE = "P", _("Female")


AK1_SEX = {Sex.MALE: "1", Sex.FEMALE: "2"}


class Religion(TextChoices):
    ISLAM = "1", _("Islam")
    PROTESTANT = "2", _("Christian (Protestant)")
    CATHOLIC = "3", _("Catholic")
    HINDU = "4", _("Hindu")
    BUDDHIST = "5", _("Buddhist")
    CONFUCIAN = "6", _("Confucian")
    BELIEF = "7", _("Belief in the One Almighty God")


# The card has an order of its own: 1 Islam, 2 Katholik, 3 Protestan, 4 Hindu,
# 5 Budha, 6 Konghucu, 7 Lain-lain.
AK1_RELIGION = {
    Religion.ISLAM: "1",
    Religion.CATHOLIC: "2",
    Religion.PROTESTANT: "3",
    Religion.HINDU: "4",
    Religion.BUDDHIST: "5",
    Religion.CONFUCIAN: "6",
    Religion.BELIEF: "7",
}


class MaritalStatus(TextChoices):
    SINGLE = "1", _("Not married")
    MARRIED = "2", _("Married")
    DIVORCED = "3", _("Divorced")
    WIDOWED = "4", _("Widowed")


# The card knows 1 Kawin and 2 Belum kawin only and speaks of the day it is printed:
# who is divorced or widowed is not married now. AK/II keeps all four.
AK1_MARITAL_STATUS = {
    MaritalStatus.SINGLE: "2",
    MaritalStatus.MARRIED: "1",
    MaritalStatus.DIVORCED: "2",
    MaritalStatus.WIDOWED: "2",
}


class DisabilityType(TextChoices):
    """As labour offices record them, and more than one (UU 8/2016, article 4)."""

    PHYSICAL = "fisik", _("Physical")
    SIGHT = "netra", _("Sight")
    HEARING = "rungu", _("Hearing")
    SPEECH = "wicara", _("Speech")
    HEARING_AND_SPEECH = "rungu_wicara", _("Hearing and speech")
    INTELLECTUAL = "intelektual", _("Intellectual")
    MENTAL = "mental", _("Mental")
    MULTIPLE = "ganda", _("More than one of these")


class PlacementKind(TextChoices):
    """Antar kerja lokal, antar daerah, antar negara."""

    AKL = "AKL", _("In my own regency or city")
    AKAD = "AKAD", _("Elsewhere in Indonesia")
    AKAN = "AKAN", _("Abroad")


class ForeignLanguage(TextChoices):
    """Suggestions; the values are what Indonesian forms print."""

    ENGLISH = "Inggris", _("English")
    ARABIC = "Arab", _("Arabic")
    MANDARIN = "Mandarin", _("Mandarin")
    CANTONESE = "Kanton", _("Cantonese")
    JAPANESE = "Jepang", _("Japanese")
    KOREAN = "Korea", _("Korean")
    GERMAN = "Jerman", _("German")
    FRENCH = "Prancis", _("French")
    DUTCH = "Belanda", _("Dutch")
    SPANISH = "Spanyol", _("Spanish")
    OTHER = "Lainnya", _("Another language")


class LanguageMastery(TextChoices):
    BASIC = "dasar", _("A little")
    WORKING = "menengah", _("Enough for daily work")
    FLUENT = "mahir", _("Fluent")


class Ak1Row(StrEnum):
    """The rows of "Pendidikan Formal" on the AK/I; the form has their words.

    The words stand in services.cardpress.layout_form.EDUCATION_ROWS.
    """

    PRIMARY = "sd"
    JUNIOR = "sltp"
    SENIOR = "slta"
    DIPLOMA = "diploma"
    TEACHING = "akta"
    DEGREE = "sarjana"


class EducationLevel(TextChoices):
    """Levels of schooling. What papers and tables make of them is `facts`."""

    NO_PRIMARY = "tidak_sd", _("Primary school not finished")
    SD = "sd", _("Primary school (SD/MI/Paket A)")
    SMP = "smp", _("Junior secondary school (SMP/MTs/Paket B)")
    SMA = "sma", _("Senior secondary school (SMA/MA/Paket C)")
    SMK = "smk", _("Vocational secondary school (SMK/MAK)")
    D1 = "d1", _("Diploma I")
    AKTA_1 = "akta1", _("Akta I")
    D2 = "d2", _("Diploma II")
    AKTA_2 = "akta2", _("Akta II")
    D3 = "d3", _("Diploma III")
    AKTA_3 = "akta3", _("Akta III")
    D4 = "d4", _("Diploma IV")
    AKTA_4 = "akta4", _("Akta IV")
    S1 = "s1", _("Bachelor (S1)")
    PROFESSION = "profesi", _("Professional programme (Profesi)")
    SPECIALIST = "spesialis", _("Specialist programme (Spesialis)")
    S2 = "s2", _("Master (S2)")
    S3 = "s3", _("Doctorate (S3)")

    @property
    def facts(self) -> "EducationFacts":
        return EDUCATION[self]

    @property
    def ak1_row(self) -> Ak1Row | None:
        """Its row on the AK/I; unfinished primary school has none."""
        return self.facts.ak1_row


@dataclass(frozen=True)
class EducationFacts:
    """One level elsewhere.

    `rank`: higher is more schooling; equal where the national qualifications
    framework (Perpres 8/2012) holds two levels equal. `ak1_row`: its row on the AK/I,
    if it has one. `ipk2`: the four-digit line of IPK III/2 and III/4 that counts
    somebody whose field is not known. `ipk8`: the row of IPK III/8. `kk`: the codes
    of the family card.
    """

    rank: int
    ak1_row: Ak1Row | None
    ipk2: str
    ipk8: str
    kk: tuple[str, ...]

    @property
    def ipk2_head(self) -> str:
        """The main line of IPK III/2 and III/4 above `ipk2`."""
        return f"{self.ipk2[0]}000"


# The tables have no line for Diploma IV, profession, specialist and doctorate. They
# count with the level whose row of IPK III/8 and family card they share: Diploma IV
# with S1, the others with S2. Some provinces use lines of their own beyond 7000.
EDUCATION = {
    EducationLevel.NO_PRIMARY: EducationFacts(0, None, "1101", "11", ("1", "2")),
    EducationLevel.SD: EducationFacts(1, Ak1Row.PRIMARY, "1102", "12", ("3",)),
    EducationLevel.SMP: EducationFacts(2, Ak1Row.JUNIOR, "2000", "13", ("4",)),
    EducationLevel.SMA: EducationFacts(3, Ak1Row.SENIOR, "3001", "14", ("5",)),
    EducationLevel.SMK: EducationFacts(3, Ak1Row.SENIOR, "3000", "14", ("5",)),
    EducationLevel.D1: EducationFacts(4, Ak1Row.DIPLOMA, "4100", "15", ("6",)),
    EducationLevel.AKTA_1: EducationFacts(4, Ak1Row.TEACHING, "4100", "15", ("6",)),
    EducationLevel.D2: EducationFacts(5, Ak1Row.DIPLOMA, "4200", "15", ("6",)),
    EducationLevel.AKTA_2: EducationFacts(5, Ak1Row.TEACHING, "4200", "15", ("6",)),
    EducationLevel.D3: EducationFacts(6, Ak1Row.DIPLOMA, "5000", "16", ("7",)),
    EducationLevel.AKTA_3: EducationFacts(6, Ak1Row.TEACHING, "5600", "16", ("7",)),
    EducationLevel.D4: EducationFacts(7, Ak1Row.DIPLOMA, "6000", "17", ("8",)),
    EducationLevel.AKTA_4: EducationFacts(7, Ak1Row.TEACHING, "6600", "17", ("8",)),
    EducationLevel.S1: EducationFacts(7, Ak1Row.DEGREE, "6000", "17", ("8",)),
    EducationLevel.PROFESSION: EducationFacts(8, Ak1Row.DEGREE, "7000", "18", ("9",)),
    EducationLevel.SPECIALIST: EducationFacts(9, Ak1Row.DEGREE, "7000", "18", ("9",)),
    EducationLevel.S2: EducationFacts(9, Ak1Row.DEGREE, "7000", "18", ("9",)),
    EducationLevel.S3: EducationFacts(10, Ak1Row.DEGREE, "7000", "18", ("10",)),
}

# The lines of IPK III/2 below 3000 for SMK, and below 5000, 6000 and 7000 for studies.
SMK_FIELDS = {
    "3100": _("Technology and engineering"),
    "3200": _("Information and communication technology"),
    "3300": _("Health"),
    "3400": _("Arts, crafts and tourism"),
    "3500": _("Agribusiness and agrotechnology"),
    "3600": _("Business and management"),
}
DEGREE_FIELDS = {
    "100": _("Exact and natural sciences"),
    "200": _("Technology"),
    "300": _("Agriculture"),
    "400": _("Health"),
    "500": _("Social sciences and culture"),
    "600": _("Education and teacher training"),
}


def fields_of(level: EducationLevel) -> list[tuple[str, str]]:
    """(IPK III/2 line, label) of the fields to choose from at `level`; often none."""
    if level == EducationLevel.SMK:
        return list(SMK_FIELDS.items())  # type: ignore[arg-type]
    line = EducationLevel(level).facts.ipk2
    if line not in ("5000", "6000", "7000"):
        return []
    return [(line[0] + code, label) for code, label in DEGREE_FIELDS.items()]  # type: ignore[misc]


@dataclass(frozen=True)
class JobGroup:
    """A group of KBJI 2014: `code` has one digit (main group) or two (sub-major)."""

    code: str
    title: str

    def __str__(self):
        return f"{self.code} {self.title}"


@cache
def _kbji() -> dict[str, JobGroup]:
    return {row["code"]: JobGroup(**row) for row in _rows("kbji2014.csv")}


def main_job_groups() -> list[JobGroup]:
    """The ten main groups (golongan pokok), 0 to 9."""
    return [group for code, group in _kbji().items() if len(code) == 1]


def job_groups(main: str = "") -> list[JobGroup]:
    """The 43 sub-major groups (subgolongan pokok), or those of one main group."""
    return [
        group
        for code, group in _kbji().items()
        if len(code) == 2 and code.startswith(main)
    ]


def job_group(code: str) -> JobGroup | None:
    """The group of a one- or two-digit code; None if there is none."""
    return _kbji().get(code)


def job_group_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: the sub-major groups under the titles of their main groups."""
    return [
        (main.title, [(group.code, group.title) for group in job_groups(main.code)])
        for main in main_job_groups()
    ]


@dataclass(frozen=True)
class Sector:
    """A section of KBLI. J to U changed their meaning in 2025: keep the version."""

    version: str
    code: str
    title: str

    def __str__(self):
        return f"{self.code} {self.title}"


KBLI_VERSIONS = ("2020", "2025")


@cache
def sectors(version: str) -> dict[str, Sector]:
    """The sections of one version of KBLI by letter. Raises ValueError for no such."""
    if version not in KBLI_VERSIONS:
        raise ValueError(f"There is no KBLI {version}.")
    rows = (Sector(**row) for row in _rows("kbli.csv"))
    return {sector.code: sector for sector in rows if sector.version == version}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
