"""What both layouts of the printed AK-1 say, ready for the templates.

The wording is that of the forms of the labour offices. The card is always Indonesian,
whatever language the reader of the page has chosen. The two layouts themselves are
layout_folded (A) and layout_form (B).
"""

from dataclasses import dataclass
from datetime import date
from itertools import repeat

from services.cardpress.fit import (
    SIZES,
    Space,
    Text,
    largest,
    length,
    lines_of,
    pour,
)

TITLE = "KARTU TANDA BUKTI PENDAFTARAN PENCARI KERJA"
NATIONAL = "BERLAKU NASIONAL"
CHANGES = (
    "BILA ADA PERUBAHAN DATA / KETERANGAN LAINNYA ATAU TELAH MENDAPAT PEKERJAAN HARAP"
)
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
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
EMPTY_NUMBER = (4, 6, 6)
DOTS = "………………………"

# Widths of one box of a number, as in card.css (.c1 to .c5), and between two groups.
PITCHES = {"c1": 5.8, "c2": 4.8, "c3": 4.0, "c4": 3.2, "c5": 2.3}
GROUP_GAP = 2.4

LEVEL_COLUMN = 29
# Under a heading of the form that has nothing to stand there.
NOTHING = ({"tab": "", "words": "–"},)


@dataclass(frozen=True)
class Side:
    """One printed page."""

    template: str
    context: dict


def in_words(day: str) -> str:
    """“22 November 2026” for an ISO date; "" for none."""
    if not day:
        return ""
    on = date.fromisoformat(day)
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def copy_line(copy: int) -> str:
    """“Cetakan ke-2” for the second copy; nothing for the first."""
    return f"Cetakan ke-{copy}" if copy > 1 else ""


def poured(parts, first, more, extra, tab):
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


def educations(rows) -> tuple[dict, ...]:
    """One item a school: “S1 – Universitas / Hukum – TH. 2021”, the level set apart."""
    items = []
    for row in rows:
        rest = f"{school_line(row)} – TH. {row['year']}"
        # A level too long for its column goes on as part of the line.
        fits = length(row["level"]) * SIZES["t1"] < LEVEL_COLUMN - 1
        words = f"– {rest}" if fits else f"{row['level']} – {rest}"
        items.append({"tab": row["level"] if fits else "", "words": words})
    return tuple(items)


def school_line(row: dict) -> str:
    """School and major, as the form writes them: “SMA Negeri 1 / IPA”."""
    return " / ".join(filter(None, [row["school"], row["major"]]))


def skills(rows) -> tuple[dict, ...]:
    """One item a skill, with its year where there is one."""
    items = []
    for row in rows:
        year = f" – TH. {row['year']}" if row["year"] else ""
        items.append({"tab": "", "words": row["name"] + year})
    return tuple(items)


def letterhead(office, *, width, height, with_address=True):
    """The lines of the office, in the largest type that fits."""
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


def boxed_number(number, *, room):
    """The groups of the registration number and the class that fits their boxes."""
    words = number.split() or [""] * len(EMPTY_NUMBER)
    counts = [len(group) for group in words] if number else EMPTY_NUMBER
    boxes, gaps = sum(counts), len(counts) - 1
    size = next(
        name
        for name, pitch in PITCHES.items()
        if boxes * pitch + gaps * GROUP_GAP <= room
    )
    return {"size": size, "groups": list(zip(words, counts, strict=True))}


def signature(printed, *, width, height):
    """Place, date and signer, leaving room for a wet signature and a stamp."""
    signer, city = printed["signer"], printed["office"]["city"]
    issued = in_words(printed["issued_on"]) or DOTS
    nip = f"NIP. {signer['nip']}" if signer["nip"] else ""
    texts = [
        Text(f"{city}, {issued}", width),
        Text(signer["title"], width, bold=True),
        Text(signer["name"], width, bold=True),
        Text(nip, width),
    ]
    kind = largest(texts, height, ("t2", "t3", "t4", "t5", "t6"))
    return {
        "place_and_date": texts[0].lines(SIZES[kind]),
        "signer": {"title": signer["title"], "name": signer["name"], "nip": nip},
        "sign_type": kind,
        "signature": printed.get("signature", ""),
    }


def report_table(printed):
    """The three reports with the days by which they are due."""
    due = [f"Jadwal: {in_words(day)}" for day in printed["reports_due"]] or [""] * 3
    return {"reports": list(zip(printed["report_labels"], due, strict=True))}


def heading(form: str, printed: dict, width: float):
    """What says whose card a further sheet belongs to."""
    words = f"Lanjutan {form} · {printed['number']} · {printed['name']}"
    return {"heading": lines_of(words, width / SIZES["t2"], bold=True)}
