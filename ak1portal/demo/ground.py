"""Whether there is room for the demo: nobody's data is touched but its own.

The demo begins again only with `--reset`, and only its own. Its folder and its database
bear one mark; without it, or with another version's, it says so and ends.
"""

import hashlib
import os
import shutil

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from ak1portal.demo import mark


def refuse_beside_real_data():
    """Before anything is looked at: no demo where an office is at work."""
    if found := mark.production_variables(os.environ):
        raise CommandError(
            "The demo never runs where production's variables are set, and"
            f" {', '.join(found)} is. Nothing was touched."
        )
    if not settings.DEVELOPMENT:
        raise CommandError("The demo runs with DEBUG on, never beside real data.")


def whose() -> tuple[mark.Mark, bool] | None:
    """The demo that made what is here, and whether it is complete; None for nothing.

    Raises CommandError for a database or files that the demo did not make.
    """
    with connection.cursor() as cursor:
        made = mark.in_database(cursor)
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v') AND NOT"
            " (starts_with(nspname, 'pg_') OR nspname = 'information_schema'))"
        )
        (is_used,) = cursor.fetchone()
    own = mark.in_folder(settings.VAR_DIR)
    if made and own and made[0] == own.id:
        return own, made[1]
    if is_used:
        raise CommandError(
            f"The database “{connection.settings_dict['NAME']}” holds what the demo in"
            f" {settings.VAR_DIR} did not make. Nothing was touched. Give the demo a"
            " folder and an empty database of its own (VAR_DIR, DATABASE_URL)."
        )
    if own is None and any(settings.FILES_DIR.glob("*")):
        raise CommandError(
            f"{settings.FILES_DIR} holds files that the demo did not make. Nothing was"
            " touched. Give the demo a folder of its own (VAR_DIR)."
        )
    return None


def refuse_another_version(found: mark.Mark, is_complete: bool):
    """An earlier start is only served when it is whole and of this version."""
    if found.version != version():
        raise CommandError(
            f"The demo in {settings.VAR_DIR} was made by another version of the portal."
            " Begin again with --reset: what was entered in it is then lost."
        )
    if not is_complete:
        raise CommandError(
            f"The demo in {settings.VAR_DIR} was stopped before its office was filled."
            " Begin again with --reset."
        )


def version() -> str:
    """What the shape of the data depends on: the migrations of the portal."""
    names = sorted(".".join(each) for each in MigrationLoader(None).disk_migrations)
    return hashlib.sha256(" ".join(names).encode()).hexdigest()[:12]


def forget():
    """Everything that this demo made, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    for folder in ("files", "mail", "static"):
        shutil.rmtree(settings.VAR_DIR / folder, ignore_errors=True)
