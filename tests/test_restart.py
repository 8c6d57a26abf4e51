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
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import reverse

from services.issuance.models import Card
from services.issuance.workflow import Status
from tests import factories
from tests.servers import free_port, url_of_this_database

ROOT = Path(__file__).parents[1]
CASES = 24
SESSIONS = 6

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


def _ask(port, method, path, cookies, form=None):
    """One request; asked once more when the connection was cut, as a browser does."""
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    for last_try in (False, True):
        try:
            asked = HTTPConnection("127.0.0.1", port, timeout=30)
            asked.request(method, path, urlencode(form or {}), headers)
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


def test_a_restart_in_the_middle_of_approvals_loses_none_and_shows_no_error(web):
    server, port = web
    officer = factories.officer()
    cases = [
        factories.application(Status.IN_REVIEW, by=officer) for _case in range(CASES)
    ]
    session = factories.signed_in(officer.user).cookies["sessionid"].value
    begun = threading.Event()

    def approve(case):
        begun.set()
        path = reverse("review:approve", args=[case.token])
        cookies = {"sessionid": session, "csrftoken": "c" * 32}
        form = {
            "csrfmiddlewaretoken": "c" * 32,
            "key": str(uuid.uuid4()),
            "name_agrees": "on",
        }
        return _ask(port, "POST", path, cookies, form)

    with ThreadPoolExecutor(SESSIONS) as sessions:
        answers = sessions.map(approve, cases)
        begun.wait(timeout=60)
        for _restart in range(2):
            server.send_signal(signal.SIGHUP)
            time.sleep(1)
        met = list(answers)

    assert met == [302] * CASES
    assert sorted(Card.objects.values_list("serial", flat=True)) == list(
        range(1, CASES + 1)
    )


def test_the_web_server_drains_and_goes_within_thirty_seconds(web):
    server, port = web
    assert _ask(port, "GET", "/", {}) == 200

    begun = time.monotonic()
    server.terminate()
    server.wait(timeout=35)

    assert time.monotonic() - begun < 30
