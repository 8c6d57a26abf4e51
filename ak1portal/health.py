"""/healthz: whether every part of the house does its work, for a watching machine.

It names parts, and no number, no path, no version and no person: anybody may ask.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from ak1portal import installation
from ak1portal.audience import public
from ak1portal.chores import of_all_apps
from ak1portal.disk import DiskRefused
from ak1portal.models import Installation
from ak1portal.sealed import default_storage

DISK_FULL_PERCENT = 95
ASK_AGAIN_SECONDS = 30
PROBE = "probe.part"
ANYTHING = os.R_OK | os.W_OK | os.X_OK


@require_safe
@public
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while all parts are "ok", else 503 with those that are "failing"."""
    state = {part: _holds(check) for part, check in _parts()}
    words = {part: "ok" if fine else "failing" for part, fine in state.items()}
    response = JsonResponse(words, status=200 if all(state.values()) else 503)
    response["Cache-Control"] = "no-store"
    if response.status_code == 503:
        response["Retry-After"] = str(ASK_AGAIN_SECONDS)
    return response


def _parts() -> Iterator[tuple[str, Callable[[], bool]]]:
    yield "database", _database
    yield "disk", _disk
    yield "files", lambda: not installation.files_problem() and _takes_a_file()
    yield "keys", lambda: not installation.key_problems()
    yield "sweep", lambda: not Installation.objects.exclude(held_sweeps={}).exists()
    # What an app's workers are behind with: chores.PROMPT.
    for chores in of_all_apps():
        yield from chores.PROMPT.items()


def _holds(check) -> bool:
    """What cannot be asked does not hold."""
    try:
        return check()
    except (DatabaseError, DiskRefused, OSError):
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _disk() -> bool:
    usage = shutil.disk_usage(settings.VAR_DIR)
    return usage.used / usage.total * 100 < DISK_FULL_PERCENT


def _takes_a_file() -> bool:
    """Whether a file can be written and read where they live, and no folder is closed.

    Not full, not read-only, not broken, not another user's since a restore.
    """
    probe, bytes_ = default_storage.path(PROBE), b"x" * 4096
    try:
        with open(probe, "w+b") as file:
            file.write(bytes_)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            is_whole = file.read() == bytes_
    finally:
        # Another process may just have asked too.
        with suppress(FileNotFoundError):
            os.remove(probe)
    with os.scandir(default_storage.location) as entries:
        folders = [entry.path for entry in entries if entry.is_dir()]
    return is_whole and all(os.access(each, ANYTHING) for each in folders)
