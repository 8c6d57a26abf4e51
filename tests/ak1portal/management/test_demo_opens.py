"""README's commands, as a stranger runs them: from nothing to an office, and then on.

One demo serves them all: filling it is what takes the time.
"""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest
from django.conf import settings

from ak1portal.demo import mark
from tests.servers import free_port

PEOPLE = 6


# What makes a command small; what it needs, where README leaves it to its reader.
SMALL = {
    "work": ["--once"],
    "open_office": [
        *(
            "--region=3372",
            "--government=PEMERINTAH CONTOH",
            "--name=DINAS CONTOH",
        ),
        *("--address=Jl. Contoh 1", "--city=Contoh", "--signer=Siti Contoh"),
        *("--admin-email=admin@contoh.test", "--admin-name=Wati Contoh"),
    ],
    "load_reference": [],
    "join_files": [],
    "check_invariants": [],
    "bench_card": ["--batch=2", "--repeat=1"],
    "bench_pages": ["--repeat=1"],
    "bench_search": ["--people=50", "--repeat=2"],
    "readme_pictures": ["--out={folder}"],
}
# Begun once more, they have nothing left to do and say so.
ONCE = {"open_office": "Sudah ada kantor"}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "var"


def begun(folder, *arguments):
    """`manage.py …` in a folder and with a database of its own; all else is unset."""
    own = {
        *("DATABASE_URL", "EMBEDDED_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DEBUG"),
        *mark.PRODUCTION,
    }
    there = {name: value for name, value in os.environ.items() if name not in own}
    return subprocess.Popen(
        [sys.executable, "-u", "manage.py", *arguments],
        env={**there, "VAR_DIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def demo(folder):
    """The first command: its process, and the lines it said until it served."""
    with begun(
        folder, "demo", f"--port={free_port()}", f"--people={PEOPLE}"
    ) as process:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line == "Ctrl-C stops everything.\n":
                break
        else:
            pytest.fail("".join(lines) + process.stderr.read())
        yield process, "".join(lines)
        process.kill()


def test_from_nothing_to_an_office_and_every_other_command_and_the_end(demo, folder):
    process, said = demo

    it_serves(said)
    every_command_runs_as_printed_and_runs_again(folder)
    it_stops_when_it_is_told_to(process, said)


def it_serves(said):
    address = re.search(r"http://127\.0\.0\.1:\d+", said).group()
    card = re.search(r"One printed card: +(\S+)", said).group(1)

    assert opens(f"{address}/").status == 200
    assert opens(card).status == 200
    assert json.load(opens(f"{address}/healthz"))["database"] == "ok"


def every_command_runs_as_printed_and_runs_again(folder):
    rows = (settings.BASE_DIR / "README.md").read_text()
    printed = re.findall(r"^\| `manage\.py (\w+)` \|", rows, re.MULTILINE)

    assert printed == list(SMALL)
    done = []
    for name in [*printed, *printed]:
        arguments = [each.format(folder=folder) for each in SMALL[name]]
        with begun(folder, name, *arguments) as process:
            shown, told = process.communicate(timeout=120)
        first, *others = told.splitlines()
        assert first == f"For the demo in {folder}, with its settings."
        if name in done and name in ONCE:
            assert (process.returncode, ONCE[name] in told) == (1, True)
        else:
            assert (process.returncode, others) == (0, []), (name, told, shown)
        done.append(name)


def it_stops_when_it_is_told_to(process, said):
    address = re.search(r"http://127\.0\.0\.1:\d+", said).group()

    process.send_signal(signal.SIGINT)

    assert process.communicate(timeout=60)[0] == "Stopped.\n"
    assert process.returncode == 0
    with pytest.raises(OSError, match="refused"):
        opens(address)


def opens(address):
    return urllib.request.urlopen(address, timeout=10)
