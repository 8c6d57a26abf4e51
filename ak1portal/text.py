"""Text as it was meant: without the invisible guests of copied text. No Django here.

Every answer is read as it was meant: invisible characters, odd spaces and full-width
digits go before any field sees them; passwords stay as typed. A wage may be “2,5 juta”,
a height “1,65 m”, a month “Mei”.
"""

import re
import unicodedata

# Signs that look like one of the keyboard and are another: full-width forms, and the
# hyphens that no line may break at.
_MEANT: dict[int, int | str | None] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u2010\u2011\u00ad"), "-"),
    **dict.fromkeys(map(ord, "\u2028\u2029"), "\n"),
}
_MEANT[ord("\u00ad")] = None  # a soft hyphen shows only where a line is broken


def tidy(text: str) -> str:
    """`text` with plain spaces, hyphens and digits, composed, without what nobody sees.

    Zero-width characters, direction marks and the like (category Cf) go; spaces of any
    width become a space. What can be seen is left as it is, other digits too.
    """
    letters = (
        " " if unicodedata.category(letter) == "Zs" else letter
        for letter in text.translate(_MEANT)
        if unicodedata.category(letter) != "Cf"
    )
    return unicodedata.normalize("NFC", "".join(letters))


# One person may be written in several ways: these signs and marks tell nobody apart.
APOSTROPHES = "'’‘‛ʻʼʽʾʿ′`´"
BREAKS = "-‐‑‒–—.,"
ACCENTED = (
    "àáâãäåāçćčèéêëēìíîïīñńòóôõöøōùúûüūýÿšžÀÁÂÃÄÅĀÇĆČÈÉÊËĒÌÍÎÏĪÑŃÒÓÔÕÖØŌÙÚÛÜŪÝŸŠŽ"
)
PLAIN = "aaaaaaaccceeeeeiiiiinnooooooouuuuuyyszAAAAAAACCCEEEEEIIIIINNOOOOOOOUUUUUYYSZ"


def name_key(name: str) -> str:
    """What two spellings of one name have in common: “maruf” for “Ma'ruf” and “Maruf”.

    Small letters without apostrophes and accents; a hyphen, full stop or comma is a
    space. The column `Applicant.name_key` is made by the same rule in the database.
    """
    table = str.maketrans(ACCENTED + BREAKS, PLAIN + " " * len(BREAKS), APOSTROPHES)
    return re.sub(" +", " ", name.translate(table)).strip(" ").lower()
