"""How an office writes its registration numbers (No. Pendaftaran Pencari Kerja).

No single format exists in practice, so the pattern is a setting of the office. Parts
stand in braces, with their width where they have one; what stands between the parts
is printed as it is:

    {kode_wilayah:4}{urut:6}{ddmmyy:6}   3301 000001 221126   (the default, 4-6-6)
    DTK-AK1-{urut:4}-{mmyy:4}            DTK-AK1-0001-1126

Running numbers start again each year and the pattern of an office must contain the
year, so a number is never used twice. The counter is one locked row per office and
year.
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DEFAULT_PATTERN = "{kode_wilayah:4}{urut:6}{ddmmyy:6}"

DATES = {
    "ddmmyy": "%d%m%y",
    "ddmmyyyy": "%d%m%Y",
    "mmyy": "%m%y",
    "yyyy": "%Y",
    "yy": "%y",
}
_PART = re.compile(r"\{(\w+)(?::(\d{1,2}))?\}")


def check_pattern(pattern: str) -> None:
    """Raise ValidationError unless `pattern` gives every card its own number for ever.

    The running number starts again each year, so the year must be in the number.
    """
    names = [match[1] for match in _PART.finditer(pattern)]
    rest = _PART.sub("", pattern)
    if unknown := set(names) - {"kode_wilayah", "urut", *DATES}:
        raise ValidationError(
            _("Unknown part: %(part)s."), params={"part": ", ".join(sorted(unknown))}
        )
    if names.count("urut") != 1 or not any(name in DATES for name in names):
        raise ValidationError(
            _("The pattern needs {urut} once, and a date part with the year.")
        )
    if not re.search(r"\{urut:([4-9]|1[0-2])\}", pattern):
        raise ValidationError(
            _("Give {urut} a width of 4 to 12, for example {urut:6}.")
        )
    if not re.fullmatch(r"[A-Za-z0-9./ -]*", rest):
        raise ValidationError(
            _("Between the parts: letters, digits, space, dot, slash and dash only.")
        )
    if len(compose(pattern, "3301", 1, date(2026, 11, 22))) > 40:
        raise ValidationError(_("The number would be longer than 40 characters."))


def compose(pattern: str, region_code: str, serial: int, day: date) -> str:
    """The number as it is printed, its parts apart: “3301 000001 221126”.

    Parts that touch each other in the pattern are set apart by a space, which is how
    the form groups its boxes. A serial too long for its width keeps all its digits.
    """

    def written(match):
        name, width = match[1], int(match[2] or 0)
        if name == "urut":
            return str(serial).zfill(width)
        if name == "kode_wilayah":
            return region_code.zfill(width)
        return day.strftime(DATES[name]).zfill(width)

    return _PART.sub(written, pattern.replace("}{", "} {"))
