"""Many rows like one: how the benches fill a database with a million of something."""

from django.db import connection
from django.db.models import Model


def multiply(row: Model, numbers: tuple[int, int], **changed: str) -> None:
    """Insert copies of the saved `row`, one for each number of the range `numbers`.

    `changed` are SQL expressions of `n` for the columns that differ; every other column
    is copied, so that a new one needs nothing here.
    """
    columns = {
        field.column: connection.ops.quote_name(field.column)
        for field in row._meta.concrete_fields
        if not field.generated
    }
    if unknown := changed.keys() - columns.keys():
        raise ValueError(f"No such columns: {', '.join(unknown)}")
    chosen = columns | changed
    if row._meta.auto_field and row._meta.auto_field.column not in changed:
        chosen.pop(row._meta.auto_field.column)
    table = connection.ops.quote_name(row._meta.db_table)
    first, last = numbers
    names = ", ".join(columns[name] for name in chosen)
    values = ", ".join(chosen.values()).replace("%", "%%")
    with connection.cursor() as cursor:
        # Names and expressions are the code's own; what is counted is a parameter.
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table},"  # noqa: S608
            f" generate_series(%s::bigint, %s) AS n WHERE {table}.id = %s",
            [first, last, row.pk],
        )


def tidy(*models: type[Model]) -> None:
    """Give back the disk of rows that were rolled back; not inside a transaction."""
    if not connection.in_atomic_block:
        tables = ", ".join(model._meta.db_table for model in models)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute(f"VACUUM (ANALYZE) {tables}")
            cursor.execute("RESET statement_timeout")
