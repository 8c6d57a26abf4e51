"""One box that finds a person: by number, receipt, whole NIK, name, date of birth.

What was typed tells what it is. A name is found by the beginning of any of its words,
in any order; a date of birth may stand beside it. The words go to the full-text index
of PostgreSQL, the NIK to its blind index: nothing is opened to be searched.

One key compares names in search and among twins: “Maruf” finds “Ma'ruf” and the other
way round. The database keeps it, by the same rule as `ak1portal.text.name_key`.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ak1portal.text import name_key
from ak1portal.tokens import read_receipt
from applicants.models import Applicant, nik_index
from services.issuance.models import Application
from services.office.models import Office

LIMIT = 20
SHORTEST = 2
# The expression of the index applicant_words.
_NAME = SearchVector("name_key", config="simple")
HINT = _(
    "Type at least two letters of a name, a date of birth (17-05-1999), a receipt"
    " number, a card number or the whole NIK."
)
_DATE = re.compile(
    r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\b|\b(\d{2})(\d{2})(\d{4})\b"
)


@dataclass(frozen=True)
class Sought:
    """What somebody meant by what they typed; empty parts were not typed."""

    nik: str = ""
    receipt: str = ""
    number: str = ""
    birth_date: date | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    applications: list[Application] = field(default_factory=list)
    is_cut: bool = False
    hint: str | Promise = ""


def read(text: str) -> Sought:
    """Tell a NIK from a receipt, a card number, a date of birth and a name.

    Sixteen digits may be a NIK, or a card number typed without its spaces.
    """
    text = " ".join(text.split())
    key = compact(text)
    if re.fullmatch(r"\d{16}", key):
        return Sought(nik=key, number=key)
    if receipt := read_receipt(text):
        return Sought(receipt=receipt)
    day, rest = _take_date(text)
    if day is None and re.search(r"\d", text):
        return Sought(number=key)
    return Sought(birth_date=day, words=_words_of(rest))


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W\d_]+", name_key(name)))


def compact(number: str) -> str:
    """A card number without what stands between its parts."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def _take_date(text: str) -> tuple[date | None, str]:
    match = _DATE.search(text)
    if not match:
        return None, text
    day, month, year = (int(part) for part in match.groups() if part)
    try:
        found = date(year, month, day)
    except ValueError:
        return None, text
    return found, text[: match.start()] + text[match.end() :]


def find(text: str, office: Office) -> Found:
    """The newest application of each person found at `office`, at most LIMIT."""
    ways = _ways(read(text))
    if not ways:
        return Found(hint=HINT)
    mine = (
        Application.objects.filter(office=office)
        .exclude(receipt=None)
        .select_related("applicant", "card", "reviewer__officer")
    )
    for way in ways:
        # More rows than people are asked for: somebody may have applied before.
        if found := _newest_of_each(list(mine.filter(way)[: LIMIT * 4])):
            return Found(found[:LIMIT], is_cut=len(found) > LIMIT)
    return Found()


def _ways(sought: Sought) -> list[Q]:
    """What to ask, one after the other; none when too little was typed to tell."""
    ways = []
    if sought.nik:
        ways.append(Q(applicant__nik_index=nik_index(sought.nik)))
    if sought.number:
        ways.append(Q(card__number_key=sought.number))
    if sought.receipt:
        ways.append(Q(receipt=sought.receipt))
    words = [word for word in sought.words if len(word) >= SHORTEST]
    if sought.birth_date or words:
        people = Applicant.objects.all()
        if sought.birth_date:
            people = people.filter(birth_date=sought.birth_date)
        if words:
            people = people.annotate(in_name=_NAME).filter(in_name=_prefixes(words))
        ways.append(Q(applicant__in=people))
    return ways


def _prefixes(words: list[str]) -> SearchQuery:
    raw = " & ".join(f"{word}:*" for word in words)
    return SearchQuery(raw, search_type="raw", config="simple")


def _newest_of_each(rows: list[Application]) -> list[Application]:
    newest = {}
    for row in sorted(rows, key=lambda row: row.created_at, reverse=True):
        newest.setdefault(row.applicant_id, row)
    return list(newest.values())
