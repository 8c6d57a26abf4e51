"""Contents of cards that never were: to try the printer, to measure it, to test it.

All names and numbers are made up. The region code 9999 is nobody's, and so is a NIK
that begins with it.
"""

from datetime import date, timedelta
from itertools import cycle, islice
from random import Random

OFFICE = {
    "government": "PEMERINTAH KABUPATEN CONTOH",
    "name": "DINAS KETENAGAKERJAAN DAN PERINDUSTRIAN",
    "address": "Jl. Contoh Raya No. 1, Kabupaten Contoh 99999",
    "phone": "(0999) 123456",
    "email": "disnaker@contoh.go.id",
    "website": "disnaker.contoh.go.id",
    "city": "Contoh",
}
CHECK = "https://ak1.contoh.go.id/periksa/"
FIRST = [
    "Siti",
    "Budi",
    "Dewi",
    "Agus",
    "Rina",
    "Joko",
    "Wati",
    "Eko",
    "Sri",
    "Bambang",
]
LAST = ["Aminah", "Santoso", "Lestari", "Prasetyo", "Handayani", "Wiranata", "Rahayu"]
STREETS = ("Jl. Melati", "Jl. Jenderal Contoh", "Perumahan Griya Contoh Mandiri Blok B")
VILLAGES = (
    "Kel. Contohrejo, Kec. Contoh Selatan",
    "Desa Contoh, Kec. Contoh",
    "Kel. Contohrejowinangun, Kec. Contoh Wetan Selatan",
)
SCHOOLS = (
    ("SD/MI/Paket A", "sd", "SD Negeri", "", 12),
    ("SMP/MTs/Paket B", "sltp", "SMP Negeri", "", 15),
    ("SMK/MAK", "slta", "SMK Negeri", "Teknik Komputer dan Jaringan", 18),
    ("S1", "sarjana", "Universitas", "Manajemen", 23),
    ("S2", "sarjana", "Sekolah Tinggi Ilmu Ekonomi", "Akuntansi Sektor Publik", 26),
)
JOBS = (
    ("Kasir", "Toko Contoh"),
    ("Staf administrasi gudang", "PT Contoh Jaya Abadi"),
    ("Pengemudi", "CV Contoh"),
)
SKILLS = (
    "Operator komputer",
    "Menjahit pakaian wanita",
    "Mengemudi (SIM A)",
    "Bahasa Inggris tingkat dasar, bersertifikat lembaga kursus",
    "Las listrik",
)


def typical(index: int = 0, **changes) -> dict:
    """The contents most cards have; another `index` is another person."""
    return {
        "layout": "A",
        "paper": "330x120",
        "yellow": True,
        "report_labels": ["PERTAMA", "KEDUA", "KETIGA"],
        "office": OFFICE,
        "number": f"9999 {index + 1:06} 221126",
        "nik": f"999901150599{index % 9999 + 1:04}",
        "name": f"{FIRST[index % 10]} {LAST[index % 7]}",
        "birth_place": "Contoh",
        "birth_date": "1999-05-15",
        "sex": "LP"[index % 2],
        "marital_status": "Belum kawin",
        "marital_code": "2",
        "religion": "Islam",
        "religion_code": "1",
        "address": [
            f"Jl. Melati No. {index + 1}",
            "RT 001/RW 002 Kel. Contohrejo, Kec. Contoh Selatan",
            "Kabupaten Contoh 99999",
        ],
        "phone": "0812 3456 7890",
        "educations": [
            _school("SD/MI/Paket A", "sd", "SD Negeri 1 Contoh", "", 2011),
            _school("SMP/MTs/Paket B", "sltp", "SMP Negeri 2 Contoh", "", 2014),
            _school("SMA/MA/Paket C", "slta", "SMA Negeri 1 Contoh", "IPA", 2017),
        ],
        "skills": [
            {"name": "Operator komputer", "year": 2018},
            {"name": "Menjahit pakaian wanita", "year": 2019},
        ],
        "experiences": [
            {
                "position": "Pramuniaga",
                "employer": "Toko Contoh Jaya",
                "years": "2019–2021",
            }
        ],
        "issued_on": "2026-11-22",
        "expires_on": "2028-11-22",
        "reports_due": ["2027-05-22", "2027-11-22", "2028-05-22"],
        "signer": {
            "title": "PENGANTAR KERJA",
            "name": "Dra. Contoh Pengantar, M.Si.",
            "nip": "19700101 199503 2 001",
        },
        "check_url": f"{CHECK}{index:04}tc6yq0m3vhd8z5xk2rj9npbf/",
        **changes,
    }


def varied(index: int = 0, **changes) -> dict:
    """As different as people are: names, addresses, schools, skills, dates, phones."""
    choose = Random(index)  # noqa: S311
    born = date(1970, 1, 1) + timedelta(days=choose.randrange(38 * 365))
    issued = date(2026, 1, 2) + timedelta(days=choose.randrange(350))
    return typical(
        index,
        **{
            "name": " ".join(choose.choices(FIRST + LAST, k=choose.randint(1, 4))),
            "birth_place": choose.choice(("Contoh", "Contoh Selatan", "Kota Contoh")),
            "birth_date": born.isoformat(),
            "address": [
                f"{choose.choice(STREETS)} No. {choose.randint(1, 250)}",
                f"RT 001/RW 002 {choose.choice(VILLAGES)}",
                "Kabupaten Contoh 99999",
            ],
            "phone": choose.choice(("", "0812 3456 7890", "0899 1234 567")),
            "marital_status": choose.choice(("Belum kawin", "Kawin", "Cerai hidup")),
            **_life(choose, born.year),
            "issued_on": issued.isoformat(),
            "expires_on": issued.replace(year=2028).isoformat(),
            **changes,
        },
    )


def _life(choose, born):
    """One to five schools, up to twelve skills and up to four jobs; most have few."""
    schools = choose.choices(range(1, 6), (5, 10, 60, 20, 5))[0]
    skills = choose.choices((0, 1, 2, 3, 5, 8, 12), (25, 25, 20, 15, 8, 5, 2))[0]
    jobs = choose.choices((0, 1, 2, 4), (50, 25, 15, 10))[0]
    return {
        "educations": [
            _school(
                level, row, f"{name} {choose.randint(1, 40)} Contoh", major, born + age
            )
            for level, row, name, major, age in SCHOOLS[:schools]
        ],
        "skills": [
            {"name": skill, "year": choose.choice((None, 2019, 2024))}
            for skill in choose.choices(SKILLS, k=skills)
        ],
        "experiences": [
            {"position": position, "employer": employer, "years": "2019–2021"}
            for position, employer in choose.choices(JOBS, k=jobs)
        ],
    }


def shortest(**changes) -> dict:
    """Hardly anything: one name of two letters, one school, no skill, no logo text."""
    return typical(
        name="Ai",
        address=["Dusun Contoh"],
        educations=[_school("SD/MI/Paket A", "sd", "SD Contoh", "", 2011)],
        skills=[],
        experiences=[],
        office={**OFFICE, "phone": "", "email": "", "website": ""},
        **changes,
    )


def longest(**changes) -> dict:
    """As much as the forms of the portal let a person and an office write."""
    return typical(
        office={
            **OFFICE,
            "name": _words("DINAS TENAGA KERJA, PERINDUSTRIAN, TRANSMIGRASI DAN", 100),
            "address": _words("Jalan Jenderal Contoh Raya Nomor 123 Blok A", 160),
            "city": _words("Contoh Selatan Sekali", 40),
        },
        name="Wirakusumaningratmangkuwanitowongsodiningrat" * 2 + "Mangkubumi W",
        birth_place=_words("Kampung Contoh Wetan", 60),
        address=[
            _words("Perumahan Griya Contoh Mandiri Blok W Nomor 123", 120),
            "RT 001/RW 002 Kel. Contohrejowinangunsari, Kec. Contoh Wetan Selatan",
            "Kabupaten Contoh Kepulauan Timur Laut 99999",
        ],
        educations=[
            _school(
                level,
                row,
                _words(f"{level} Contoh {year}", 100),
                _words("Ilmu", 80),
                year,
            )
            for level, row, year in (
                ("SD/MI/Paket A", "sd", 2005),
                ("SMP/MTs/Paket B", "sltp", 2008),
                ("SMK/MAK", "slta", 2011),
                ("S1", "sarjana", 2015),
                ("S2", "sarjana", 2018),
            )
        ],
        skills=[
            {
                "name": _words(f"Pelatihan {number} bersertifikat", 80),
                "year": 2010 + number,
            }
            for number in range(1, 13)
        ],
        experiences=[
            {
                "position": _words(f"Jabatan {number} sebagai penyelia", 80),
                "employer": _words(f"PT Contoh {number} Sejahtera", 100),
                "years": "2019–sekarang",
            }
            for number in range(1, 6)
        ],
        signer={
            "title": _words("KEPALA BIDANG PENEMPATAN TENAGA KERJA", 80),
            "name": _words("Prof. Dr. Ir. Contoh Pengantar", 80),
            "nip": "19700101 199503 2 001",
        },
        check_url=f"{CHECK}{'0123456789abcdef' * 3}/",
        **changes,
    )


def _school(level, row, school, major, year):
    return {
        "level": level,
        "row": row,
        "school": school,
        "major": major,
        "year": year,
    }


def _words(start: str, length: int) -> str:
    """`start` over and over, exactly `length` letters long."""
    letters = "".join(islice(cycle(f"{start} "), length))
    return letters[:-1] + "x"
