"""The database of production: its log, its limits, and a pooler before it."""

import os
import subprocess
import sys
from contextlib import contextmanager

import psycopg2
import pytest
from django.conf import settings

from ak1portal import database
from tests.ak1portal.deploy.clusters import Pooler
from tests.ak1portal.deploy.servers import DEPLOY

SECRET = "sri.contoh@rahasia.test"  # noqa: S105  an address that no log may hold

# What somebody does in a day, through whatever DATABASE_URL names.
A_DAY = """
from django.core.cache import cache
from django.test import Client
from applicants.models import Region, User
from django.db import connection, transaction

client = Client(headers={"host": "localhost"})
assert client.get("/").status_code == 200
signup = {"email": "pelamar@contoh.test", "password1": "kuning-sekali-2026"}
answer = client.post("/akun/daftar/", signup)
assert answer.status_code == 302, answer.status_code
client.force_login(User.objects.get(), "allauth.account.auth_backends."
    "AuthenticationBackend")
assert client.get("/saya/", follow=True).status_code == 200
assert sum(1 for _ in Region.objects.iterator(chunk_size=100)) > 80_000
with transaction.atomic():
    list(User.objects.select_for_update())
limits = []
for name in ("lock_timeout", "statement_timeout",
             "idle_in_transaction_session_timeout"):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        limits.append(cursor.fetchone()[0])
print(*limits)
"""


@pytest.fixture(scope="module")
def installed(cluster, tmp_path_factory):
    """The database as database.sql and migrate make it."""
    for _again in range(2):
        cluster.psql("-f", DEPLOY / "database.sql")
    # A migration that is cut after a millisecond would never get through.
    cluster.psql("-c", "ALTER ROLE ak1 IN DATABASE ak1 SET statement_timeout = 1")
    said = manage(cluster.url("ak1", "ak1"), "migrate", "-v0")
    assert said.stderr == ""
    return cluster


def manage(url, *words, check=True, **variables):
    """A command of the portal, on the database at `url`."""
    environment = {
        "PATH": os.environ["PATH"],
        "DEBUG": "1",
        "DATABASE_URL": url,
        "VAR_DIR": str(settings.VAR_DIR),
        **variables,
    }
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=environment,
        check=check,
        capture_output=True,
        text=True,
    )


@contextmanager
def session(cluster, user="ak1"):
    connection = psycopg2.connect(cluster.url("ak1", user))
    try:
        yield connection.cursor()
    finally:
        connection.close()


def test_the_limits_are_in_the_database_and_the_log_is_quiet(installed):
    with session(installed) as cursor:
        for name, value in (database.LIMITS | database.QUIET).items():
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (value,), name


def test_no_log_of_postgresql_holds_a_statement_or_a_row(installed):
    """A lock time-out, broken constraints, a cut statement, a mistake."""
    with session(installed) as holder, session(installed) as cursor:
        holder.execute("CREATE TEMPORARY TABLE other (x int)")
        holder.execute("LOCK TABLE applicants_user")
        with pytest.raises(psycopg2.errors.LockNotAvailable):
            cursor.execute(
                "INSERT INTO applicants_user (email, password) VALUES (%s, 'hash')",
                [SECRET],
            )
    faults = (
        "INSERT INTO applicants_region VALUES ('99', '{0}'), ('99', '{0}')",
        "INSERT INTO applicants_user (email) VALUES ('{0}')",
        "SET statement_timeout = 10; SELECT pg_sleep(1), '{0}'",
        "SELECT '{0}' FROM there_is_none",
        "DO $$ BEGIN RAISE WARNING 'nothing'; END $$; SELECT 1/0, '{0}'",
    )
    for fault in faults:
        with session(installed) as cursor, pytest.raises(psycopg2.Error):
            cursor.execute(fault.format(SECRET))

    log = installed.log()
    assert "canceling statement due to lock timeout" in log
    assert "violates not-null constraint" in log
    assert SECRET not in log
    assert "INSERT" not in log


def test_a_role_without_the_quiet_settings_is_told_to_set_them(cluster):
    cluster.psql("-c", "CREATE ROLE biasa LOGIN")
    cluster.psql("-c", "CREATE DATABASE biasa OWNER biasa")

    said = manage(cluster.url("biasa", "biasa"), "migrate", "office", "zero", "-v0")

    assert "log_min_error_statement" in said.stderr
    assert "ak1portal/deploy/database.sql" in said.stderr


def test_a_day_goes_through_a_pooler_in_transaction_mode(installed, tmp_path):
    pooler = Pooler(tmp_path, installed, name="ak1", user="ak1")
    try:
        direct = {"DIRECT_DATABASE_URL": installed.url("ak1", "ak1")}
        refused = manage(pooler.url, "migrate", "-v0", check=False)
        manage(pooler.url, "migrate", "-v0", **direct)
        manage(pooler.url, "createcachetable")
        manage(pooler.url, "load_reference")
        manage(pooler.url, "join_files", "--yes")
        manage(pooler.url, "check_invariants", **direct)
        manage(pooler.url, "work", "--once")
        day = manage(pooler.url, "shell", "-v0", "-c", A_DAY, check=False)
    finally:
        pooler.stop()

    assert "set DIRECT_DATABASE_URL to PostgreSQL itself" in refused.stderr
    assert day.returncode == 0, day.stderr
    assert day.stdout.split() == ["3s", "15s", "30s"]
