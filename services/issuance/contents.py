"""What is printed on a card, as plain data: copied once when it is issued.

The same function fills the applicant's preview, from the same answers, with the parts
that only an issued card has left empty. The card is an Indonesian form: its words do
not follow the language of the reader.
"""

from datetime import date

import phonenumbers
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from applicants import codes
from applicants.models import Applicant, Region
from services.issuance import terms
from services.office.models import Office, Officer, ReportLabels

REPORT_ROWS = {
    ReportLabels.PERTAMA: ["PERTAMA", "KEDUA", "KETIGA"],
    ReportLabels.KESATU: ["Kesatu", "Kedua", "Ketiga"],
}


def contents(
    applicant: Applicant,
    office: Office,
    *,
    number: str = "",
    issued_on: date | None = None,
) -> dict:
    """The contents of a card; without a number, those of a card to be."""
    with override("id"):
        return {
            **_sheet(office),
            "number": number,
            **_person(applicant),
            "educations": [_education(row) for row in applicant.educations.all()],
            "skills": [
                {"name": row.name, "year": row.year}
                for row in applicant.trainings.all()
            ],
            "experiences": [_experience(row) for row in applicant.experiences.all()],
            **_dates(issued_on),
            "check_url": "",
            "signature": "",
        }


def vouched_for(
    printed: dict, *, code: str, signature: str, signer: Officer | None
) -> dict:
    """The contents of a card once a supervisor has authorised it.

    `signer` is who signs electronically, in the place of the office's own signer.
    """
    complete = {**printed, "check_url": check_url(code), "signature": signature}
    if signer:
        title = printed["signer"]["title"]
        complete["signer"] = {"title": title, "name": signer.name, "nip": signer.nip}
    return complete


def check_url(code: str) -> str:
    """What the QR of a card says."""
    return settings.PUBLIC_URL + reverse("verification:card", args=[code])


def _sheet(office: Office) -> dict:
    return {
        "layout": office.layout,
        "paper": office.paper,
        "yellow": office.yellow_background,
        "report_labels": REPORT_ROWS[office.report_labels],  # type: ignore[index]
        "office": {
            "government": office.government,
            "name": office.name,
            "address": office.address,
            "phone": office.phone,
            "email": office.email,
            "website": office.website,
            "city": office.city,
        },
        "signer": {
            "title": office.signer_title,
            "name": office.signer_name,
            "nip": office.signer_nip,
        },
    }


def _person(applicant: Applicant) -> dict:
    marital, religion = applicant.marital_status, applicant.religion
    return {
        "nik": applicant.nik,
        "name": applicant.name,
        "birth_place": applicant.birth_place,
        "birth_date": applicant.birth_date.isoformat(),
        "sex": applicant.sex,
        "marital_status": str(codes.MaritalStatus(marital).label) if marital else "",
        "marital_code": codes.AK1_MARITAL_STATUS[marital] if marital else "",  # type: ignore[index]
        "religion": str(codes.Religion(religion).label) if religion else "",
        "religion_code": codes.AK1_RELIGION[religion] if religion else "",  # type: ignore[index]
        "address": address_lines(applicant),
        "phone": local_phone(applicant.phone),
    }


def address_lines(applicant: Applicant) -> list[str]:
    """Street; RT/RW, village and district; regency or city with the postal code."""
    names = region_names(applicant.village_id)
    rt_rw = f"RT {applicant.rt}/RW {applicant.rw}" if applicant.rt else ""
    village = f"{names[10]}, Kec. {names[6]}" if 10 in names else ""
    town = " ".join(filter(None, [names.get(4, ""), applicant.postal_code]))
    lines = [applicant.street, " ".join(filter(None, [rt_rw, village])), town]
    return [line for line in lines if line]


def region_names(village_code: str | None) -> dict[int, str]:
    """Length of the code -> name, for a village and all it lies in; one query."""
    if not village_code:
        return {}
    chain = [village_code[:length] for length in (2, 4, 6, 10)]
    rows = Region.objects.filter(pk__in=chain)
    return {len(region.code): region.name for region in rows}


def local_phone(number: str) -> str:
    """0812 3456 7890 for +6281234567890, as people read it."""
    if not number:
        return ""
    style = phonenumbers.PhoneNumberFormat.NATIONAL
    return phonenumbers.format_number(phonenumbers.parse(number, "ID"), style)


def _education(row) -> dict:
    level = codes.EducationLevel(row.level)
    return {
        "level": str(level.label),
        "row": _row(level),
        "school": row.school,
        "major": row.major,
        "year": row.graduated_year,
    }


def _row(level: codes.EducationLevel) -> str:
    row = level.facts.ak1_row
    return row.value if row else ""


def _experience(row) -> dict:
    end = row.ended_year or "sekarang"
    years = str(end) if end == row.started_year else f"{row.started_year}–{end}"
    return {"position": row.position, "employer": row.employer, "years": years}


def _dates(issued_on: date | None) -> dict:
    if issued_on is None:
        return {"issued_on": "", "expires_on": "", "reports_due": []}
    return {
        "issued_on": issued_on.isoformat(),
        "expires_on": terms.ends_on(issued_on).isoformat(),
        "reports_due": [day.isoformat() for day in terms.reports_due(issued_on)],
    }
