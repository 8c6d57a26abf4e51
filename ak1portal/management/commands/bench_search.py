"""How long the search box takes among a million people."""

import json
import random
import statistics
import time
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from ak1portal.benches.many import multiply, tidy
from ak1portal.demo.words import LAST, MEN, WOMEN
from applicants.models import Applicant, nik_index
from services.issuance.models import Application
from services.issuance.workflow import Status
from services.office.models import Office
from services.review import search

# Made up, as everybody here: how the words of a name are put together.
NAME = """
(%(first)s::text[])[1 + mod(n * 7919, %(firsts)s)] || ' '
|| (%(last)s::text[])[1 + mod(n * 104729, %(lasts)s)] || ' '
|| chr(65 + mod(n, 26)::int) || chr(97 + mod(n / 26, 26)::int)
|| chr(97 + mod(n / 676, 26)::int)
"""
# The same for a person and for what belongs to them.
ID = "md5('{}' || n)::uuid"


class Command(BaseCommand):
    help = "Seed --people, search in every way, print p50/p95/max; leaves nothing."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=1_000_000)
        parser.add_argument("--repeat", type=int, default=40)

    def handle(self, *, people, repeat, **options):
        if not settings.DEVELOPMENT:
            raise CommandError("It fills the database for a while: only with DEBUG on.")
        with transaction.atomic():
            office = Office.objects.create(
                region_code="9999", government="Contoh", name="Contoh", city="Contoh"
            )
            seconds = self._seed(people, office)
            figures = self._measure(office, repeat)
            transaction.set_rollback(True)
        tidy(Applicant, Application)
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
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            one = Applicant(
                name="Contoh",
                birth_place="Contoh",
                birth_date=date(1970, 1, 1),
                sex="P",
            )
            one.save()
            words = {"first": [*WOMEN, *MEN], "last": LAST}
            words |= {f"{name}s": len(each) for name, each in words.items()}
            multiply(
                one,
                (1, people),
                id=ID.format("person"),
                nik_index="sha256(n::text::bytea)",
                name=cursor.mogrify(NAME, words).decode(),
                birth_date="DATE '1970-01-01' + mod(n * 31, 13000)::int",
            )
            asked = Application(
                applicant=one,
                office=office,
                status=Status.WITHDRAWN,
                receipt="B00-0000-000",
                due_at=timezone.now(),
            )
            asked.save()
            digits = "lpad(n::text, 9, '0')"
            multiply(
                asked,
                (1, people),
                id=ID.format("application"),
                applicant_id=ID.format("person"),
                token="'bench' || lpad(n::text, 21, '0')",  # noqa: S106  of nobody
                receipt=f"format('B%s-%s-%s', substr({digits}, 1, 2),"
                f" substr({digits}, 3, 4), substr({digits}, 7, 3))",
            )
            cursor.execute("ANALYZE applicants_applicant, issuance_application")
        sample = Application.objects.filter(office=office).exclude(pk=asked.pk)
        self.people = sample.values_list(
            "applicant__name", "applicant__birth_date", "receipt"
        )[people // 2 :][:2000]
        self.people = list(self.people)
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
