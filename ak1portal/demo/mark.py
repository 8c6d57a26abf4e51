"""How the demo knows what it made: by a mark in the folder and in the database.

Without its mark nothing is ever dropped. This module imports no Django: `manage.py`
asks it which settings a command is meant for.
"""

import hashlib
import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

# Where one of these is set, an office is at work: there is no demo. (DATABASE_URL may
# name a server for the demo; the mark in the database then says whose it is.)
PRODUCTION = (
    *("SECRET_KEY", "DATA_KEYS", "INDEX_KEY", "CARD_KEYS"),
    *("ALLOWED_HOSTS", "PUBLIC_URL"),
)
FILE = "demo.json"
TABLE = "demo_mark"


@dataclass(frozen=True)
class Mark:
    """Who made it: one id for a folder and its database, and the demo's version.

    `database` is the hash of the address of its database, "" for the embedded one.
    """

    id: str
    version: str
    database: str


def new_mark(version: str) -> Mark:
    return Mark(uuid.uuid4().hex, version, database_named(os.environ))


def database_named(environment: Mapping[str, str]) -> str:
    """What a mark keeps of DATABASE_URL, which may hold a password."""
    url = environment.get("DATABASE_URL", "")
    return hashlib.sha256(url.encode()).hexdigest() if url else ""


def production_variables(environment: Mapping[str, str]) -> list[str]:
    return [name for name in PRODUCTION if environment.get(name)]


def is_for_the_demo(environment: Mapping[str, str], folder: Path) -> bool:
    """Whether a command in `folder` can only mean the demo.

    The folder bears the demo's mark, its database is the one that is named, and no
    variable says otherwise.
    """
    if "DEBUG" in environment or production_variables(environment):
        return False
    mark = in_folder(folder)
    return mark is not None and mark.database == database_named(environment)


def in_folder(folder: Path) -> Mark | None:
    """The mark of the demo in `folder`; None without one that can be read."""
    try:
        return Mark(**json.loads((folder / FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def put_in_folder(mark: Mark, folder: Path) -> None:
    (folder / FILE).write_text(json.dumps(asdict(mark)))


def in_database(cursor) -> tuple[str, bool] | None:
    """The id of the demo that made this database, and whether it came to the end."""
    cursor.execute("SELECT to_regclass(%s)", [TABLE])
    if cursor.fetchone()[0] is None:
        return None
    cursor.execute(f"SELECT id, is_complete FROM {TABLE}")  # noqa: S608  our own name
    return cursor.fetchone()


def put_in_database(mark: Mark, cursor) -> None:
    cursor.execute(
        f"CREATE TABLE {TABLE} (id text NOT NULL, is_complete bool NOT NULL)"
    )
    cursor.execute(f"INSERT INTO {TABLE} VALUES (%s, false)", [mark.id])  # noqa: S608


def complete(cursor) -> None:
    """The office is filled: the next start keeps it."""
    cursor.execute(f"UPDATE {TABLE} SET is_complete = true")  # noqa: S608
