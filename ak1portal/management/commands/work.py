"""The worker: finds what is due in the rows and does it (each app's chores.py).

Any number may run, on any machine: a chore takes its row with SKIP LOCKED and holds it
while it works, so a killed worker's row is free at once.
"""

import os
import signal
import socket
import threading
import time

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, connection
from django.db.models.functions import Now

from ak1portal import installation
from ak1portal.chores import of_all_apps
from ak1portal.disk import DiskRefused

PAUSE_SECONDS = 1
BEAT_SECONDS = 10
HOUR = 3600
MOST_PATIENCE_SECONDS = 30
GONE = (DatabaseError, InterfaceError)
WAITING = "waiting for the database or the disk"


class Command(BaseCommand):
    help = "Do what is due, until stopped. With --once: until nothing is due."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true")

    def handle(self, *, once, **options):
        self.stopped = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *args: self.stopped.set())
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.is_proven, self.troubles, self.patience = False, {}, PAUSE_SECONDS
        modules = list(of_all_apps())
        self.beaten_at = self.tidied_at = -HOUR
        while not self.stopped.is_set():
            if not self._round(modules):
                if once:
                    return
                self.stopped.wait(PAUSE_SECONDS)
        self._sign_off()

    def _round(self, modules) -> bool:
        """One pass over all chores; whether any of them found something to do."""
        try:
            self._prove()
            self._beat()
            done = [self._do(chore) for m in modules for chore in m.ALWAYS]
            if time.monotonic() - self.tidied_at >= HOUR:
                for module in modules:
                    for chore in module.HOURLY:
                        self._do(chore)
                self.tidied_at = time.monotonic()
            self._is_fine(WAITING)
            self.patience = PAUSE_SECONDS
            return any(done)
        except (*GONE, DiskRefused) as error:
            # The database or the disk went away: say so without its words, and wait.
            self._is_wrong(WAITING, error)
            connection.close()
            self.patience = min(self.patience * 2, MOST_PATIENCE_SECONDS)
            self.stopped.wait(self.patience)
            return False

    def _is_wrong(self, what, error):
        """Say it once, until it is fine again: an outage fills no disk."""
        sentence = f"{what}: {type(error).__name__}"
        if self.troubles.get(what) != sentence:
            self.stderr.write(sentence)
        self.troubles[what] = sentence

    def _is_fine(self, what):
        if self.troubles.pop(what, None):
            self.stderr.write(f"{what}: over")

    def _prove(self):
        """Before the first row: are these the files and keys of this database?"""
        if not self.is_proven:
            installation.prove()
            self.is_proven = True

    def _do(self, chore) -> bool:
        """One chore; one that fails is named, and does not stop the others."""
        try:
            found = chore()
        except GONE:
            raise
        except Exception as error:
            self._is_wrong(chore.__name__, error)
            return False
        self._is_fine(chore.__name__)
        return found

    def _beat(self):
        if time.monotonic() - self.beaten_at < BEAT_SECONDS:
            return
        apps.get_model("office", "Heartbeat").objects.update_or_create(
            worker=self.name, defaults={"seen_at": Now()}
        )
        self.beaten_at = time.monotonic()

    def _sign_off(self):
        apps.get_model("office", "Heartbeat").objects.filter(worker=self.name).delete()
