"""What workers do: the chores of every app, and those of the house itself.

An app's `chores.py` lists ALWAYS (done again and again; each says whether it found
something), HOURLY, and PROMPT: what must not be late, by the name that `/healthz` gives
it, each a question that answers whether all is well.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.conf import settings

from ak1portal.sweeping import empty_quarantine


def forget_old_sessions() -> None:
    """Sessions that have ended: nobody is signed in by them any more."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


ALWAYS = []
HOURLY = [empty_quarantine, forget_old_sessions]
PROMPT = {}


def of_all_apps() -> Iterator[ModuleType]:
    """The chores.py of every app that has one, in the order of the apps."""
    for config in apps.get_app_configs():
        name = f"{config.name}.chores"
        if find_spec(name):
            yield import_module(name)
