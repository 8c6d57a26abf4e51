from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured


class PortalConfig(AppConfig):
    name = "ak1portal"
    label = "portal"

    def ready(self):
        register(keys_can_be_used)
        register(public_url_is_one)


def keys_can_be_used(app_configs, **kwargs) -> list[Error]:
    """System check portal.E001: better before the first NIK than at it."""
    # Not at the top: models of this module's users are not loaded yet.
    from ak1portal.sealed import blind_index, seal  # noqa: PLC0415

    try:
        seal(b"", "check")
        blind_index("", "check")
    except ImproperlyConfigured as error:
        return [Error(str(error), id="portal.E001")]
    return []


def public_url_is_one(app_configs, **kwargs) -> list[Error]:
    """System check portal.E002: it is printed on cards that live for two years."""
    parts = urlsplit(settings.PUBLIC_URL)
    if parts.scheme in ("http", "https") and parts.netloc:
        return []
    return [Error("PUBLIC_URL must look like https://host.", id="portal.E002")]
