"""What stands on each side of a printed AK-1, ready for the templates.

The two layouts in use are the folded card of two sides (A) and the form of one A4
page with coded boxes (B). The wording is that of the forms of the labour offices. The
card is always Indonesian, whatever language the reader of the page has chosen.
"""

from dataclasses import dataclass
from datetime import date
from itertools import repeat

from applicants.codes import Ak1Row
from services.issuance.card_fit import (
    SIZES,
    Part,
    Space,
    Text,
    largest,
    length,
    pour,
)

TITLE = "KARTU TANDA BUKTI PENDAFTARAN PENCARI KERJA"
NATIONAL = "BERLAKU NASIONAL"
CHANGES = "BILA ADA PERUBAHAN DATA / KETERANGAN LAINNYA ATAU TELAH MENDAPAT PEKERJAAN HARAP"
RETURN = (
    "APABILA PENCARI KERJA YANG BERSANGKUTAN TELAH DITERIMA BEKERJA MAKA INSTANSI /"
    " PERUSAHAAN YANG MENERIMA AGAR MENGEMBALIKAN KARTU AK I INI"
    " (KE DINAS TENAGA KERJA)"
)
TWO_YEARS = (
    "KARTU INI BERLAKU SELAMA 2 (DUA) TAHUN DENGAN KEHARUSAN KETENTUAN MELAPOR SETIAP"
    " 6 (ENAM) BULAN SEKALI BAGI PENCARI KERJA YANG BELUM MENDAPATKAN PEKERJAAN"
)
TERMS = {
    "A": (NATIONAL, f"{CHANGES} SEGERA MELAPOR", RETURN, TWO_YEARS),
    "B": (
        NATIONAL,
        f"{CHANGES} MELAPOR PALING LAMBAT 1 (SATU) MINGGU SETELAH TANGGAL PENEMPATAN",
        RETURN,
        TWO_YEARS,
    ),
}
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]
SEXES = {"L": "Laki-laki", "P": "Perempuan", "": ""}
SEX_CODES = {"L": "1", "P": "2", "": ""}
EMPTY_NUMBER = (4, 6, 6)
DOTS = "………………………"

# Widths of one box of a number, as in card.css (.c1 to .c5), and between two groups.
PITCHES = {"c1": 5.8, "c2": 4.8, "c3": 4.0, "c4": 3.2, "c5": 2.3}
GROUP_GAP = 2.4

LEVEL_COLUMN = 29
COUNT_COLUMN = 5


@dataclass(frozen=True)
class Side:
    """One printed page. `is_personal` is False when it is the same on every card."""

    template: str
    context: dict
    is_personal: bool = True


def sides(printed: dict, copy: int = 1) -> list[Side]:
    """The pages of one card, in the order in which they are printed.

    Layout A comes in an even number of pages, so that a batch stays in step on a
    printer that prints both sides. Raises DoesNotFitError when a text is too long.
    """
    if printed["layout"] == "B":
        return _form(printed, copy)
    return _folded(printed, copy)


def in_words(day: str) -> str:
    """“22 November 2026” for an ISO date; "" for none."""
    if not day:
        return ""
    day = date.fromisoformat(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


# Layout A ------------------------------------------------------------------------

BACK = Space(149, 73)
UNDER_TERMS = Space(149, 44)
EXTRA_HALF = Space(149, 92)


def _folded(printed, copy):
    parts = [*_educations(printed["educations"]), *_skills_and_jobs(printed)]
    size, filled = _poured(parts, BACK, [UNDER_TERMS], EXTRA_HALF, LEVEL_COLUMN)
    back, under, *extra = [*filled, []] if len(filled) < 2 else filled
    common = {"list_type": size, "goes_on": bool(under)}
    outside = {
        **common,
        "parts": back,
        "office": _letterhead(printed["office"], width=112, height=21),
        "title": TITLE,
        "copy": copy,
        "number": _number(printed["number"], room=100),
        "nik": printed["nik"],
        **_rows(printed),
        **_signature(printed, width=65, height=19),
    }
    inside = {
        **common,
        "parts": under,
        "terms": TERMS["A"],
        **_report_table(printed),
    }
    pages = [
        Side("issuance/card/_layout_a_outside.html", outside),
        Side("issuance/card/_layout_a_inside.html", inside, bool(under)),
    ]
    halves = [*extra, *([[]] * (-len(extra) % 4))]
    for left, right in zip(halves[::2], halves[1::2], strict=True):
        context = {**common, "left": left, "right": right, **_identity(printed)}
        pages.append(Side("issuance/card/_layout_a_extra.html", context))
    return pages


def _poured(parts, first, more, extra, tab):
    """The type and the filled spaces: in the first one alone where that can be."""
    for name in ("t1", "t2", "t3", "t4"):
        filled, left = pour(parts, [first], SIZES[name], tab)
        if not left:
            return name, filled
    # One line less than the space, for the words that say where the list goes on.
    shorter = Space(first.width, first.height - 4)
    spaces = [shorter, *more]
    filled, left = pour(parts, spaces, SIZES[name], tab)
    if left:
        filled += pour(left, repeat(extra), SIZES[name], tab)[0]
    return name, filled


def _educations(rows):
    items = []
    for row in rows:
        rest = f"{school_line(row)} – TH. {row['year']}"
        # A level too long for its column goes on as part of the line.
        fits = length(row["level"]) * SIZES["t1"] < LEVEL_COLUMN - 1
        words = f"– {rest}" if fits else f"{row['level']} – {rest}"
        items.append({"tab": row["level"] if fits else "", "words": words})
    return [Part("PENDIDIKAN FORMAL", tuple(items))]


def school_line(row: dict) -> str:
    """School and major, as the form writes them: “SMA Negeri 1 / IPA”."""
    return " / ".join(filter(None, [row["school"], row["major"]]))


def _skills_and_jobs(printed):
    jobs = [
        {"tab": "", "words": f"{row['position']}, {row['employer']}, {row['years']}"}
        for row in printed["experiences"]
    ]
    skills = _skills(printed["skills"])
    return [Part("KETERAMPILAN", skills), Part("PENGALAMAN KERJA", tuple(jobs))]


def _skills(rows):
    return tuple(
        {"tab": "", "words": row["name"] + (f" – TH. {row['year']}" if row["year"] else "")}
        for row in rows
    )


WIDE, BESIDE_QR = 84, 52
ROW_GAP = 0.6


def _rows(printed):
    """The lines right of the photo; those beside the QR are set narrower."""
    birth = ", ".join(filter(None, [printed["birth_place"], in_words(printed["birth_date"])]))
    above = [("Nama Lengkap", printed["name"]), ("Tempat / Tgl Lahir", birth)]
    below = [
        ("Jenis Kelamin", SEXES[printed["sex"]]),
        ("Status", printed["marital_status"]),
        ("Agama", printed["religion"]),
        ("Alamat", "\n".join(printed["address"])),
        ("No. Telp", printed["phone"]),
        ("Berlaku s.d.", in_words(printed["expires_on"])),
    ]
    wide = _row_texts(above, WIDE)
    every = wide + _row_texts(below, BESIDE_QR)
    return {
        "rows_above": above,
        "rows_below": below,
        "row_type": max(largest(every, 55), largest(wide, 21)),
    }


def _row_texts(rows, width):
    return [
        Text(f": {words}", width, bold=label == "Nama Lengkap", gap=ROW_GAP)
        for label, words in rows
    ]


# Layout B ------------------------------------------------------------------------

NAME_BOXES = 20
NAME_FRAME = Space(114, 11.4)
FORM_SKILLS = Space(104, 30)
FORM_EXTRA = Space(182, 240)


def _form(printed, copy):
    schools, other_schools = _form_educations(printed["educations"])
    skills = [Part("Keterampilan", _skills(printed["skills"]))]
    rest = [Part("Pendidikan Formal", other_schools)] if other_schools else []
    size, filled = _poured(skills, FORM_SKILLS, [], FORM_EXTRA, COUNT_COLUMN)
    standing, *extra = filled or [[]]
    if rest:
        left = [part for space in extra for part in space]
        extra = pour([*rest, *left], repeat(FORM_EXTRA), SIZES["t3"], LEVEL_COLUMN)[0]
    context = {
        "list_type": size,
        "parts": standing,
        "goes_on": bool(extra),
        "office": _letterhead(printed["office"], width=130, height=15, with_address=False),
        "title": TITLE,
        "copy": copy,
        "number": _number(printed["number"], room=124),
        "nik": printed["nik"],
        "terms": TERMS["B"],
        **_report_table(printed),
        **_name_boxes(printed["name"]),
        **_form_rows(printed),
        "schools": schools,
        **_signature(printed, width=70, height=17),
    }
    pages = [Side("issuance/card/_layout_b.html", context)]
    for parts in extra:
        context = {"list_type": "t3", "parts": parts, **_identity(printed)}
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
        rows = [_letters(words, NAME_BOXES) for words in (first, second)]
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


def _form_educations(rows):
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
    return schools, _educations(others)[0].items


# Both layouts --------------------------------------------------------------------


def _letterhead(office, *, width, height, with_address=True):
    contacts = [
        f"{label}{office[key]}"
        for label, key in (("Telp: ", "phone"), ("Email: ", "email"), ("", "website"))
        if office[key]
    ]
    texts = [
        Text(office["government"], width, bold=True, scale=1.1),
        Text(office["name"], width, bold=True, scale=1.3),
    ]
    small = [office["address"], " · ".join(contacts)] if with_address else []
    texts += [Text(line, width, scale=0.88) for line in small]
    return {
        "government": office["government"],
        "name": office["name"],
        "contact": "\n".join(small),
        "type": largest(texts, height),
    }


def _number(number, *, room):
    """The groups of the registration number and the class that fits their boxes."""
    words = number.split() or [""] * len(EMPTY_NUMBER)
    lengths = [len(group) for group in words] if number else EMPTY_NUMBER
    boxes, gaps = sum(lengths), len(lengths) - 1
    size = next(
        name
        for name, pitch in PITCHES.items()
        if boxes * pitch + gaps * GROUP_GAP <= room
    )
    return {
        "size": size,
        "groups": [
            {
                "words": group,
                "boxes": count,
                "letters": None if group.isdecimal() or not group
                else _letters(group, count),
            }
            for group, count in zip(words, lengths, strict=True)
        ],
    }


def _letters(words, boxes):
    """What draws `words` in a row of boxes; lengths are hundredths of the type size."""
    edge, walls = 145 * boxes, range(145, 145 * boxes, 145)
    return {
        "title": words or "kosong",
        "boxes": boxes,
        "width": edge,
        "path": f"M3 3H{edge - 3}V152H3z" + "".join(f"M{x} 3V152" for x in walls),
        "placed": [
            (145 * place + 72, letter)
            for place, letter in enumerate(words)
            if letter != " "
        ],
    }


def _signature(printed, *, width, height):
    signer, city = printed["signer"], printed["office"]["city"]
    issued = in_words(printed["issued_on"])
    nip = f"NIP. {signer['nip']}" if signer["nip"] else ""
    texts = [
        Text(f"{city}, {issued or DOTS}", width),
        Text(signer["title"], width, bold=True),
        Text(signer["name"], width, bold=True),
        Text(nip, width),
    ]
    return {
        "issued": issued or DOTS,
        "place_and_date": f"{city}, {issued or DOTS}",
        "expires": in_words(printed["expires_on"]) or DOTS,
        "signer": {"title": signer["title"], "name": signer["name"], "nip": nip},
        "sign_type": largest(texts, height, ("t2", "t3", "t4", "t5", "t6")),
    }


def _report_table(printed):
    due = [in_words(day) for day in printed["reports_due"]] or [""] * 3
    return {"reports": list(zip(printed["report_labels"], due, strict=True))}


def _identity(printed):
    return {"number_words": printed["number"], "name": printed["name"]}
