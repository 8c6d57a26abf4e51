"""How long the search box takes among a million people."""

import json
import random
import statistics
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from ak1portal.demo_office import LAST, MEN, WOMEN
from applicants.models import nik_index
from services.office.models import Office
from services.review import search

# Made up, as everybody here: words of names and how they are put together.
SEED = """
INSERT INTO applicants_applicant (id, nik_sealed, nik_index, name, birth_place,
    birth_date, sex, marital_status, religion, phone, disability, street, rt, rw,
    postal_code, has_no_training, has_no_language, has_no_experience, wanted_job,
    wanted_job_group, wanted_places, created_at, changed_at)
SELECT gen_random_uuid(), '', sha256(i::text::bytea),
    (%(first)s::text[])[1 + mod(i * 7919, %(firsts)s)] || ' '
    || (%(last)s::text[])[1 + mod(i * 104729, %(lasts)s)] || ' '
    || chr(65 + mod(i, 26)::int) || chr(97 + mod(i / 26, 26)::int)
    || chr(97 + mod(i / 676, 26)::int),
    'Contoh', DATE '1970-01-01' + mod(i * 31, 13000)::int, 'P', '', '', '',
    '', '', '', '', '', false, false, false, '', '', '[]', now(), now()
FROM generate_series(1::bigint, %(people)s) AS i
"""
APPLY = """
INSERT INTO issuance_application (id, token, applicant_id, office_id, kind, status,
    receipt, created_at, due_at, submitted_at)
SELECT gen_random_uuid(), 'bench' || lpad(n::text, 21, '0'), id, %(office)s, 'new',
    'withdrawn', format('B%%s-%%s-%%s', substr(r, 1, 2), substr(r, 3, 4),
    substr(r, 7, 3)), now(), now(), now()
FROM (SELECT id, n, lpad(n::text, 9, '0') AS r FROM (
    SELECT id, row_number() OVER () AS n FROM applicants_applicant WHERE nik_sealed = ''
) AS numbered) AS everybody
"""


class Command(BaseCommand):
    help = "Seed --people, search in every way, print p50/p95/max; leaves nothing."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=1_000_000)
        parser.add_argument("--repeat", type=int, default=40)

    def handle(self, *, people, repeat, **options):
        if not settings.DEBUG:
            raise CommandError("It fills the database for a while: only with DEBUG on.")
        with transaction.atomic():
            office = Office.objects.create(
                region_code="9999", government="Contoh", name="Contoh", city="Contoh"
            )
            seconds = self._seed(people, office)
            figures = self._measure(office, repeat)
            transaction.set_rollback(True)
        everything = [t for times in figures.values() for t in times]
        self.stdout.write(
            json.dumps(
                {
                    "people": people,
                    "seeded_in_s": round(seconds, 1),
                    "p95_ms": _percentile(everything),
                    "ways": {
                        way: {
                            "p50_ms": round(statistics.median(times), 1),
                            "p95_ms": _percentile(times),
                            "max_ms": round(max(times), 1),
                        }
                        for way, times in figures.items()
                    },
                },
                indent=2,
            )
        )

    def _seed(self, people, office) -> float:
        begun = time.monotonic()
        first, last = [*WOMEN, *MEN], LAST
        words = {"first": first, "last": last}
        counts = {"firsts": len(first), "lasts": len(last), "people": people}
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(SEED, words | counts)
            cursor.execute(APPLY, {"office": office.pk})
            cursor.execute("ANALYZE applicants_applicant")
            cursor.execute("ANALYZE issuance_application")
            cursor.execute(
                "SELECT name, birth_date, receipt FROM applicants_applicant a"
                " JOIN issuance_application p ON p.applicant_id = a.id"
                " WHERE nik_sealed = '' LIMIT 2000 OFFSET %s",
                [people // 2],
            )
            self.people = cursor.fetchall()
        return time.monotonic() - begun

    def _measure(self, office, repeat) -> dict:
        choose = random.Random(1)  # noqa: S311
        ways = {
            "whole name": lambda p: p[0],
            "words in another order": lambda p: " ".join(reversed(p[0].split())),
            "one common first name": lambda p: p[0].split()[0],
            "two letters": lambda p: p[0][:2],
            "beginnings": lambda p: " ".join(word[:3] for word in p[0].split()[:2]),
            "name and birth date": lambda p: f"{p[0].split()[0]} {p[1]:%d-%m-%Y}",
            "birth date": lambda p: f"{p[1]:%d-%m-%Y}",
            "receipt": lambda p: p[2],
            "NIK": lambda p: f"9999{choose.randrange(10**12):012}",
            "card number": lambda p: f"9999 {choose.randrange(10**6):06} 221126",
            "nobody": lambda p: "Xyzzy Qwrtz",
        }
        nik_index("0" * 16)
        figures = {}
        for way, typed in ways.items():
            search.find(typed(self.people[0]), office)
            figures[way] = [
                _milliseconds(typed(choose.choice(self.people)), office)
                for _ in range(repeat)
            ]
        return figures


def _milliseconds(typed, office) -> float:
    begun = time.perf_counter()
    search.find(typed, office)
    return (time.perf_counter() - begun) * 1000


def _percentile(times) -> float:
    return round(statistics.quantiles(times, n=20)[-1], 1)
