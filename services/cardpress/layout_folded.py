"""Layout A of the AK-1: a landscape card of two sides, folded in the middle.

Outside: the front on the right, schools, skills and the officer's signature on the
left. Inside: the terms on the left, the table of the reports on the right. What finds
no room outside goes on under the terms, and then on a sheet of its own.
"""

from services.cardpress.fit import (
    LIST_LINE_HEIGHT,
    SIZES,
    Part,
    Space,
    Text,
    largest,
)
from services.cardpress.sides import (
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
    signature,
    skills,
)

SEXES = {"L": "Laki-laki", "P": "Perempuan", "": ""}

BACK = Space(149, 73)
UNDER_TERMS = Space(149, 44)
EXTRA_HALF = Space(149, 92)

# The lines right of the photo: all of them, and those above the QR with the name.
ROWS, ABOVE_QR = 57, 22
# Their values above the QR and beside it.
WIDE, BESIDE_QR = 84, 52


def sides(printed: dict, copy: int) -> list[Side]:
    """The pages of one card, in an even number.

    So a batch stays in step on a printer that prints both sides. Raises
    DoesNotFitError when a text is too long.
    """
    parts = _parts(printed)
    size, filled = poured(parts, BACK, [UNDER_TERMS], EXTRA_HALF, LEVEL_COLUMN)
    back, under, *extra = [*filled, []] if len(filled) < 2 else filled
    common = {"list_type": size, "goes_on": bool(under)}
    outside = {
        **common,
        "parts": back,
        "office": letterhead(printed["office"], width=112, height=21),
        "title": TITLE,
        "copy": copy_line(copy),
        "number": boxed_number(printed["number"], room=100),
        "nik": printed["nik"],
        **_rows(printed),
        **signature(printed, width=65, height=19),
    }
    inside = {
        **common,
        "parts": under,
        "terms": TERMS["A"],
        **report_table(printed),
    }
    pages = [
        Side("cardpress/_layout_a_outside.html", outside),
        Side("cardpress/_layout_a_inside.html", inside),
    ]
    halves = [*extra, *([[]] * (-len(extra) % 4))]
    for left, right in zip(halves[::2], halves[1::2], strict=True):
        context = {**common, "left": left, "right": right}
        context |= heading("Kartu AK I", printed, EXTRA_HALF.width)
        pages.append(Side("cardpress/_layout_a_extra.html", context))
    return pages


def _parts(printed):
    jobs = [
        {"tab": "", "words": f"{row['position']}, {row['employer']}, {row['years']}"}
        for row in printed["experiences"]
    ]
    schools = educations(printed["educations"]) or NOTHING
    return [
        Part("PENDIDIKAN FORMAL", schools, tabs=True),
        Part("KETERAMPILAN", skills(printed["skills"]) or NOTHING),
        Part("PENGALAMAN KERJA", tuple(jobs)),
    ]


def _rows(printed):
    """The lines right of the photo; those beside the QR are set narrower."""
    birth = ", ".join(
        filter(None, [printed["birth_place"], in_words(printed["birth_date"])])
    )
    name = Text(printed["name"], WIDE, bold=True, line_height=LIST_LINE_HEIGHT)
    above = [("Tempat / Tgl Lahir", birth)]
    below = [
        ("Jenis Kelamin", SEXES[printed["sex"]]),
        ("Status", printed["marital_status"]),
        ("Agama", printed["religion"]),
        ("Alamat", "\n".join(printed["address"])),
        ("No. Telp", printed["phone"]),
        ("Berlaku s.d.", in_words(printed["expires_on"])),
    ]
    wide = [name, *_row_texts(above, WIDE)]
    every = wide + _row_texts(below, BESIDE_QR)
    kind = max(largest(every, ROWS), largest(wide, ABOVE_QR))
    name_lines = name.lines(SIZES[kind])
    labels = [label for label, _words in above + below]
    return {
        "name": name_lines,
        "rows": [
            line
            for label, text in zip(labels, every[1:], strict=True)
            for line in _row(label, text.lines(SIZES[kind]))
        ],
        "room": int(ROWS / (SIZES[kind] * LIST_LINE_HEIGHT)) - len(name_lines),
        "row_type": kind,
    }


def _row_texts(rows, width):
    return [Text(words, width, line_height=LIST_LINE_HEIGHT) for _label, words in rows]


def _row(label, lines):
    """The lines of a row, each in two columns."""
    first, *more = lines
    return [(label, f": {first}"), *(("", f"  {line}") for line in more)]
