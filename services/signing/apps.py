from ctypes import CDLL
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register


class SigningConfig(AppConfig):
    name = "services.signing"
    label = "signing"

    def ready(self):
        register(token_can_be_used)
        register(timestamp_url_is_one)


def token_can_be_used(app_configs, **kwargs) -> list[Error]:
    """System check signing.E001: a token is set up as a whole, or not at all.

    Whether it is connected, and whether the PIN is right, shows when it is used: no
    start of a process should cost one of the few tries that a token allows.
    """
    told = (settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN)
    if any(told) and not all(told):
        return [
            Error(
                "PKCS11_MODULE, PKCS11_TOKEN and PKCS11_PIN belong together: set all"
                " three, or none.",
                id="signing.E001",
            )
        ]
    if any(told):
        try:
            CDLL(settings.PKCS11_MODULE)
        except OSError:
            said = "PKCS11_MODULE cannot be opened as a library."
            return [Error(said, id="signing.E001")]
    return []


def timestamp_url_is_one(app_configs, **kwargs) -> list[Error]:
    """System check signing.E002: better now than at the first signature."""
    parts = urlsplit(settings.TIMESTAMP_URL)
    if not settings.TIMESTAMP_URL or (
        parts.scheme in ("http", "https") and parts.netloc
    ):
        return []
    return [Error("TIMESTAMP_URL must look like http://host.", id="signing.E002")]
