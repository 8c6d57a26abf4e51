"""What must not be late here: a worker's sign of life."""

from datetime import timedelta

from django.db.models.functions import Now

from services.office.models import Heartbeat


def a_worker_lives() -> bool:
    """Whether one said so within a minute, by the clock of the database.

    A sign from the future is none: its clock was wrong, and it may be long dead.
    """
    return Heartbeat.objects.filter(
        seen_at__gte=Now() - Heartbeat.ALIVE_FOR, seen_at__lte=Now()
    ).exists()


def forget_dead_workers() -> None:
    """Signs of life of workers that were killed a day ago."""
    Heartbeat.objects.filter(seen_at__lt=Now() - timedelta(days=1)).delete()


ALWAYS = []
HOURLY = [forget_dead_workers]
PROMPT = {"worker": a_worker_lives}
