"""What a person has told, as lines to read: one part for each section of the AK/II.

The labels are those of the forms, so that a page of answers and the page on which one
is changed say the same words.
"""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ak1portal.forms import PhoneField
from applicants import codes, rules
from applicants.models import Applicant, Region
from applicants.regions import lineage


@dataclass(frozen=True)
class Answer:
    """`lines` is empty when the question was left open."""

    question: str | Promise
    lines: tuple[str, ...]
    # A number of the office, to be set in boxes.
    is_number: bool = False


@dataclass(frozen=True)
class Part:
    section: rules.Section
    answers: tuple[Answer, ...]


def of(applicant: Applicant) -> list[Part]:
    """Every section in its order; a list with nothing in it has one line that says so.

    The related rows are read, so call it once for a page.
    """
    tell = {
        "identity": _identity,
        "general": _general,
        "address": _address,
        "education": _educations,
        "training": _trainings,
        "languages": _languages,
        "experience": _experiences,
        "wishes": _wishes,
    }
    return [
        Part(section, tuple(tell[section.key](applicant))) for section in rules.SECTIONS
    ]


def _identity(applicant):
    born = applicant.birth_date
    yield Answer(_("NIK"), (applicant.nik_grouped,), is_number=True)
    yield _answer(_("Full name, as on your KTP"), applicant.name)
    yield _answer(_("Place of birth"), applicant.birth_place)
    yield _answer(_("Date of birth"), date_format(born, "j F Y"))
    yield _answer(_("Sex"), applicant.get_sex_display())


def _general(applicant):
    employed = {True: _("Yes"), False: _("No"), None: ""}[applicant.is_employed]
    yield _answer(_("Mobile phone"), PhoneField().prepare_value(applicant.phone))
    yield _answer(_("Marital status"), applicant.get_marital_status_display())
    yield _answer(_("Are you working now?"), employed)
    yield _answer(_("Height (cm)"), applicant.height_cm)
    yield _answer(_("Weight (kg)"), applicant.weight_kg)
    yield _answer(_("Religion"), applicant.get_religion_display())
    yield _answer(_("Disability"), applicant.get_disability_display())


def _address(applicant):
    rt, rw = applicant.rt, applicant.rw
    chain = lineage(applicant.village_id or "")
    places = Region.objects.filter(pk__in=chain).order_by("-pk")
    yield _answer(_("Street, number or hamlet"), applicant.street)
    yield _answer(_("RT/RW"), f"{rt or '–'}/{rw or '–'}" if rt or rw else "")
    yield _answer(
        _("Village, district, regency or city, province"),
        *(place.name for place in places),
    )
    yield _answer(_("Postal code"), applicant.postal_code)


def _educations(applicant):
    for row in applicant.educations.all():
        level = codes.EducationLevel(row.level)
        field = dict(codes.fields_of(level)).get(row.field_code, "")
        grade = _("Final mark or GPA: %(grade)s") % {"grade": row.grade}
        yield _answer(
            level.label,
            row.school,
            row.major,
            field,
            _years(row.entered_year, row.graduated_year),
            grade if row.grade else "",
        )
    if not applicant.educations.all():
        yield _answer(_("Education"))


def _trainings(applicant):
    for row in applicant.trainings.all():
        yield _answer(_("Skill or course"), row.name, row.provider, row.year)
    if not applicant.trainings.all():
        none = _("I have no skill or course to name")
        yield _answer(
            _("Skills and courses"), none if applicant.has_no_training else ""
        )


def _languages(applicant):
    known = dict(codes.ForeignLanguage.choices)
    for row in applicant.languages.all():
        name = known.get(row.name, row.name)
        yield _answer(_("Language"), name, row.get_mastery_display())
    if not applicant.languages.all():
        none = _("I speak Indonesian only")
        yield _answer(_("Languages"), none if applicant.has_no_language else "")


def _experiences(applicant):
    for row in applicant.experiences.all():
        years = _years(row.started_year, row.ended_year or _("now"))
        yield _answer(row.position, row.employer, years, row.duties)
    if not applicant.experiences.all():
        none = _("I have not worked yet")
        yield _answer(_("Work experience"), none if applicant.has_no_experience else "")


def _wishes(applicant):
    group = codes.job_group(applicant.wanted_job_group)
    wage = applicant.wanted_wage
    yield _answer(_("Which job do you want?"), applicant.wanted_job)
    yield _answer(_("Job group (KBJI 2014)"), group.title if group else "")
    yield _answer(_("Where do you want to work?"), *applicant.wanted_place_labels)
    yield _answer(
        _("Wage you hope for, rupiah a month"),
        f"Rp {wage:,}".replace(",", ".") if wage else "",
    )


def _answer(question, *lines) -> Answer:
    return Answer(question, tuple(str(line) for line in lines if line))


def _years(first, last) -> str:
    return f"{first}–{last}" if first and first != last else str(last)
