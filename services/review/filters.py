"""Looking for some cases in a list: which ones and in which order, in the URL."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from applicants.models import Region
from services.issuance.models import Application, Kind
from services.office.models import Office
from services.printing.filters import Filter
from services.review.lists import URGENCIES

# Choices are those of so many rows: the past is longer than anybody looks.
LOOKED_AT = 1_000
# How a list can be sorted, and in which order each list comes when nobody asks.
ORDERS = {
    "batas": (_("what is promised first"), ("due_at", "submitted_at")),
    "masuk": (_("what came in first"), ("submitted_at", "pk")),
    "nama": (_("name"), ("applicant__name", "submitted_at")),
    "baru": (_("what was decided last"), ("-decided_at", "-pk")),
}
USUAL = {"selesai": "baru"}


class QueueFilter:
    """The rows that `batas`, `jenis`, `kecamatan`, `petugas` and `urut` mean.

    What is no kind, district or officer of this list at all is not asked for.
    """

    def __init__(
        self,
        rows: QuerySet[Application],
        office: Office,
        chosen: str,
        query: Mapping,
        now: datetime,
    ):
        self._rows, self._office, self._now = rows, office, now
        orders = [key for key in ORDERS if (key == "baru") == (chosen == "selesai")]
        if chosen == "selesai":
            orders += ["masuk"]
        asked = query.get("urut", "")
        self._usual = USUAL.get(chosen, "batas")
        self.order = asked if asked in orders else self._usual
        self.orders = [(key, ORDERS[key][0]) for key in orders]
        self.is_by_promise = self.order == "batas"
        questions: list[tuple] = [("jenis", _("Kind"), Kind.choices)]
        if chosen == "menunggu":
            questions.insert(0, ("hari", _("Promised"), list(URGENCIES.items())))
        questions.append(("kecamatan", _("District"), self._districts()))
        if chosen == "diperiksa":
            questions.append(("petugas", _("Officer"), self._officers()))
        self.filters = [
            (title, Filter(name, _asked(query, name, choices), choices))
            for name, title, choices in questions
        ]
        self.is_on = any(each.value for _title, each in self.filters)

    @property
    def rows(self) -> QuerySet[Application]:
        rows, asked = self._rows, {f.name: f.value for _title, f in self.filters}
        if kind := asked["jenis"]:
            rows = rows.filter(kind=kind)
        if district := asked["kecamatan"]:
            rows = rows.filter(applicant__village__pk__startswith=district)
        if officer := asked.get("petugas"):
            rows = rows.filter(reviewer__officer__token=officer)
        if urgency := asked.get("hari"):
            rows = self._urgent(rows, urgency)
        return rows.order_by(*ORDERS[self.order][1])

    @property
    def by(self) -> str:
        """The moment that sorts the list; "" where it is sorted by a name."""
        first = ORDERS[self.order][1][0]
        return "" if self.order == "nama" else first

    def _urgent(self, rows, urgency):
        local = self._now.astimezone(self._office.zone)
        midnight = local.replace(hour=23, minute=59, second=59, microsecond=999999)
        if urgency == "lewat":
            return rows.filter(due_at__lt=self._now)
        if urgency == "hari-ini":
            return rows.filter(due_at__gte=self._now, due_at__lte=midnight)
        return rows.filter(due_at__gt=midnight)

    def _districts(self):
        front = self._rows.order_by(*ORDERS[self._usual][1])[:LOOKED_AT]
        codes = Application.objects.filter(pk__in=front.values("pk"))
        codes = codes.annotate(district=Left("applicant__village_id", 6))
        names = Region.objects.filter(pk__in=codes.values("district")).order_by("name")
        return list(names.values_list("pk", "name"))

    def _officers(self):
        who = "reviewer__officer"
        rows = self._rows.order_by(f"{who}__name").exclude(**{who: None})
        return list(rows.values_list(f"{who}__token", f"{who}__name").distinct())


def _asked(query, name, choices) -> str:
    value = query.get(name, "")
    return value if value in dict(choices) else ""
