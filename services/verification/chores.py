"""What a worker finds due here: photos of reports that were never kept."""

from ak1portal.sweeping import sweep
from services.verification.models import ForgeryReport


def sweep_photos() -> None:
    """Photos whose report was rolled back after they were written."""
    sweep("reports", ForgeryReport.objects.all(), "photo_file")


ALWAYS = []
HOURLY = [sweep_photos]
PROMPT = {}
