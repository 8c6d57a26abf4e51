"""When the office serves: the administrator sets its week and its holidays.

A promise that was given stands: it is the day that was said, not a day counted anew.
"""

from datetime import date

from django.db import transaction

from ak1portal.refusals import refuse_if
from services.office import rules
from services.office.hours import USUAL, Week, written
from services.office.journal import note
from services.office.models import Holiday, Office, Officer, OpeningTime


@transaction.atomic
def set_opening_times(office: Office, *, by: Officer, week: Week) -> bool:
    """Serve in these spans from now on; False if that is so already.

    `week`: 0 (Monday) to 6 -> spans in order. An empty week goes back to the usual one.
    """
    office.lock()
    before = office.hours().week
    changed = [
        day for day in range(7) if before.get(day, ()) != (week or USUAL).get(day, ())
    ]
    for day in changed:
        old, new = before.get(day, ()), (week or USUAL).get(day, ())
        note(by, "opening_time", str(day), old=written(old), new=written(new))
    if changed:
        office.opening_times.all().delete()
        OpeningTime.objects.bulk_create(
            OpeningTime(office=office, weekday=day, opens=opens, closes=closes)
            for day, spans in week.items()
            for opens, closes in spans
        )
    return bool(changed)


@transaction.atomic
def add_holiday(office: Office, *, by: Officer, day: date, name: str) -> Holiday:
    office.lock()
    refuse_if(rules.bars_holiday(office, day))
    note(by, "holiday_added", day.isoformat(), new=name)
    return office.holidays.create(day=day, name=name)


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by: Officer) -> None:
    """Serve on that day after all. Removed already, it stays removed."""
    holiday.office.lock()
    if holiday.office.holidays.filter(pk=holiday.pk).delete()[0]:
        note(by, "holiday_removed", holiday.day.isoformat(), old=holiday.name)
