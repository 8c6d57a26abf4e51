"""The first command of the README, as a stranger runs it: from nothing to an office."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from tests.servers import free_port

PEOPLE = 6


@pytest.fixture
def demo(tmp_path):
    """The command, in a folder and with a database of its own."""
    own = {"DATABASE_URL", "EMBEDDED_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DEBUG"}
    there = {name: value for name, value in os.environ.items() if name not in own}
    command = ["manage.py", "demo", f"--port={free_port()}", f"--people={PEOPLE}"]
    with subprocess.Popen(
        [sys.executable, "-u", *command],
        env={**there, "VAR_DIR": str(tmp_path / "var")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield process
        process.kill()


def test_one_command_fills_an_office_serves_it_and_stops(demo):
    said = list(iter(demo.stdout.readline, "Ctrl-C stops everything.\n"))
    address = re.search(r"http://127\.0\.0\.1:\d+", "".join(said)).group()
    card = re.search(r"One printed card: +(\S+)", "".join(said)).group(1)

    assert opens(f"{address}/").status == 200
    assert opens(card).status == 200
    assert json.load(opens(f"{address}/healthz"))["database"] == "ok"

    demo.send_signal(signal.SIGINT)

    assert demo.communicate(timeout=60)[0] == "Stopped.\n"
    assert demo.returncode == 0
    with pytest.raises(OSError, match="refused"):
        opens(address)


def opens(address):
    return urllib.request.urlopen(address, timeout=10)
