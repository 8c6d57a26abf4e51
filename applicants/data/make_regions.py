"""Makes regions.csv.xz from an unpacked `idn-area-data` package.

    python applicants/data/make_regions.py path/to/package

The package writes most names well. What is left (straight double quotes for
apostrophes, words run together, a full stop at the end) is put right here, by rule
where there is a rule and by name where there is none.
"""

import csv
import io
import lzma
import re
import sys
from pathlib import Path

TABLE = Path(__file__).with_name("regions.csv.xz")
LEVELS = ("provinces", "regencies", "districts", "villages")

# The short names that forms print, and names that lost an apostrophe.
NAMES = {
    "31": "DKI Jakarta",
    "34": "DI Yogyakarta",
    "530220": "Kot'olin",
    "3527132002": "Apa'an",
    "3527132005": "Pacangga'an",
    "3527142001": "Blu'uran",
    "5302322001": "Lill'ana",
}
# In capitals at the source, but words; all other capitals are numerals (II, XIII) or
# the abbreviations of a plantation, a settlement scheme or a quarter (UPT, HTI).
NOT_ABBREVIATIONS = {"AFD", "GLP", "IE", "KI'E", "OP", "RHU"}
SMALL_WORDS = {"dan", "x"}

RULES = (
    (r'["’]', "'"),
    (r"\s+'(?=\s)", "'"),  # Bua ' Tarrung
    (r"[.*\s]+$", ""),
    (r"\s*([-/])\s*", r"\1"),  # Konda/ Kondaga, Urek - Urek
    (r",\s*", ", "),
    (r"\.(?=[A-Z][a-z]|[IVX]+\b)", ". "),  # Tgk.Dibanda, AFD.I; not P.O.
    (r"(?<=[a-z])(?=[A-Z][a-z]{2})", " "),  # PulauTujuh
)


def neat(name: str) -> str:
    """`name` as a person would write it on an envelope."""
    for pattern, replacement in RULES:
        name = re.sub(pattern, replacement, name)
    return " ".join(_cased(word) for word in name.split())


def rows(package: Path) -> list[tuple[str, str]]:
    """(undotted code, name) of every region of the package, in the order of codes."""
    found = []
    for level in LEVELS:
        path = package / "data" / f"{level}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                code = row["code"].replace(".", "")
                found.append((code, NAMES.get(code) or neat(row["name"])))
    return sorted(found)


def write(package: Path, table: Path = TABLE) -> int:
    """Write the compressed table; the number of rows in it."""
    text = io.StringIO()
    found = rows(package)
    csv.writer(text, lineterminator="\n").writerows(found)
    table.write_bytes(
        lzma.compress(text.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME)
    )
    return len(found)


def _cased(word: str) -> str:
    if word in SMALL_WORDS:
        return word
    word = re.sub(r"[A-Za-z][A-Za-z']*", lambda part: _calm(part.group()), word)
    return word[0].upper() + word[1:]


def _calm(part: str) -> str:
    if part.isupper() and part not in NOT_ABBREVIATIONS:
        return part
    return part[0] + part[1:].lower()


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "regions,", TABLE.stat().st_size, "bytes")
