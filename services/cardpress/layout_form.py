"""Layout B of the AK-1: “Formulir AK/I”, one A4 page with coded boxes.

The form has fixed rows for schools and no room for jobs held; a second school of the
same row, and skills beyond the space for them, go on on a sheet of their own.
"""

from itertools import repeat

from services.cardpress.fit import (
    LINE_HEIGHT,
    SIZES,
    Part,
    Space,
    Text,
    largest,
    pour,
)
from services.cardpress.sides import (
    DOTS,
    LEVEL_COLUMN,
    NOTHING,
    TERMS,
    TITLE,
    Side,
    boxed_number,
    copy_line,
    educations,
    heading,
    in_words,
    letterhead,
    poured,
    report_table,
    school_line,
    signature,
    skills,
)

# The rows of "Pendidikan Formal" on the AK/I, in the words of the form.
EDUCATION_ROWS = {
    "sd": "SD/sederajat",
    "sltp": "SLTP/sederajat",
    "slta": "SLTA/SMK/sederajat",
    "diploma": "D.I/II/III/D.IV",
    "akta": "Akta I/II/III/IV",
    "sarjana": "S1/S2/S3",
}
SEX_CODES = {"L": "1", "P": "2", "": ""}
NAME_BOXES = 20
NAME_FRAME = Space(114, 11.4)
BIRTH_PLACE = Space(52, 6.2)
ADDRESS = Space(134, 12)
SCHOOL = Space(112, 5.4)
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
        Part("Pendidikan Formal", other_schools, tabs=True),
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
        "copy": copy_line(copy),
        "number": boxed_number(printed["number"], room=124),
        "nik": printed["nik"],
        "terms": TERMS["B"],
        **report_table(printed),
        **_name_boxes(printed["name"]),
        **_form_rows(printed),
        "schools": schools,
        "issued": f"Dikeluarkan pada tanggal: {in_words(printed['issued_on']) or DOTS}",
        "expires": f"Berlaku sampai dengan: {in_words(printed['expires_on']) or DOTS}",
        **signature(printed, width=70, height=17),
    }
    pages = [Side("cardpress/_layout_b.html", context)]
    for parts in extra:
        context = {"list_type": "t3", "parts": parts}
        context |= heading("Formulir AK/I", printed, EXTRA.width)
        pages.append(Side("cardpress/_layout_b_extra.html", context))
    return pages


def _name_boxes(name):
    """The name letter by letter in two rows of boxes; a longer one in a plain frame."""
    first, second = name[:NAME_BOXES], name[NAME_BOXES:]
    if len(name) > NAME_BOXES and " " in first:
        at = name.rfind(" ", 0, NAME_BOXES + 1)
        if len(name) - at - 1 <= NAME_BOXES:
            first, second = name[:at], name[at + 1 :]
    if len(second) <= NAME_BOXES:
        return {"name_rows": [first, second], "name_boxes": NAME_BOXES, "long_name": {}}
    return {"name_rows": [], "long_name": _fitted(name, NAME_FRAME, bold=True)}


def _fitted(words, space, **style):
    """The lines of `words` in the largest type at which they stand in `space`."""
    text = Text(words, space.width, **style)
    kind = largest([text], space.height)
    size = SIZES[kind]
    room = int(space.height / (size * LINE_HEIGHT))
    return {"type": kind, "lines": text.lines(size), "room": room}


def _form_rows(printed):
    year, month, day = (printed["birth_date"] or "  -  -  ").split("-")
    return {
        "birth_place": _fitted(printed["birth_place"], BIRTH_PLACE),
        "birth_boxes": [
            ("Tgl", day.strip()),
            ("Bln", month.strip()),
            ("Thn", year[-2:].strip()),
        ],
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
        "address": _fitted("\n".join(printed["address"]), ADDRESS),
        "phone": printed["phone"],
    }


def _schools(rows):
    """The fixed rows of the form, and the schools that find no place in them."""
    latest = {row["row"]: row for row in rows}
    schools, others = [], []
    for key, label in EDUCATION_ROWS.items():
        row = latest.get(key)
        large, small = _school_lines(school_line(row) if row else "")
        if row and not (large or small):
            latest[key] = None
            large = "lihat lembar lanjutan"
        year = str(row["year"]) if row else ""
        schools.append({"label": label, "large": large, "small": small, "year": year})
    for row in rows:
        if row is not latest.get(row["row"]) or row["row"] not in EDUCATION_ROWS:
            others.append(row)
    return schools, educations(others)


def _school_lines(words):
    """`words` on one line in large type, or on two in small; else nothing."""
    text = Text(words, SCHOOL.width)
    if text.height(SIZES["t2"]) <= SCHOOL.height:
        return words, []
    small = text.lines(SIZES["t5"])
    return "", small if text.height(SIZES["t5"]) <= SCHOOL.height else []
