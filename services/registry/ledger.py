"""The register of an office as a whole: its months, and the balance of before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from services.issuance import register
from services.issuance.models import EventKind, RegisterEvent
from services.office.models import Office


@dataclass(frozen=True)
class Month:
    """What the register says of one month; `left` is the balance at its end."""

    first_day: date
    old: int
    registered: int
    reported: int
    placed: int
    removed: int
    reactivated: int
    left: int

    @property
    def key(self) -> str:
        return f"{self.first_day:%Y-%m}"


def months(office: Office) -> list[Month]:
    """Every month in which something was written, oldest first; one query."""
    counted = (
        RegisterEvent.objects.filter(office=office)
        .annotate(month=TruncMonth("day"), is_old=Q(card=None))
        .values_list("month", "kind", "is_old")
        .annotate(count=Sum("people"))
        .order_by("month")
    )
    found: dict[date, dict] = {}
    for month, kind, is_old, count in counted:
        counts = found.setdefault(month, {"old": 0})
        if is_old and kind == EventKind.REGISTERED:
            counts["old"] += count
        else:
            counts[kind] = counts.get(kind, 0) + count
    return list(_with_balance(found))


def _with_balance(found: dict[date, dict]) -> Iterator[Month]:
    left = 0
    for first_day, counts in found.items():
        numbers = {kind.value: counts.get(kind, 0) for kind in EventKind}
        came = counts["old"] + numbers["registered"] + numbers["reactivated"]
        left += came - numbers["placed"] - numbers["removed"]
        yield Month(first_day=first_day, old=counts["old"], left=left, **numbers)


def in_month(office: Office, first_day: date) -> QuerySet[RegisterEvent]:
    """What was written for one month, in the order of writing."""
    return (
        RegisterEvent.objects.filter(
            office=office, day__year=first_day.year, day__month=first_day.month
        )
        .select_related("card")
        .order_by("day", "pk")
    )


def old_balance(office: Office) -> QuerySet[RegisterEvent]:
    """The people who were in the register before the office came to the portal."""
    return RegisterEvent.objects.filter(
        office=office, card=None, kind=EventKind.REGISTERED
    ).select_related("by__officer")


def first_own_day(office: Office) -> date | None:
    """The first day of which the register knows a card of the office."""
    events = RegisterEvent.objects.filter(office=office, card__isnull=False)
    return events.order_by("day").values_list("day", flat=True).first()


def left_of_old_balance(office: Office) -> list[dict]:
    """How many of the old balance still count: by sex, birth date and education."""
    came = Sum("people", filter=Q(kind__in=register.OPENS), default=0)
    went = Sum("people", filter=Q(kind__in=register.CLOSES), default=0)
    old = RegisterEvent.objects.filter(office=office, card=None).order_by()
    groups = old.values("sex", "birth_date", "education").annotate(left=came - went)
    return [
        {
            "sex": group["sex"],
            "birth_date": group["birth_date"],
            "education": group["education"],
            "people": group["left"],
        }
        for group in groups
        if group["left"] > 0
    ]
