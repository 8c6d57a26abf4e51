from ctypes import CDLL
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register

# What WeasyPrint opens at its first card. Better one sentence at the start than a
# traceback in the print room.
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
MISSING = (
    "The card cannot be drawn, because %s is not installed: sudo apt install"
    " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


class IssuanceConfig(AppConfig):
    name = "services.issuance"
    label = "issuance"

    def ready(self):
        register(libraries_are_there)
        register(token_can_be_used)
        register(timestamp_url_is_one)


def libraries_are_there(app_configs, libraries=LIBRARIES, **kwargs) -> list[Error]:
    """System check issuance.E001: every library of the card can be opened."""
    return [
        Error(MISSING % library, id="issuance.E001")
        for library in libraries
        if not _opens(library)
    ]


def token_can_be_used(app_configs, **kwargs) -> list[Error]:
    """System check issuance.E002: a token is set up as a whole, or not at all.

    Whether it is connected, and whether the PIN is right, shows when it is used: no
    start of a process should cost one of the few tries that a token allows.
    """
    told = (settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN)
    if any(told) and not all(told):
        return [
            Error(
                "PKCS11_MODULE, PKCS11_TOKEN and PKCS11_PIN belong together: set all"
                " three, or none.",
                id="issuance.E002",
            )
        ]
    if any(told) and not _opens(settings.PKCS11_MODULE):
        return [
            Error(
                "PKCS11_MODULE cannot be opened as a library.",
                id="issuance.E002",
            )
        ]
    return []


def timestamp_url_is_one(app_configs, **kwargs) -> list[Error]:
    """System check issuance.E003: better now than at the first signature."""
    parts = urlsplit(settings.TIMESTAMP_URL)
    if not settings.TIMESTAMP_URL or (
        parts.scheme in ("http", "https") and parts.netloc
    ):
        return []
    return [Error("TIMESTAMP_URL must look like http://host.", id="issuance.E003")]


def _opens(library: str) -> bool:
    try:
        CDLL(library)
    except OSError:
        return False
    return True
