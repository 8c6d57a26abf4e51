"""Pages of lists that hold the whole past: what is shown is read, and no more.

Nobody reads to the end of a million rows, so nobody counts them: more than MOST are
"1.000+". After so many rows the list goes on from the moment of its last one, which
stands in the address (`mulai`), so that the millionth row costs what the first does.

More than a thousand rows are “1.000+”, and a list goes on from the moment of its last
row: nobody pages through a million, and nobody waits for a count of them. The choices
of a filter are those of the front of the list. Decided cases are not sorted by name;
the search finds a name.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property, reduce

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format

MOST = 1000


def counted(rows: QuerySet) -> int:
    """How many rows there are; MOST + 1 stands for all that is more."""
    return rows.order_by()[: MOST + 1].count()


def how_many(count: int) -> str:
    """What `counted` found, as people read it."""
    if count > MOST:
        return f"{number_format(MOST, force_grouping=True)}+"
    return number_format(count, force_grouping=True)


class Pages(Paginator):
    """The pages of the first MOST rows; `is_cut` says whether there are more."""

    @cached_property
    def _counted(self) -> int:
        return counted(self.object_list)  # type: ignore[arg-type]

    @property
    def is_cut(self) -> bool:
        return self._counted > MOST

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    def page(self, number):
        """The rows of one page; those before it are passed by in an index alone."""
        page = super().page(number)
        if page.number > 1:
            shown = list(page.object_list.values_list("pk", flat=True))
            page.object_list = self.object_list.filter(pk__in=shown)
        return page


def page_of(rows: QuerySet, query: Mapping, per_page: int, *, by: str = "") -> Page:
    """The page that `hal` asks for, of the rows from the moment `mulai` on.

    `by` is the moment that sorts the rows, "-" before it where the newest is first.
    Rows of one moment may be shown a second time where the list goes on; none is left
    out. Without `by` the list ends after MOST rows.
    """
    field = by.removeprefix("-")
    if by and (start := _moment(query.get("mulai", ""))):
        side = "lte" if by.startswith("-") else "gte"
        rows = rows.filter(**{f"{field}__{side}": start})
    paginator = Pages(rows, per_page)
    page = paginator.get_page(query.get("hal"))
    page.goes_on = ""  # type: ignore[attr-defined]
    if by and paginator.is_cut and not page.has_next():
        last = reduce(getattr, field.split("__"), page[len(page) - 1])
        page.goes_on = last.isoformat()  # type: ignore[attr-defined]
    return page


def _moment(value: str) -> datetime | None:
    try:
        moment = parse_datetime(value)
    except ValueError:
        return None
    is_usual = moment and moment.tzinfo and 2000 <= moment.year < 2100
    return moment if is_usual else None
