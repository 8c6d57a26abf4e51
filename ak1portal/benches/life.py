"""From the supervisor's press to the printable file: the real acts, measured.

An office of its own is opened, people ask it for cards and their cards are made, all
in one transaction and one folder that are both thrown away.
"""

import os
import tempfile
import time
from contextlib import contextmanager
from unittest import mock
from uuid import uuid4

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from ak1portal import sealed
from ak1portal.demo.lives import DemoLives
from applicants.models import Region
from services.cardpress import pdf
from services.issuance import actions_cards, chores
from services.issuance.drawing import draw
from services.issuance.models import Card
from services.office import actions as offices
from services.office.models import Office, Role
from services.printing import actions as printing
from services.printing.chores import assemble_run

# Nobody of the demo has such a number.
FIRST_PERSON = 1_000_000


def end_to_end(count: int) -> dict:
    """Milliseconds, statements and waits for the disk per card, of each part."""
    with _thrown_away():
        office, head = _office()
        cards = _waiting(office, count)
        parts = {
            "authorise": _measured(
                lambda: actions_cards.authorise_many(cards, officer=head), count
            )
        }
        # A worker that has drawn before: the typeface is read once in its life.
        draw(office.cards.first())
        forms = pdf.blank.cache_info().misses
        parts["finish"] = _measured(_finish_all, count)
        forms = pdf.blank.cache_info().misses - forms
        run = printing.print_cards(cards, officer=head, key=uuid4())
        parts["assemble"] = _measured(assemble_run, count)
        run.refresh_from_db()
        done = Card.objects.filter(office=office, finished_at__isnull=False).count()
    return {
        "cards": count,
        "finished": done,
        "forms": forms,
        "file": bool(run.ready_at),
        **parts,
        "ms_per_card": round(sum(part["ms"] for part in parts.values()), 1),
        "cpu_ms_per_card": round(sum(part["cpu_ms"] for part in parts.values()), 1),
    }


@contextmanager
def _thrown_away():
    """Neither row nor file is left of what happens inside."""
    root = default_storage.location
    os.makedirs(root, mode=0o700, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=root, prefix="bench-") as folder,
        mock.patch.object(default_storage, "location", folder),
        transaction.atomic(),
    ):
        # Where no mark is, nothing is written.
        default_storage.write_plain({sealed.MARK: b""})
        yield
        transaction.set_rollback(True)


def _office():
    taken = Office.objects.values("region_code")
    free = Region.objects.filter(pk__regex=r"^\d{4}$").exclude(pk__in=taken)
    office = offices.open_office(
        region_code=free.order_by("pk")[0].pk,
        government="PEMERINTAH KABUPATEN CONTOH",
        name="DINAS KETENAGAKERJAAN",
        address="Jl. Contoh No. 1",
        city="Contoh",
        signer_name="Sri Contoh, S.Sos.",
        signer_nip="197001011990012001",
    )
    head = offices.add_officer(
        office,
        by=None,
        email="pengantar@bench.ak1.test",
        name="Sri Contoh",
        role=Role.SUPERVISOR,
    )
    return office, head


def _waiting(office, count) -> list[Card]:
    """Cards that wait to be authorised, each asked for and approved."""
    clerks = tuple(
        offices.add_officer(
            office,
            by=None,
            email=f"petugas{number}@bench.ak1.test",
            name=f"Petugas Contoh {word}",
            role=Role.OFFICER,
        )
        for number, word in enumerate(("Satu", "Dua"))
    )
    lives = _Waiting(
        office=office,
        officers=clerks,
        supervisor=None,
        now=timezone.localtime(),
        count=FIRST_PERSON + count,
        seed=uuid4().int,
    )
    for number in range(FIRST_PERSON, FIRST_PERSON + count):
        lives.until_printing(number)
    return list(office.cards.order_by("serial"))


class _Waiting(DemoLives):
    """Everybody's card waits for the supervisor."""

    def _stage(self, number):
        return "to authorise"


def _finish_all():
    while chores.finish_card():
        pass


def _measured(act, count: int) -> dict:
    """Per card: wall and CPU milliseconds, of which drawing; statements; disk waits."""
    seen = {"statements": 0, "syncs": 0, "drawing": 0.0}
    sync = os.fsync

    def drawing(card):
        begun = time.perf_counter()
        page = draw(card)
        seen["drawing"] += time.perf_counter() - begun
        return page

    def syncing(file):
        seen["syncs"] += 1
        sync(file)

    def asking(execute, *asked):
        seen["statements"] += 1
        return execute(*asked)

    with (
        mock.patch.object(chores, "draw", drawing),
        mock.patch.object(sealed.os, "fsync", syncing),
        connection.execute_wrapper(asking),
    ):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {
        "ms": round(wall * 1000 / count, 2),
        "cpu_ms": round(cpu * 1000 / count, 2),
        "drawing_ms": round(seen["drawing"] * 1000 / count, 2),
        "statements": round(seen["statements"] / count, 2),
        "syncs": round(seen["syncs"] / count, 2),
    }
