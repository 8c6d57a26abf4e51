"""What a worker finds due in the halls: days that are over."""

from services.hall.actions import close_days
from services.office.models import Office


def end_days() -> None:
    """Tickets of earlier days that nobody finished."""
    for office in Office.objects.all():
        close_days(office)


ALWAYS = []
HOURLY = [end_days]
PROMPT = {}
