"""The register of prints: who printed which copy of which card, where, how it went."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ak1portal.tables import Value
from services.office.models import Office
from services.printing.models import Outcome, Print, ReprintReason

OPEN = "open"


class Register:
    """The prints of an office, as the parameters `bulan`, `printer`, `hasil` ask."""

    def __init__(self, office: Office, query: Mapping):
        self.office = office
        self.zone = ZoneInfo(office.time_zone)
        self.months = self._months()
        self.printers = [(each.token, each.name) for each in office.printers.all()]
        self.results = [(OPEN, _("not confirmed yet")), *Outcome.choices]
        self.month = _one_of(self.months, query.get("bulan"))
        self.printer = _one_of(self.printers, query.get("printer"))
        self.result = _one_of(self.results, query.get("hasil"))

    @property
    def is_on(self) -> bool:
        return bool(self.month or self.printer or self.result)

    @property
    def prints(self) -> QuerySet[Print]:
        """The newest first; in a run, as the pages lay."""
        prints = self.office.prints.all()
        if self.month:
            start, end = self._span()
            prints = prints.filter(at__gte=start, at__lt=end)
        if self.printer:
            prints = prints.filter(run__printer__token=self.printer)
        if self.result:
            outcome = "" if self.result == OPEN else self.result
            prints = prints.filter(outcome=outcome)
        return prints.select_related(
            "card", "run__by__officer", "confirmed_by__officer", "reprint"
        ).order_by("-at", "position")

    def _span(self) -> tuple[datetime, datetime]:
        year, month = map(int, self.month.split("-"))
        after = (year + 1, 1) if month == 12 else (year, month + 1)
        return (
            datetime(year, month, 1, tzinfo=self.zone),
            datetime(*after, 1, tzinfo=self.zone),
        )

    def _months(self) -> list[tuple[str, str]]:
        """From the first print run to the last, the newest month first."""
        runs = self.office.print_runs.aggregate(first=Min("at"), last=Max("at"))
        if runs["first"] is None:
            return []
        first, last = (runs[end].astimezone(self.zone) for end in ("first", "last"))
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        start = first.year * 12 + first.month - 1
        months = [date(at // 12, at % 12 + 1, 1) for at in range(start, start + count)]
        return [
            (f"{each:%Y-%m}", date_format(each, "F Y")) for each in reversed(months)
        ]

    @property
    def name(self) -> str:
        """Of the file that is taken along."""
        return f"register-cetak-{self.month or self.office.region_code}"

    @property
    def head(self) -> list[str]:
        return [
            _("Printed"),
            _("Number"),
            _("Holder"),
            _("Copy"),
            _("Why again"),
            _("Sheets"),
            _("Printer"),
            _("Printed by"),
            _("Result"),
            _("Reason"),
            _("Confirmed by"),
            _("Handed over"),
        ]

    def rows(self) -> Iterator[list[Value]]:
        """The prints as lines of a table, without NIK, in the language of now."""
        results = {key: str(label) for key, label in self.results}
        reasons = {key: str(label) for key, label in ReprintReason.choices}
        for entry in self.prints.iterator(chunk_size=500):
            yield self._row(entry, results, reasons)

    def _row(self, entry, results, reasons) -> list[Value]:
        reprint = getattr(entry, "reprint", None)
        return [
            self._moment(entry.at),
            entry.card.number,
            entry.card.holder_name,
            entry.copy,
            reasons[reprint.reason] if reprint else "",
            entry.sheets,
            entry.run.printer_name,
            entry.run.by.officer.name,
            results[entry.outcome or OPEN],
            entry.outcome_reason,
            entry.confirmed_by.officer.name if entry.confirmed_by else "",
            self._moment(entry.handed_over_at),
        ]

    def _moment(self, at) -> datetime | None:
        return at.astimezone(self.zone) if at else None


def _one_of(choices, value) -> str:
    return value if value in dict(choices) else ""
