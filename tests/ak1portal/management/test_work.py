"""The worker: what is due gets done, by one worker only, and it stops when asked."""

import os
import signal
import smtplib
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from ak1portal.management.commands.work import WAITING, Command
from applicants.models import DocumentPage
from services.issuance.models import Letter
from services.issuance.workflow import Status
from services.office.models import Heartbeat
from tests import factories
from tests.servers import url_of_this_database

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.django_db


def work():
    call_command("work", once=True)


@pytest.fixture
def dead_mail_server(settings):
    """A port on which nobody answers: held, but never listened on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "ak1portal.mail.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = held.getsockname()
        yield


def test_once_sends_every_letter_that_is_due_and_each_once():
    for _time in range(3):
        factories.application(Status.SUBMITTED)

    work()
    work()

    assert sorted(one.to[0] for one in mail.outbox) == sorted(
        Letter.objects.values_list("to", flat=True)
    )
    assert Letter.objects.filter(sent_at=None).count() == 0


def test_a_letter_arrives_as_it_was_written():
    factories.application(Status.SUBMITTED)

    work()

    letter, sent = Letter.objects.get(), mail.outbox[0]
    assert (sent.subject, sent.body, sent.to) == (
        letter.subject,
        letter.body,
        [letter.to],
    )
    assert (letter.attempts, letter.last_error) == (1, "")


def test_a_letter_whose_time_has_not_come_waits():
    factories.application(Status.SUBMITTED)
    Letter.objects.update(try_at=timezone.now() + timedelta(minutes=1))

    work()

    assert mail.outbox == []
    assert Letter.objects.get().attempts == 0


def test_a_letter_that_fails_is_tried_later_and_later_and_five_times(
    settings, time_machine
):
    """F13: then it is given up and seen by staff."""
    settings.EMAIL_BACKEND = f"{__name__}.PoisonBackend"
    factories.application(Status.SUBMITTED)
    now = Letter.objects.get().try_at
    waits = []

    for _try in range(7):
        time_machine.move_to(now, tick=False)
        work()
        letter = Letter.objects.get()
        waits.append(round((letter.try_at - now).total_seconds() / 60))
        now = letter.try_at

    assert waits == [2, 4, 8, 16, 32, 0, 0]
    assert (letter.attempts, letter.sent_at) == (5, None)
    assert letter.last_error == "SMTPDataError"


def test_a_letter_that_failed_is_not_tried_again_at_once(dead_mail_server):
    factories.application(Status.SUBMITTED)

    work()
    work()

    letter = Letter.objects.get()
    assert (letter.attempts, letter.last_error) == (0, "ConnectionRefusedError")
    assert letter.try_at > timezone.now()


def test_a_letter_that_failed_arrives_when_the_server_is_back(settings, time_machine):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    factories.application(Status.SUBMITTED)
    work()
    assert Letter.objects.get().last_error == "SMTPServerDisconnected"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    time_machine.move_to(timezone.now() + timedelta(minutes=6))

    work()

    letter = Letter.objects.get()
    assert letter.sent_at
    assert (letter.attempts, letter.last_error) == (1, "")


class PoisonBackend:
    """A mail server that will not have this message."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPDataError(554, b"no")


class RefusingBackend:
    """A mail server that hangs up."""

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("to somebody@contoh.test")


def test_one_letter_that_fails_does_not_hold_up_the_others(settings):
    settings.EMAIL_BACKEND = f"{__name__}.FirstRefusingBackend"
    first, second = (factories.application(Status.SUBMITTED) for _time in range(2))

    work()

    assert first.letters.get().sent_at is None
    assert second.letters.get().sent_at


class FirstRefusingBackend(RefusingBackend):
    """A mail server that does not know the first person it is asked about."""

    def send_messages(self, messages):
        if messages[0].to == [Letter.objects.earliest("pk").to]:
            raise smtplib.SMTPRecipientsRefused({})


def test_the_reason_in_the_row_names_nobody(settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    factories.application(Status.SUBMITTED)

    work()

    assert "@" not in Letter.objects.get().last_error


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_another_worker_holds_is_passed_over():
    first, second = (factories.application(Status.SUBMITTED) for _time in range(2))
    held, let_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(Letter.objects.select_for_update().filter(application=first))
            held.set()
            let_go.wait(timeout=20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(timeout=5)
    try:
        work()
        sent = [one.to for one in mail.outbox]
    finally:
        let_go.set()
        holder.join()

    assert sent == [[second.applicant.user.email]]
    assert first.letters.get().attempts == 0


def test_a_round_leaves_a_sign_of_life(client):
    before = client.get(reverse("healthz")).json()["worker"]

    work()

    assert before == "failing"
    assert client.get(reverse("healthz")).json()["worker"] == "ok"
    assert Heartbeat.objects.get().worker.endswith(f":{os.getpid()}")


def test_the_signs_of_killed_workers_are_forgotten_after_a_day():
    now = timezone.now()
    for worker, hours in (("killed:1", 25), ("late:2", 23)):
        seen = now - timedelta(hours=hours)
        Heartbeat.objects.create(worker=worker, seen_at=seen)

    work()

    left = set(Heartbeat.objects.values_list("worker", flat=True))
    assert "killed:1" not in left
    assert "late:2" in left


def test_pictures_that_nothing_points_at_are_swept_a_day_later():
    application = factories.application(Status.APPROVED)
    card = application.card
    wanted = {card.photo_file, *DocumentPage.objects.values_list("file", flat=True)}
    orphans = {
        default_storage.write(f"{folder}/orphan.jpg", b"x")
        for folder in ("documents", "cards")
    }
    old = time.time() - timedelta(days=2).total_seconds()
    for name in wanted | orphans:
        os.utime(default_storage.path(name), (old, old))

    work()

    there = {name for name in wanted | orphans if default_storage.exists(name)}
    assert there == wanted


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_cannot_reach_its_rows_says_so_and_waits(capsys):
    """Somebody holds the whole table: for this worker the database is away."""
    factories.application(Status.SUBMITTED)
    held, let_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE issuance_letter IN ACCESS EXCLUSIVE MODE")
            held.set()
            let_go.wait(timeout=20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(timeout=5)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    try:
        work()
    finally:
        let_go.set()
        holder.join()
        connection.close()

    assert capsys.readouterr().err == f"{WAITING}: OperationalError\n"
    work()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_at_work_stops_cleanly_when_it_is_asked_to(sign, tmp_path):
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "work"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DEBUG": "1",
            "DATABASE_URL": url_of_this_database(),
            "VAR_DIR": str(tmp_path),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(Heartbeat.objects.exists)
        factories.application(Status.SUBMITTED)
        wait_until(lambda: Letter.objects.get().sent_at)
        worker.send_signal(sign)
        _output, errors = worker.communicate(timeout=5)
    finally:
        worker.kill()
        worker.wait()

    assert (worker.returncode, errors) == (0, "")
    assert not Heartbeat.objects.exists()
    (letter,) = (tmp_path / "mail").iterdir()
    assert Letter.objects.get().to in letter.read_text()


def wait_until(is_so, seconds=20):
    """Ask again until it is so: another process takes its own time."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "It never became so."
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")


def test_a_trouble_is_said_once_and_once_that_it_is_over(capsys):
    worker = Command()
    worker.troubles = {}

    fails = iter((True, True, False, True))

    def draw():
        if next(fails):
            raise OSError("/var/lib/ak1/files is full")
        return True

    for _round in range(4):
        worker._do(draw)

    assert capsys.readouterr().err == ("draw: OSError\ndraw: over\ndraw: OSError\n")
