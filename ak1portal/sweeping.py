"""Files that no row points at are set aside, and leave for good a month later.

A row may be about to be written, a dump may come back after its files, a database may
be the wrong one. So a file is left alone for a day, nothing moves where database and
files are not of one installation, a sweep that wants too much stops and says so, and
what was set aside comes back by itself when a row asks for it (ak1portal.sealed).
"""

import logging
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ak1portal.installation import files_problem
from ak1portal.models import Installation
from ak1portal.sealed import default_storage

ORPHAN_AGE = timedelta(days=1)
QUARANTINE = timedelta(days=30)
# What a sweep may want at most: more is no litter, it is a mistake.
FEW, SHARE = 20, 0.01
PAGE = 1000

log = logging.getLogger(__name__)


@transaction.atomic
def sweep(folder: str, rows: QuerySet, field: str) -> int:
    """Set aside the files of `folder` that are a day old and in no row's `field`.

    First, what was set aside and a row knows again comes back. Returns how many went:
    none where another worker sweeps, where the files are not those of this database,
    and where it would be more than 20 files and more than 1 % of them. That stands in
    the log and in `/healthz` until a later sweep is content.
    """
    made = Installation.objects.select_for_update(skip_locked=True).first()
    if made is None or files_problem():
        return 0
    _bring_back(folder, rows, field)
    orphans, total = [], 0
    for names in _pages(folder):
        total += len(names)
        orphans += _orphans(names, rows, field)
    held = len(orphans) > FEW and len(orphans) > total * SHARE
    _note(made, folder, len(orphans) if held else 0, total)
    if held:
        return 0
    for name in orphans:
        default_storage.set_aside(name)
    return len(orphans)


def empty_quarantine() -> None:
    """What was set aside a month ago leaves for good."""
    default_storage.forget_set_aside(before=timezone.localdate() - QUARANTINE)


def _bring_back(folder: str, rows: QuerySet, field: str) -> None:
    """A dump was restored, and its rows want what was no file of theirs before it."""
    for aside in default_storage.set_aside_of(folder):
        for names in _pages(aside):
            wanted = [f"{folder}/{os.path.basename(name)}" for name in names]
            for name in _known(wanted, rows, field):
                default_storage.bring_back(name)


def _pages(folder: str) -> Iterator[list[str]]:
    """The names of the files in a folder, a thousand at a time."""
    try:
        entries = os.scandir(default_storage.path(folder))
    except FileNotFoundError:
        return
    with entries:
        names = (f"{folder}/{entry.name}" for entry in entries if entry.is_file())
        while page := list(islice(names, PAGE)):
            yield page


def _orphans(names: list[str], rows: QuerySet, field: str) -> list[str]:
    """Those of `names` that are old and that no row knows; one query."""
    known = _known(names, rows, field)
    old = time.time() - ORPHAN_AGE.total_seconds()
    return [name for name in names if name not in known and _written_at(name) < old]


def _known(names: list[str], rows: QuerySet, field: str) -> set[str]:
    """Those of `names` that a row knows."""
    # That none is "" the index of the field is for.
    found = rows.filter(**{f"{field}__in": names}).exclude(**{field: ""})
    return set(found.values_list(field, flat=True).order_by())


def _written_at(name: str) -> float:
    try:
        return os.stat(default_storage.path(name)).st_mtime
    except FileNotFoundError:  # deleted by its act meanwhile
        return time.time()


def _note(made: Installation, folder: str, wanted: int, total: int) -> None:
    """Write down, or take back, that the sweep of a folder did not dare."""
    before = made.held_sweeps.pop(folder, None)
    if wanted:
        made.held_sweeps[folder] = f"{wanted} of {total} files"
        wish = made.held_sweeps[folder]
        log.error("sweep of %s stopped: it would set aside %s", folder, wish)
    if made.held_sweeps.get(folder) != before:
        made.save(update_fields=["held_sweeps"])
