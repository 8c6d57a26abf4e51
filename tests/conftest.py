"""What every test stands on: the real database with the real regions."""

import gc
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import settings as hypothesis_settings

from ak1portal import installation
from ak1portal.models import Installation
from applicants import regions
from tests.files import INSTALLATION, marked

# What every test finds: the regions, and an installation that the test files belong to.
KEPT = ("applicants_region", "portal_installation", "portal_canary")

# What was imported stays, and a test makes little rubbish: looking for it in both cost
# a twelfth of the whole suite.
gc.freeze()
gc.set_threshold(200_000, 50, 50)

# The machines are shared: a slow example is no failing one.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)
        regions.load(connection)
        Installation.objects.create(pk=INSTALLATION)
        installation.remember_keys()
        _keep_some_tables_when_flushing()
    yield
    # A browser that was closed may have left a request half answered.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _keep_some_tables_when_flushing():
    """Tests that really commit empty the tables afterwards; some may stay.

    The tables that are only added to refuse that, as they do everywhere. Here, and only
    here, their triggers look away for the moment of it.
    """
    flush = DatabaseOperations.sql_flush
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s",
            ["never_emptied"],
        )
        guarded = [table for (table,) in cursor.fetchall()]

    def sql_flush(self, style, tables, **options):
        others = [table for table in tables if table not in KEPT]
        return [
            *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in guarded),
            *flush(self, style, others, **options),
            *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in guarded),
        ]

    DatabaseOperations.sql_flush = sql_flush


@pytest.fixture(autouse=True)
def no_second_thoughts(settings):
    """A decision has its effect at once; tests of taking it back set their own time."""
    settings.UNDO_SECONDS = 0


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Each test writes its files and its mail into its own folder."""
    settings.VAR_DIR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "ak1portal.sealed.SealedStorage",
            "OPTIONS": {"location": marked(tmp_path / "files")},
        },
    }
    yield
    shutil.rmtree(Path(tmp_path) / "files", ignore_errors=True)
