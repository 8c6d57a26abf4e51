"""F14: an update in the middle of the day, on the real web server and its processes."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test.client import encode_multipart
from django.urls import reverse

from applicants.models import Document
from services.issuance.models import Card
from services.issuance.workflow import Status
from tests import factories
from tests.servers import free_port, url_of_this_database

ROOT = Path(__file__).parents[1]
CASES = 24
PHONES = 60
SESSIONS = 6
BOUNDARY = "restart"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def web(tmp_path):
    """gunicorn with two processes on the database of this test."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "ak1portal.wsgi"),
        *(f"--bind=127.0.0.1:{port}", "--worker-class=gthread"),
        *("--workers=2", "--threads=4", "--graceful-timeout=30"),
        *("--log-level=warning", "--preload"),
    ]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ak1portal.settings",
        "DEBUG": "1",
        "DATABASE_URL": url_of_this_database(),
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": settings.SECRET_KEY,
        "UNDO_SECONDS": "0",
    }
    server = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603
    try:
        _wait_for(port)
        yield server, port
    finally:
        server.terminate()
        server.wait(timeout=40)


def _wait_for(port):
    for _try in range(150):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)  # no event tells that a port is open
    pytest.fail("the web server does not start")


def _post(port, user, path, **form):
    """What a page of somebody who is signed in sends."""
    session = factories.signed_in(user).cookies["sessionid"].value

    def send():
        cookies = {"sessionid": session, "csrftoken": "c" * 32}
        return _ask(
            port, "POST", path, cookies, {"csrfmiddlewaretoken": "c" * 32, **form}
        )

    return send


def _ask(port, method, path, cookies, form=None):
    """One request; asked once more when the connection was cut, as a browser does."""
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
    if form:
        headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
    body = encode_multipart(BOUNDARY, form or {})
    for last_try in (False, True):
        try:
            asked = HTTPConnection("127.0.0.1", port, timeout=30)
            asked.request(method, path, body, headers)
            answer = asked.getresponse()
            answer.read()
            return answer.status
        except (OSError, HTTPException):
            if last_try:
                raise
            time.sleep(0.5)
        finally:
            asked.close()
    raise AssertionError


def _with_restarts(server, requests) -> list[int]:
    """What all these requests are answered, while everything is restarted twice."""
    begun = threading.Event()

    def run(send):
        begun.set()
        return send()

    with ThreadPoolExecutor(SESSIONS) as sessions:
        answers = sessions.map(run, requests)
        begun.wait(timeout=60)
        for _restart in range(2):
            server.send_signal(signal.SIGHUP)
            time.sleep(1)
        return list(answers)


def test_a_restart_in_the_middle_of_approvals_loses_none_and_shows_no_error(web):
    server, port = web
    officer = factories.officer()
    approvals = []
    for _case in range(CASES):
        case = factories.application(Status.IN_REVIEW, by=officer)
        path = reverse("review:approve", args=[case.token])
        facts = {"key": str(uuid.uuid4()), "name_agrees": "on"}
        approvals.append(_post(port, officer.user, path, **facts))

    met = _with_restarts(server, approvals)

    assert met == [302] * CASES
    assert sorted(Card.objects.values_list("serial", flat=True)) == list(
        range(1, CASES + 1)
    )


def test_a_restart_in_the_middle_of_uploads_loses_none_and_shows_no_error(web):
    server, port = web
    path = reverse("applicants:upload", args=["ktp"])
    uploads = []
    for _phone in range(PHONES):
        user = factories.bare_applicant().user
        file = SimpleUploadedFile("ktp.jpg", factories.picture(800, 500), "image/jpeg")
        uploads.append(_post(port, user, path, file=file))

    met = _with_restarts(server, uploads)

    assert met == [302] * PHONES
    sent = Document.objects.values_list("applicant", flat=True)
    assert sorted(sent) == sorted(set(sent))
    assert len(sent) == PHONES
    assert Document.objects.filter(pages=None).count() == 0
    # Every file is there and opens.
    call_command("check_invariants")


def test_the_web_server_drains_and_goes_within_thirty_seconds(web):
    server, port = web
    assert _ask(port, "GET", "/", {}) == 200

    begun = time.monotonic()
    server.terminate()
    server.wait(timeout=35)

    assert time.monotonic() - begun < 30
