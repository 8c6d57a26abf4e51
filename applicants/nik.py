"""The 16 digits of the NIK, the number of the resident identity card (KTP).

`PPKKCC DDMMYY SSSS`: province, regency or city and district where the number was
first issued; the date of birth, with 40 added to the day for women; a serial. The
number carries no check digit, so it can only be held against itself and against what
its owner says. It stays for life, also where the registry erred, a court corrected the
birth date, or an unknown birthday was written as 31 December or 1 July. So only its
shape, and a province that never was, bar a number; all else that its digits seem to say
is a doubt, for its owner to confirm and for an officer to decide with the KTP in view.
The area in it is not where somebody lives now, and old regency and district codes are
as good as new ones. Pure Python, no Django.
"""

import re
import unicodedata
from datetime import date

PROVINCES = {
    "11": "Aceh",
    "12": "Sumatera Utara",
    "13": "Sumatera Barat",
    "14": "Riau",
    "15": "Jambi",
    "16": "Sumatera Selatan",
    "17": "Bengkulu",
    "18": "Lampung",
    "19": "Kepulauan Bangka Belitung",
    "21": "Kepulauan Riau",
    "31": "DKI Jakarta",
    "32": "Jawa Barat",
    "33": "Jawa Tengah",
    "34": "DI Yogyakarta",
    "35": "Jawa Timur",
    "36": "Banten",
    "51": "Bali",
    "52": "Nusa Tenggara Barat",
    "53": "Nusa Tenggara Timur",
    # Until 1999. Whoever was registered there keeps the number.
    "54": "Timor Timur",
    "61": "Kalimantan Barat",
    "62": "Kalimantan Tengah",
    "63": "Kalimantan Selatan",
    "64": "Kalimantan Timur",
    "65": "Kalimantan Utara",
    "71": "Sulawesi Utara",
    "72": "Sulawesi Tengah",
    "73": "Sulawesi Selatan",
    "74": "Sulawesi Tenggara",
    "75": "Gorontalo",
    "76": "Sulawesi Barat",
    "81": "Maluku",
    "82": "Maluku Utara",
    "91": "Papua",
    "92": "Papua Barat",
    "93": "Papua Selatan",
    "94": "Papua Tengah",
    "95": "Papua Pegunungan",
    "96": "Papua Barat Daya",
}

_WOMAN = 40
# What comes along from paper and PDF. Every true dash has category Pd; Cf holds what
# cannot be seen (zero width space, soft hyphen).
_PUNCTUATION = {".", "\N{MINUS SIGN}"}


def normalise(text: str) -> str:
    """`text` without spaces, full stops and dashes; everything else stays to be seen.

    Digits of other scripts are not turned into ASCII: `bars` refuses them.
    """
    return "".join(letter for letter in text if not _separates(letter))


def bars(nik: str) -> str | None:
    """Why `nik` is none, as a code: "shape" (not 16 digits), "province" (there never
    was one with these digits); None for a number that somebody may have."""
    if not re.fullmatch(r"[0-9]{16}", nik):
        return "shape"
    if nik[:2] not in PROVINCES:
        return "province"
    return None


def doubts(nik: str, *, birth_date: date | None, sex: str | None) -> list[str]:
    """What the digits of a `nik` that nothing bars seem to say otherwise, as codes.

    "date": its date digits are no date in any century. "birth_date" and "sex" ("L" or
    "P"): they disagree with what was given; None is not compared. "serial": 0000. Each
    of them stands on true KTP.
    """
    found = _birth_doubts(nik[6:12], birth_date, sex)
    if nik[12:] == "0000":
        found.append("serial")
    return found


def regency_code(nik: str) -> str:
    """The regency or city that issued the number: four digits, perhaps an old code."""
    return nik[:4]


def grouped(nik: str) -> str:
    """As people read it aloud: four groups of four."""
    return " ".join(nik[start : start + 4] for start in range(0, len(nik), 4))


def masked(nik: str) -> str:
    """Enough to tell two people apart, too little to rebuild a number or a birthday.

    `nik` is a whole one. The regency and the last two digits show; the other ten,
    among them the date of birth and the sex, do not.
    """
    return f"{regency_code(nik)} •••• •••• ••{nik[-2:]}"


def compose(
    regency: str, district: str, birth_date: date, sex: str, serial: int
) -> str:
    """A NIK that nothing bars or makes doubtful: for demo data and tests.

    `regency` has four digits, `district` two, `serial` is 1 to 9999.
    """
    day = birth_date.day + (_WOMAN if sex == "P" else 0)
    return f"{regency}{district}{day:02}{birth_date:%m}{_yy(birth_date)}{serial:04}"


def _separates(letter: str) -> bool:
    return (
        letter.isspace()
        or letter in _PUNCTUATION
        or unicodedata.category(letter) in ("Pd", "Cf")
    )


def _birth_doubts(digits: str, birth_date: date | None, sex: str | None) -> list[str]:
    day, month, year = digits[:2], digits[2:4], digits[4:]
    is_woman = int(day) > _WOMAN
    day = f"{int(day) - _WOMAN if is_woman else int(day):02}"
    try:
        # A year of the 2000s knows every day that the same year of the 1900s knows,
        # and 29 February 2000 besides: 1900 was no leap year.
        date(2000 + int(year), int(month), int(day))
    except ValueError:
        return ["date"]
    found = []
    if birth_date and (day, month, year) != (
        f"{birth_date:%d}",
        f"{birth_date:%m}",
        _yy(birth_date),
    ):
        found.append("birth_date")
    if sex and sex != ("P" if is_woman else "L"):
        found.append("sex")
    return found


def _yy(day: date) -> str:
    return f"{day.year % 100:02}"
