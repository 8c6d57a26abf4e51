"""The regions of Indonesia: from the shipped list into the database, and how to walk.

The list is data/regions.csv.xz (data/README.md names source, decree and licence).
Codes are the Ministry of Home Affairs' without full stops: 2 digits are a province,
4 a regency or city, 6 a district, 10 a village, and the front of a code is its parent.
"""

import csv
import io
import lzma
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import transaction
from django.db.models.functions import Length
from psycopg2 import sql

LIST = Path(__file__).parent / "data" / "regions.csv.xz"

# How many digits the children of a code have, by the digits of the code itself; no
# code at all has the provinces.
CHILD_LENGTH = {0: 2, 2: 4, 4: 6, 6: 10}

_NEW = sql.SQL("CREATE TEMPORARY TABLE region_list (code text, name text)")
_COPY = "COPY region_list (code, name) FROM STDIN (FORMAT csv)"
_WRITE = sql.SQL(
    "INSERT INTO {table} AS known (code, name) SELECT code, name FROM region_list"
    " ON CONFLICT (code) DO UPDATE SET name = excluded.name"
    " WHERE known.name <> excluded.name"
)
_DROP = sql.SQL("DROP TABLE region_list")


def read() -> Iterator[tuple[str, str]]:
    """(code, name) of every region in the shipped list, in the order of codes."""
    with lzma.open(LIST, "rt", encoding="utf-8", newline="") as file:
        yield from map(tuple, csv.reader(file))


def load(connection) -> int:
    """Bring the table of regions up to the shipped list; the number of rows written.

    New regions are added and changed names changed, in one transaction. A region that
    left the list stays, because addresses point at it. Loading twice writes nothing.
    """
    table = sql.Identifier(apps.get_model("applicants", "Region")._meta.db_table)
    content = io.BytesIO(lzma.decompress(LIST.read_bytes()))
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        # 90,000 rows may take longer than a request; here, and through any pooler.
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(_NEW)
        cursor.copy_expert(_COPY, content)
        cursor.execute(_WRITE.format(table=table))
        written = cursor.rowcount
        cursor.execute(_DROP)
    return written


def children(code: str):
    """The regions directly below `code`, by name; below "" are the provinces.

    A village has none.
    """
    found = apps.get_model("applicants", "Region").objects.order_by("name")
    if len(code) not in CHILD_LENGTH:
        return found.none()
    return found.annotate(digits=Length("code")).filter(
        code__startswith=code, digits=CHILD_LENGTH[len(code)]
    )


def parent(code: str) -> str:
    """The code of the region that `code` lies in; a province lies in "" (Indonesia)."""
    return next(
        code[:above] for above, below in CHILD_LENGTH.items() if below == len(code)
    )


def lineage(code: str) -> list[str]:
    """`code` and everything it lies in, province first: what an address names."""
    return [code[:digits] for digits in CHILD_LENGTH.values() if digits <= len(code)]
