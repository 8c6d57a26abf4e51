"""Layout B of the AK-1: “Formulir AK/I”, one A4 page with coded boxes.

The form has fixed rows for schools and no room for jobs held; a second school of the
same row, and skills beyond the space for them, go on on a sheet of their own.
"""

from itertools import repeat

from applicants.codes import Ak1Row
from services.issuance.card_fit import SIZES, Part, Space, Text, largest, pour
from services.issuance.card_sides import (
    LEVEL_COLUMN,
    NOTHING,
    TERMS,
    TITLE,
    Side,
    boxed_letters,
    boxed_number,
    educations,
    identity,
    letterhead,
    poured,
    report_table,
    school_line,
    signature,
    skills,
)

SEX_CODES = {"L": "1", "P": "2", "": ""}
NAME_BOXES = 20
NAME_FRAME = Space(114, 11.4)
SKILLS = Space(104, 30)
EXTRA = Space(182, 240)


def sides(printed: dict, copy: int) -> list[Side]:
    """The form, and the sheets it goes on on.

    Raises DoesNotFitError when a text is too long.
    """
    schools, other_schools = _schools(printed["educations"])
    learned = [Part("Keterampilan", skills(printed["skills"]) or NOTHING)]
    size, filled = poured(learned, SKILLS, [], EXTRA, tab=0)
    standing, *more = filled
    left = [
        Part("Pendidikan Formal", other_schools),
        *(p for each in more for p in each),
    ]
    extra = pour(left, repeat(EXTRA), SIZES["t3"], LEVEL_COLUMN)[0]
    extra = [parts for parts in extra if parts]
    context = {
        "list_type": size,
        "parts": standing,
        "goes_on": bool(extra),
        "office": letterhead(
            printed["office"], width=130, height=15, with_address=False
        ),
        "title": TITLE,
        "copy": copy,
        "number": boxed_number(printed["number"], room=124),
        "nik": printed["nik"],
        "terms": TERMS["B"],
        **report_table(printed),
        **_name_boxes(printed["name"]),
        **_form_rows(printed),
        "schools": schools,
        **signature(printed, width=70, height=17),
    }
    pages = [Side("issuance/card/_layout_b.html", context)]
    for parts in extra:
        context = {"list_type": "t3", "parts": parts, **identity(printed)}
        pages.append(Side("issuance/card/_layout_b_extra.html", context))
    return pages


def _name_boxes(name):
    """The name letter by letter in two rows of boxes; a longer one in a plain frame."""
    first, second = name[:NAME_BOXES], name[NAME_BOXES:]
    if len(name) > NAME_BOXES and " " in first:
        at = name.rfind(" ", 0, NAME_BOXES + 1)
        if len(name) - at - 1 <= NAME_BOXES:
            first, second = name[:at], name[at + 1 :]
    if len(second) <= NAME_BOXES:
        rows = [boxed_letters(words, NAME_BOXES) for words in (first, second)]
        return {"name_rows": rows, "long_name": "", "name_type": ""}
    text = Text(name, NAME_FRAME.width, bold=True)
    return {
        "name_rows": [],
        "long_name": name,
        "name_type": largest([text], NAME_FRAME.height),
    }


def _form_rows(printed):
    birth = Text(printed["birth_place"], 52)
    address = "\n".join(printed["address"])
    year, month, day = (printed["birth_date"] or "  -  -  ").split("-")
    return {
        "birth_place": printed["birth_place"],
        "birth_type": largest([birth], 6.2),
        "birth_boxes": [("Tgl", day), ("Bln", month), ("Thn", year[-2:])],
        "codes": [
            ("Jenis Kelamin", "1. Pria 2. Wanita", SEX_CODES[printed["sex"]]),
            ("Status", "1. Kawin 2. Belum Kawin", printed["marital_code"]),
            (
                "Agama",
                "1. Islam 2. Katholik 3. Protestan 4. Hindu 5. Budha 6. Konghucu"
                " 7. Lain-lain",
                printed["religion_code"],
            ),
        ],
        "address": address,
        "address_type": largest([Text(address, 134)], 12),
        "phone": printed["phone"],
    }


def _schools(rows):
    """The fixed rows of the form, and the schools that find no place in them."""
    latest = {row["row"]: row for row in rows}
    schools, others = [], []
    for key, label in Ak1Row.choices:
        row = latest.get(key)
        words = school_line(row) if row else ""
        lines = Text(words, 112)
        name = next((n for n in ("t2", "t5") if lines.height(SIZES[n]) <= 5.4), None)
        if row and not name:
            latest[key] = None
            words, name = "lihat lembar lanjutan", "t2"
        year = row["year"] if row else ""
        schools.append({"label": label, "words": words, "type": name, "year": year})
    for row in rows:
        if row is not latest.get(row["row"]) or row["row"] not in Ak1Row.values:
            others.append(row)
    return schools, educations(others)
