"""A past for the benches: as many handed-over cards as asked for, copied in one go.

Each is a copy of one card of the demo, with its person, application, print run and
print; nothing of it is meant to be kept, so whoever calls rolls the transaction back.
"""

from django.db import connection

from ak1portal.benches.many import multiply
from applicants.models import Applicant
from services.issuance.models import Application, Card
from services.printing.models import Print, PrintRun

# Columns that differ from the copied row, in SQL; what stands in {} is told.
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

TOLD = {"uuid": "md5('past' || n)::uuid", "token": "left(md5('token' || n), 26)"}
# What a past is made of.
MODELS = (Applicant, Application, Card, PrintRun, Print)


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
            told = TOLD | {"table": row._meta.db_table, "by": card.approved_by_id}
            changed = {key: sql.format(**told) for key, sql in columns.items()}
            multiply(row, (1, count), **changed)
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
