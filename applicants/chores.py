"""What a worker finds due here: pictures that no document points at any more."""

from ak1portal.sweeping import sweep
from applicants.models import DocumentPage


def sweep_documents() -> None:
    """Pictures whose row was rolled back, or whose deletion was cut short."""
    sweep("documents", DocumentPage.objects.all(), "file")


ALWAYS = []
HOURLY = [sweep_documents]
PROMPT = {}
