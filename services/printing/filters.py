"""Looking for some cards in a long list: by day, officer and district, in the URL."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.formats import date_format

from ak1portal.paging import MOST
from applicants.models import Region
from services.issuance.models import Card
from services.office.models import Office

# More days than this are chosen from nowhere else in the portal either.
DAYS = 60


@dataclass(frozen=True)
class Filter:
    """One question about a list: its parameter, what it is now, what it could be."""

    name: str
    value: str
    choices: list[tuple[str, str]]


class Filtered:
    """The cards of a list that the parameters `hari`, `petugas`, `kecamatan` mean.

    `at` is the moment whose day is asked for: approved or authorised. What is no day,
    officer or district at all is not asked for; one that no card has finds nothing.
    """

    def __init__(self, cards: QuerySet[Card], office: Office, at: str, query: Mapping):
        self._cards, self._office, self._at = cards, office, at
        self._zone = ZoneInfo(office.time_zone)
        front = self._front()
        self.filters = [
            _filter("hari", query, self._days(front), _day),
            _filter("petugas", query, self._officers(front), self._officer),
            _filter("kecamatan", query, self._districts(front), _district),
        ]
        self.is_on = any(one.value for one in self.filters)

    @property
    def cards(self) -> QuerySet[Card]:
        day, officer, district = (one.value for one in self.filters)
        cards = self._cards
        if day:
            start = datetime.combine(date.fromisoformat(day), time.min, self._zone)
            end = start + timedelta(days=1)
            cards = cards.filter(**{f"{self._at}__gte": start, f"{self._at}__lt": end})
        if officer:
            cards = cards.filter(approved_by__officer__token=officer)
        return cards.filter(district=district) if district else cards

    def _front(self) -> list[tuple]:
        """(moment, officer's token and name, district) of as many as are counted.

        A list that is longer is worked off from its front.
        """
        who = "approved_by__officer"
        rows = self._cards.order_by(self._at, "pk")
        return list(
            rows.values_list(self._at, f"{who}__token", f"{who}__name", "district")[
                :MOST
            ]
        )

    def _days(self, front):
        days = Counter(at.astimezone(self._zone).date().isoformat() for at, *_ in front)
        newest = sorted(days, reverse=True)[:DAYS]
        return [(each, f"{_day(each)} ({days[each]})") for each in newest]

    def _officers(self, front):
        officers = Counter((name, token) for _, token, name, _ in front if token)
        return [
            (token, f"{name} ({officers[name, token]})")
            for name, token in sorted(officers)
        ]

    def _officer(self, token):
        return self._office.officers.filter(token=token).first()

    def _districts(self, front):
        rows = Counter(district for *_, district in front if district)
        names = Region.objects.filter(pk__in=rows).order_by("name")
        return [(each.pk, f"{each.name} ({rows[each.pk]})") for each in names]


def _filter(name, query, choices, label) -> Filter:
    """`label` names what stands in no choice, or knows of no such thing."""
    value = query.get(name, "")
    if not value.isprintable():
        value = ""
    if value and value not in dict(choices):
        if known := label(value):
            choices = [*choices, (value, f"{known} (0)")]
        else:
            value = ""
    return Filter(name, value, choices)


def _day(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    usual = day.isoformat() == value and 2000 <= day.year < 2100
    return date_format(day, "j F Y") if usual else ""


def _district(code: str) -> Region | None:
    return Region.objects.filter(pk=code).first() if len(code) == 6 else None
