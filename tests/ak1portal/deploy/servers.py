"""The programs an operator has, started here on the shipped files."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import free_port

DEPLOY = settings.BASE_DIR / "ak1portal" / "deploy"


def program(name: str, package: str) -> str:
    """Where a program is; without it the test is skipped, and fails where CI is set."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    missing = f"no {name} was found: sudo apt install {package}"
    if not found and not os.environ.get("CI"):
        pytest.skip(missing)
    assert found, missing
    return found


def until(true, what: str):
    for _try in range(1200):
        if true():
            return
        time.sleep(0.05)  # no event tells that another program is ready
    pytest.fail(what)


class Door:
    """The socket of ak1-web.socket: held here, as systemd holds it."""

    def __init__(self, folder: Path):
        self.path = folder / "web.sock"
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(self.path))
        self.path.chmod(0o666)
        self.socket.listen(4096)

    def close(self):
        self.socket.close()


class Web:
    """gunicorn as ak1-web.service starts it, on the socket it is given."""

    def __init__(self, door: Door, environment: dict, home=settings.BASE_DIR, log=None):
        self.door, self.environment = door, environment
        self.home, self.log = home, log
        self.process = None

    def start(self):
        unit = (DEPLOY / "ak1-web.service").read_text()
        line = next(x for x in unit.splitlines() if x.startswith("ExecStart="))
        words = line.removeprefix("ExecStart=/opt/ak1/.venv/bin/gunicorn ").split()
        passed = (
            "import os, sys; os.dup2(int(sys.argv[1]), 3, inheritable=True);"
            "os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid()));"
            "os.execv(sys.executable, [sys.executable, '-m', 'gunicorn',"
            " *sys.argv[2:]])"
        )
        number = self.door.socket.fileno()
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", passed, str(number), *words],
            cwd=self.home,
            env=self.environment,
            pass_fds=[number],
            stderr=self.log,
        )

    def restart(self):
        """`systemctl restart`: the old one finishes, then a new one begins."""
        self.stop()
        self.start()

    def reload(self):
        """`systemctl reload`: ExecReload of the unit."""
        self.process.send_signal(signal.SIGHUP)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=40)


class Nginx:
    """nginx with the shipped site, its ports and paths moved into `folder`."""

    def __init__(self, folder: Path, *, changed: tuple = ()):
        self.folder = folder
        self.port, self.plain_port = free_port(), free_port()
        _certificate(folder)
        site = (DEPLOY / "nginx.conf").read_text()
        for old, new in (
            ("/etc/ssl/ak1/", f"{folder}/"),
            ("/var/log/nginx/", f"{folder}/"),
            ("/run/ak1/", f"{folder}/"),
            ("/opt/ak1/", f"{settings.BASE_DIR}/"),
            ("listen 443 ", f"listen 127.0.0.1:{self.port} "),
            ("listen 80 ", f"listen 127.0.0.1:{self.plain_port} "),
            *changed,
        ):
            assert old in site, old
            site = site.replace(old, new)
        # As loud as nginx can be: what the site says must hold against it.
        self.configuration = folder / "nginx.conf"
        self.configuration.write_text(
            f"{'user root; ' if os.getuid() == 0 else ''}daemon off;"
            f" pid {folder}/pid; error_log {folder}/main.log info;"
            f" events {{}} http {{ {_temporary(folder)}"
            f" types {{ text/html html; text/css css; }} {site} }}"
        )
        self.program = program("nginx", "nginx-light")

    def read(self):
        """What `nginx -t` says to the configuration."""
        return subprocess.run(  # noqa: S603
            [self.program, "-t", "-c", self.configuration],
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self):
        self.process = subprocess.Popen(  # noqa: S603
            [self.program, "-c", self.configuration], stderr=subprocess.DEVNULL
        )
        until(lambda: is_open(self.port), "nginx does not start")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def ask(self, path, *, method="GET", body=None, headers=None, host="127.0.0.1"):
        """(status, headers, text) of one request over TLS."""
        door = HTTPSConnection(
            host, self.port, timeout=70, context=ssl._create_unverified_context()
        )
        return _answer(door, method, path, body, headers)

    @contextmanager
    def visitor(self):
        """Somebody who asks again and again on one connection: the status of each."""
        trust = ssl._create_unverified_context()
        door = HTTPSConnection("127.0.0.1", self.port, timeout=70, context=trust)

        def ask(path):
            door.request("GET", path)
            answer = door.getresponse()
            answer.read()
            return answer.status

        yield ask
        door.close()

    def ask_plain(self, path):
        """The same on the port without TLS."""
        door = HTTPConnection("127.0.0.1", self.plain_port, timeout=20)
        return _answer(door, "GET", path, None, None)


def _answer(door, method, path, body, headers):
    try:
        door.request(method, path, body, headers or {})
        answer = door.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        door.close()


def is_open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _certificate(folder: Path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=ak1"]
        + ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True,
        capture_output=True,
    )


def _temporary(folder: Path) -> str:
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{name}_temp_path {folder}/{name};" for name in names)
