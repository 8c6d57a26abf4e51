from ctypes import CDLL

from django.apps import AppConfig
from django.core.checks import Error, register

# What WeasyPrint opens at its first card. Better one sentence at the start than a
# traceback in the print room.
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
MISSING = (
    "The card cannot be drawn, because %s is not installed: sudo apt install"
    " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


class CardpressConfig(AppConfig):
    name = "services.cardpress"
    label = "cardpress"

    def ready(self):
        register(libraries_are_there)


def libraries_are_there(app_configs, libraries=LIBRARIES, **kwargs) -> list[Error]:
    """System check cardpress.E001: every library of the card can be opened."""
    return [
        Error(MISSING % library, id="cardpress.E001")
        for library in libraries
        if not _opens(library)
    ]


def _opens(library: str) -> bool:
    try:
        CDLL(library)
    except OSError:
        return False
    return True
