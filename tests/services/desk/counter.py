"""What an officer types on the one page of the counter, for somebody invented."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from applicants import nik
from tests import factories

BORN = date(2004, 3, 9)
NIK = nik.compose("3301", "01", BORN, "P", 7)


def answers(**other) -> dict:
    """Everything that the page asks. `other` replaces; None leaves out."""
    told = {
        "identity-nik": NIK,
        "identity-name": "Rina Contohwati",
        "identity-birth_place": "Cilacap",
        "identity-birth_date_day": "9",
        "identity-birth_date_month": "3",
        "identity-birth_date_year": "2004",
        "identity-sex": "P",
        "general-phone": "0812 3456 7890",
        "general-marital_status": "1",
        "general-is_employed": "no",
        "address-street": "Jl. Melati No. 3",
        "address-province": "33",
        "address-regency": "3301",
        "address-district": "330101",
        "address-village": factories.CILACAP_VILLAGE,
        "education-rows": "1",
        "education-0-level": "sma",
        "education-0-school": "SMA Contoh 1",
        "education-0-graduated_year": "2022",
        "training-rows": "0",
        "training-none": "on",
        "languages-rows": "0",
        "languages-none": "on",
        "experience-rows": "1",
        "experience-0-position": "Kasir",
        "experience-0-employer": "Toko Contoh",
        "experience-0-started_year": "2023",
        "wishes-wanted_job": "Operator jahit",
        "wishes-wanted_places": ["AKL"],
        **other,
    }
    return {name: value for name, value in told.items() if value is not None}


def identity_of(person) -> dict:
    """The first boxes as they are for somebody who is known."""
    born = person.birth_date
    return {
        "identity-nik": person.nik,
        "identity-name": person.name,
        "identity-birth_date_day": str(born.day),
        "identity-birth_date_month": str(born.month),
        "identity-birth_date_year": str(born.year),
        "identity-sex": person.sex,
    }


def file(width=800, height=500):
    """A picture as a browser sends one."""
    return SimpleUploadedFile(
        "foto.jpg", factories.picture(width, height), content_type="image/jpeg"
    )
