"""A past for the benches: as many handed-over cards as asked for, copied in one go.

Each is a copy of one card of the demo, with its person, application, print run and
print; nothing of it is meant to be kept, so whoever calls rolls the transaction back.
"""

from django.db import connection

from services.issuance.models import Card

# Columns that differ from the copied row; %(n)s and the like are filled by `_copy`.
AGO = "now() - interval '1 day' - n * interval '40 seconds'"
PEOPLE = {
    "id": "{uuid}",
    "user_id": "NULL",
    "name": "'Contoh Lama ' || n",
    "nik_proven_at": "NULL",
    "held_at": "NULL",
    "village_id": "(SELECT array_agg(code ORDER BY code) FROM villages)"
    "[1 + n % (SELECT count(*) FROM villages)]",
}
APPLICATIONS = {
    "id": "{uuid}",
    "applicant_id": "{uuid}",
    "token": "{token}",
    "receipt": "'B' || n",
    "submitted_at": AGO,
    "due_at": AGO,
    "decided_at": AGO,
    "lease_until": "NULL",
    "kind": "CASE WHEN n % 50 = 0 THEN 'renewal' ELSE 'new' END",
}
CARDS = {
    "id": "{uuid}",
    "application_id": "{uuid}",
    "token": "{token}",
    "year": "2000",
    "serial": "n",
    "number": "'BENCH ' || n",
    "holder_name": "'Contoh Lama ' || n",
    "code": "'BENCH' || n",
    "created_at": AGO,
    "authorised_at": AGO,
    "finished_at": AGO,
    "needs_print": "n % 100 = 1",
    "needs_hand_over": "FALSE",
    "voided_at": "CASE WHEN n % 100 = 0 THEN now() END",
    "voided_by_id": "CASE WHEN n % 100 = 0 THEN {by} END",
    "void_asked_at": "CASE WHEN n % 100 = 0 THEN now() END",
    "void_asked_by_id": "CASE WHEN n % 100 = 0 THEN {by} END",
    "void_reason": "CASE WHEN n % 100 = 0 THEN 'Contoh' ELSE '' END",
    # The withdrawn of the last two years are in the signed list.
    "expires_on": "CASE WHEN n % 1000 = 0 THEN {table}.expires_on"
    " ELSE {table}.issued_on + 1 END",
}
# A run for every card: more runs than any office has.
RUNS = {
    "id": "1000000000 + n",
    "token": "{token}",
    "key": "{uuid}",
    "at": AGO,
    "ready_at": AGO,
    "closed_at": AGO,
}
PRINTS = {
    "at": AGO,
    "id": "1000000000 + n",
    "run_id": "1000000000 + n",
    "card_id": "{uuid}",
    "position": "0",
    "outcome": "CASE WHEN n % 100 = 1 THEN 'spoiled' ELSE 'good' END",
    "outcome_reason": "CASE WHEN n % 100 = 1 THEN 'Contoh' ELSE '' END",
    "handed_over_at": f"CASE WHEN n % 100 <> 1 THEN {AGO} END",
}


def copy_past(card: Card, count: int) -> None:
    """`count` copies of a handed-over `card`; the statement time-out is lifted here."""
    entry = card.prints.filter(handed_over_at__isnull=False).latest("copy")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(
            "CREATE TEMPORARY TABLE villages ON COMMIT DROP AS SELECT code FROM"
            " applicants_region WHERE length(code) = 10 AND starts_with(code, %s)",
            [card.office.region_code],
        )
        for row, columns in (
            (card.application.applicant, PEOPLE),
            (card.application, APPLICATIONS),
            (card, CARDS),
            (entry.run, RUNS),
            (entry, PRINTS),
        ):
            _copy(cursor, row, columns, count, by=card.approved_by_id)
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


def _copy(cursor, row, columns, count, by) -> None:
    """Every column as in `row`, but for `columns`."""
    table = row._meta.db_table
    fields = [f.column for f in row._meta.concrete_fields if not f.generated]
    told = {
        "uuid": "md5('past' || n)::uuid",
        "token": "left(md5('token' || n), 26)",
        "table": table,
        "by": by,
    }
    values = [
        columns[column].format(**told) if column in columns else f'{table}."{column}"'
        for column in fields
    ]
    names = ", ".join(f'"{column}"' for column in fields)
    # Names and expressions are those above; nothing comes from outside.
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)}"  # noqa: S608
        f" FROM {table}, generate_series(1, {int(count)}) AS n"
        f" WHERE {table}.id = %s".replace("% ", "%% "),
        [row.pk],
    )
