"""What a worker finds due here: pictures that no document points at any more."""

from ak1portal.sealed import sweep
from applicants.models import DocumentPage


def sweep_documents() -> None:
    """Pictures whose row was rolled back, or whose deletion was cut short."""
    sweep("documents", set(DocumentPage.objects.values_list("file", flat=True)))


ALWAYS = []
HOURLY = [sweep_documents]
