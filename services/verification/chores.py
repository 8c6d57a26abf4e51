"""What a worker finds due here: photos of reports that were never kept."""

from ak1portal.sealed import sweep
from services.verification.models import ForgeryReport


def sweep_photos() -> None:
    """Photos whose report was rolled back after they were written."""
    sweep("reports", set(ForgeryReport.objects.values_list("photo_file", flat=True)))


ALWAYS = []
HOURLY = [sweep_photos]
