"""The way into production, walked as README prints it, on a bare tree.

Only what belongs to the whole machine is played: accounts, systemd and the package
index write down what they were asked. Everything else is real.
"""

import os
import re
import shlex
import subprocess
import sys
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import psycopg2
import pytest
from django.conf import settings

from tests.ak1portal.deploy.servers import DEPLOY, Door, Nginx, Web

NAME = "ak1.contoh.test"
ADDRESS = "sri.contoh@rahasia.test"
CODE = "MFRGGZDFMZTWQ2LK" * 5
# What each of them does here; all of them write down their words.
PLAYED = {
    "adduser": "",
    "chown": "",
    "systemctl": "",
    "nginx": "",
    "sudo": 'exec "$@"',
    "runuser": 'shift 3; exec "$@"',
}


class Machine:
    """A bare tree with the packages of README, and the code at /opt/ak1."""

    def __init__(self, folder, cluster):
        self.root, self.cluster = folder / "root", cluster
        self.home = self.root / "opt/ak1"
        self.asked = folder / "asked"
        self.played = folder / "played"
        self._clone()
        (self.root / "run").mkdir()
        (self.root / "run/postgresql").symlink_to(cluster.host)
        self.played.mkdir()
        for name, does in PLAYED.items():
            self._play(self.played / name, does)
        self._play(self.home / ".venv/bin/pip", "")
        python = f'exec {sys.executable} "$@"'
        self._play(self.home / ".venv/bin/python", python)

    def _clone(self):
        """The code as it is here, as version v1 and a version v2 after it."""
        files = git(settings.BASE_DIR, "ls-files", "-z", "-co", "--exclude-standard")
        self.home.mkdir(parents=True)
        subprocess.run(
            ["tar", "-c", "--null", "-T", "-"],
            cwd=settings.BASE_DIR,
            input=files.encode(),
            stdout=(packed := (self.home / ".tar").open("wb")),
            check=True,
        )
        packed.close()
        subprocess.run(["tar", "-xf", ".tar"], cwd=self.home, check=True)
        (self.home / ".tar").unlink()
        git(self.home, "init", "--quiet")
        for version in ("v1", "v2"):
            (self.home / "VERSION").write_text(version)
            git(self.home, "add", "--all")
            git(self.home, "commit", "--quiet", "-m", version)
            git(self.home, "tag", version)
        git(self.home, "checkout", "--quiet", "v1")

    def _play(self, path, does):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "{path.name} $*" >>"{self.asked}"\n{does}\n')
        path.chmod(0o755)

    def run(self, command: str):
        """A line of README, typed here."""
        words = [
            str(self.root / word.removeprefix("/")) if word.startswith("/opt") else word
            for word in shlex.split(command)
        ]
        places = (self.played, self.root / "usr/local/sbin", self.cluster.bin)
        return subprocess.run(  # noqa: S603
            words,
            env={
                "PATH": ":".join(map(str, (*places, "/usr/bin", "/bin"))),
                "DESTDIR": str(self.root),
                **self.cluster.environment(),
            },
            check=True,
            capture_output=True,
            text=True,
        )

    def variables(self) -> dict:
        """/etc/ak1/env, as systemd hands it to a unit."""
        lines = (self.root / "etc/ak1/env").read_text().splitlines()
        pairs = (x.split("=", 1) for x in lines if x and not x.startswith("#"))
        return {name: value.strip('"') for name, value in pairs}

    def mode(self, path: str) -> str:
        return oct((self.root / path).stat().st_mode)[-3:]


def git(folder, *words) -> str:
    who = ["-c", "user.name=Contoh", "-c", "user.email=contoh@contoh.test"]
    return subprocess.run(  # noqa: S603
        ["git", *who, *words],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def printed(heading: str) -> list[str]:
    """The commands that README prints under this heading of its production part."""
    readme = (settings.BASE_DIR / "README.md").read_text()
    part = readme.split("## Running it in production")[1].split("\n## ")[0]
    under = part.split(f"### {heading}\n")[1].split("\n### ")[0]
    block = re.findall(r"^    (.+)$", under, re.MULTILINE)
    return "\n".join(block).replace("\\\n", " ").splitlines()


@pytest.fixture(scope="module")
def machine(tmp_path_factory, cluster):
    """Installed by the printed commands; the first two bring packages and code."""
    machine = Machine(tmp_path_factory.mktemp("machine"), cluster)
    packages, code, *others = printed("The first time")
    assert packages.startswith("sudo apt install ")
    assert code.endswith(" /opt/ak1")
    for command in others:
        machine.run(command.replace("ak1.example.go.id", NAME))
    return machine


def test_folders_and_keys_are_closed(machine):
    closed = {
        "etc/ak1": "750",
        "etc/ak1/env": "640",
        "etc/ssl/ak1": "700",
        "etc/ssl/ak1/privkey.pem": "600",
        "var/lib/ak1": "750",
    }
    assert {path: machine.mode(path) for path in closed} == closed
    asked = machine.asked.read_text()
    assert f"chown root:ak1 {machine.root}/etc/ak1/env" in asked
    assert f"chown ak1:ak1 {machine.root}/var/lib/ak1" in asked
    assert "adduser --quiet --system --group" in asked


def test_every_required_variable_has_a_value_and_every_key_is_another(machine):
    variables = machine.variables()
    keys = ("SECRET_KEY", "DATA_KEYS", "INDEX_KEY", "CARD_KEYS")

    assert len({variables[key].split(":")[-1] for key in keys}) == len(keys)
    assert min(len(variables[key]) for key in keys) > 40
    assert variables["PUBLIC_URL"] == f"https://{NAME}"
    assert variables["ALLOWED_HOSTS"] == NAME
    assert "example.go.id" not in " ".join(variables.values())


def test_the_role_of_the_portal_owns_its_database_and_nothing_else(machine):
    said = machine.cluster.psql(
        "-c",
        "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles"
        " WHERE rolname = 'ak1'",
    )
    owned = machine.cluster.psql(
        "-c",
        "SELECT datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba"
        " WHERE r.rolname = 'ak1'",
    )

    assert (said.strip(), owned.strip()) == ("f|f|f|f", "ak1")


def test_units_and_site_are_in_their_places(machine):
    for unit in ("ak1-web.socket", "ak1-web.service", "ak1-worker@.service"):
        there = machine.root / "etc/systemd/system" / unit
        assert there.read_text() == (DEPLOY / unit).read_text()
    site = machine.root / "etc/nginx/sites-enabled/ak1"
    assert f"server_name {NAME};" in site.read_text()
    assert "ak1.example.go.id" not in site.read_text()
    asked = machine.asked.read_text()
    assert "systemctl enable --quiet --now ak1-web.socket" in asked


def test_doing_it_again_changes_no_key(machine):
    before = (machine.root / "etc/ak1/env").read_text()

    machine.run(f"sudo /opt/ak1/ak1portal/deploy/install {NAME}")

    assert (machine.root / "etc/ak1/env").read_text() == before


@pytest.fixture(scope="module")
def served(machine, tmp_path_factory):
    """The installed portal behind nginx, with everything it says in a file."""
    worker = (DEPLOY / "ak1-worker@.service").read_text()
    assert "\nExecStart=/opt/ak1/.venv/bin/python manage.py work\n" in worker
    folder = tmp_path_factory.mktemp("served")
    door, nginx = Door(folder), Nginx(folder)
    variables = {"PATH": os.environ["PATH"]} | machine.variables()
    with (folder / "portal.log").open("w") as log:
        web = Web(door, variables, machine.home, log)
        web.start()
        nginx.start()
        yield nginx, web
        web.stop()
        nginx.stop()
        door.close()


def test_the_first_administrator_is_let_in_and_another_version_is_served(
    machine, served
):
    nginx, web = served
    _post(nginx, "/akun/sandi/lupa/", email="kepala@contoh.test")
    newer, older = printed("Each update, and back")
    for command, version in ((newer, "v2"), (older, "v1")):
        machine.run(f"{command.rsplit(maxsplit=1)[0]} {version}")
        assert (machine.home / "VERSION").read_text() == version
        web.reload()
        assert _ask(nginx, "/")[0] == 200
    machine.run("sudo ak1 work --once")

    assert _ask(nginx, "/healthz")[0] == 200
    letters = list((machine.root / "var/lib/ak1/mail").iterdir())
    assert any("kepala@contoh.test" in x.read_text() for x in letters)


def test_no_log_holds_an_address_or_a_code_after_every_fault(machine, served):
    """A lock time-out at sign-up, a code that is none, a portal that goes away."""
    nginx, web = served
    with psycopg2.connect(machine.cluster.url("ak1", "ak1")) as holder:
        holder.cursor().execute("LOCK TABLE applicants_user IN SHARE MODE")
        signing_up = {"email": ADDRESS, "password1": "kuning-sekali-2026"}
        assert _post(nginx, "/akun/daftar/", **signing_up) in (409, 500, 503)
        holder.rollback()
    for path in (f"/periksa/{CODE}/", f"/periksa/{CODE}", f"/{CODE}/"):
        assert _ask(nginx, path)[0] in (200, 301, 404)
    web.stop()
    (nginx.folder / "web.sock").rename(nginx.folder / "gone.sock")
    assert _ask(nginx, f"/periksa/{CODE}/")[0] == 502
    (nginx.folder / "gone.sock").rename(nginx.folder / "web.sock")
    web.start()

    logs = {path.name: path.read_text() for path in nginx.folder.glob("*.log")}
    logs["postgresql"] = machine.cluster.log()
    assert "lock timeout" in logs["postgresql"]
    assert "/periksa/***" in logs["ak1.log"]
    assert logs["portal.log"]
    for name, text in logs.items():
        for secret in (ADDRESS, CODE[:40], "argon2"):
            assert secret not in text, name


def _ask(nginx, path, **request):
    request.setdefault("headers", {})["Host"] = NAME
    return nginx.ask(path, **request)


def _post(nginx, path, **facts) -> int:
    """Open a page, fill in its form and send it; how it is answered."""
    _status, headers, page = _ask(nginx, path)
    cookies = SimpleCookie(headers["Set-Cookie"])
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    sent = {
        "Cookie": f"__Host-csrf={cookies['__Host-csrf'].value}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"https://{NAME}{path}",
    }
    form = urlencode({"csrfmiddlewaretoken": token, **facts})
    return _ask(nginx, path, method="POST", body=form, headers=sent)[0]
