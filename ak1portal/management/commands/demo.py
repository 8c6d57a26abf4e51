"""One command from nothing to a running office."""

import os
import signal
import socket
import subprocess  # noqa: S404
import sys
import threading
import time
import urllib.request

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.urls import reverse

from ak1portal import installation
from ak1portal.demo import ground, mark
from ak1portal.demo.hands import hands, in_a_hurry
from ak1portal.demo.lock import DemoLock
from ak1portal.demo.office import DemoOffice
from applicants import regions
from applicants.models import User
from services.hall.models import HallRule
from services.issuance.models import Card

# One for each core: any number may run.
WORKERS = os.cpu_count() or 1
SIGN_INS = ("pelamar", "petugas", "pengantar", "auditor", "admin")


class Command(BaseCommand):
    help = (
        "Fill a demo office and serve it until Ctrl-C. A second start keeps the data."
    )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="Begin again.")
        parser.add_argument("--password", default="kuning-sekali-2026")
        parser.add_argument("--people", type=int, default=300)
        parser.add_argument(
            "--prepare", action="store_true", help="Fill the office and do not serve."
        )

    def handle(self, *, port, reset, password, people, prepare, **options):
        ground.refuse_beside_real_data()
        started = time.monotonic()
        # What the QR of a demo card says must lead to this server.
        settings.PUBLIC_URL = f"http://127.0.0.1:{port}"
        # A closed terminal and a polite kill end it as cleanly as Ctrl-C.
        for name in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.default_int_handler)
        try:
            if not prepare:
                _refuse_a_port_in_use(port)
            with DemoLock(settings.VAR_DIR) as self.lock:
                self._open(password, people, reset)
                if not prepare:
                    self._serve(port, password, started)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _open(self, password, people, reset):
        """The office is filled, and stays so for as long as the lock is held."""
        if self.lock.is_alone():
            self._prepare(password, people, reset)
        elif reset:
            raise CommandError(
                f"A demo is running in {settings.VAR_DIR}. Stop it, then reset it."
            )
        if not self.lock.is_shared():
            raise CommandError(
                f"Another demo is filling {settings.VAR_DIR}. Try again when it is"
                " open."
            )
        self._change_password(password)

    def _prepare(self, password, people, reset):
        found = ground.whose()
        if found and reset:
            ground.forget()
        elif found:
            ground.refuse_another_version(*found)
            return
        self.stdout.write("Preparing the database …")
        with connection.cursor() as cursor:
            own = mark.new_mark(ground.version())
            mark.put_in_folder(own, settings.VAR_DIR)
            mark.put_in_database(own, cursor)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        regions.load(connection)
        installation.begin()
        self.stdout.write(f"Filling the office with {people} invented people …")
        in_a_hurry()
        with hands(settings.PUBLIC_URL) as pool:
            DemoOffice(password=password, people_count=people, each=pool.map).build()
        with connection.cursor() as cursor:
            mark.complete(cursor)

    def _change_password(self, password):
        """The password that is printed is the one that works."""
        for user in User.objects.filter(email__in=map(_address, SIGN_INS)):
            if not user.check_password(password):
                user.set_password(password)
                user.save()

    def _serve(self, port, password, started):
        environment = {
            **os.environ,
            "DEBUG": "1",
            "PUBLIC_URL": settings.PUBLIC_URL,
            "PYTHONUNBUFFERED": "1",
        }
        # Their own sessions: Ctrl-C reaches us alone, and we stop them in order. They
        # hold the lock as well, should we be killed and they live on.
        children = [
            subprocess.Popen(  # noqa: S603
                command,
                env=environment,
                start_new_session=True,
                pass_fds=[self.lock.file.fileno()],
            )
            for command in (_web(port), *[_worker()] * WORKERS)
        ]
        stopped = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, lambda *args: stopped.set())
        try:
            self._wait_until_ready(port, children, stopped)
            if not stopped.is_set():
                self._say(port, password, time.monotonic() - started)
            while not stopped.wait(0.5):
                if any(child.poll() is not None for child in children):
                    raise CommandError(
                        "The web server or the worker stopped by itself."
                    )
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait(timeout=30)
            self.stdout.write("Stopped.")

    def _wait_until_ready(self, port, children, stopped):
        for _try in range(300):
            if stopped.is_set():
                return
            if any(child.poll() is not None for child in children):
                raise CommandError(
                    f"Nothing serves port {port}. Is it in use? Try --port."
                )
            try:
                # Web and worker: whoever comes now is served.
                with urllib.request.urlopen(  # noqa: S310
                    f"http://127.0.0.1:{port}/healthz", timeout=5
                ):
                    return
            except OSError:
                stopped.wait(0.1)
        raise CommandError("The web server does not answer.")

    def _say(self, port, password, seconds):
        address = f"http://127.0.0.1:{port}"
        lines = [
            "",
            f"The office is open: {address}/   (ready after {seconds:.1f} s)",
            f"One printed card:   {address}{_one_card()}",
            f"Screen of the hall: {address}{_screen()}",
            f"Mail lands in:      {settings.VAR_DIR / 'mail'}",
            "",
            f"Sign in at {address}{reverse('account_login')} as",
            *(f"  {_address(name)}" for name in SIGN_INS),
            f"with the password   {password}",
            "",
            "Ctrl-C stops everything.",
        ]
        self.stdout.write("\n".join(lines))


def _one_card() -> str:
    """The public page of a card that was printed."""
    good = Card.objects.filter(voided_at=None, inactive_why="")
    card = good.filter(prints__isnull=False).first()
    if card is None:
        return reverse("verification:start")
    return reverse("verification:card", args=[card.token])


def _screen() -> str:
    """The screen that hangs in the hall."""
    rule = HallRule.objects.first()
    if rule is None:
        return reverse("hall:halls")
    return reverse("hall:screen", args=[rule.screen_token])


def _refuse_a_port_in_use(port):
    with socket.socket() as test:
        test.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            test.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(
                f"Port {port} is in use, perhaps by another demo. Try --port."
            ) from None


def _address(name) -> str:
    return f"{name}@demo.ak1.test"


def _web(port) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "ak1portal.wsgi",
        f"--bind=127.0.0.1:{port}",
        "--worker-class=gthread",
        "--workers=2",
        "--threads=4",
        "--log-level=warning",
    ]


def _worker() -> list[str]:
    return [sys.executable, "manage.py", "work"]
