"""Production starts with everything it needs, or says in one sentence what is missing.

Each try is a process of its own, as on a server; nothing is inherited from this one.
"""

import ast
import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = ROOT / "ak1portal" / "settings.py"
EXAMPLE = ROOT / ".env.example"
KEY = base64.b64encode(b"k" * 32).decode()
REQUIRED = {
    "SECRET_KEY": "s3cret-" + "abcdefghij0123456789" * 4,
    "DATABASE_URL": "postgresql://ak1:kunci@127.0.0.1:5432/ak1",
    "ALLOWED_HOSTS": "ak1.contoh.test",
    "DATA_KEYS": f"1:{KEY}",
    "INDEX_KEY": KEY,
    "CARD_KEYS": f"1:{KEY}",
    "PUBLIC_URL": "https://ak1.contoh.test",
}


def manage(*arguments, **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_production_starts_with_the_six_it_needs_and_django_warns_of_nothing(tmp_path):
    done = manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        VAR_DIR=str(tmp_path / "var"),
        **REQUIRED,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_missing_variable_is_named_in_one_sentence(missing, tmp_path):
    others = {name: value for name, value in REQUIRED.items() if name != missing}

    done = manage("check", VAR_DIR=str(tmp_path / "var"), **others)

    assert done.returncode == 1
    assert done.stderr.startswith(f"The portal does not start: {missing} is not set.")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "var").exists()


def test_the_sentence_names_everything_that_production_needs(tmp_path):
    done = manage("check", VAR_DIR=str(tmp_path / "var"))

    assert [name for name in REQUIRED if name not in done.stderr] == []


def test_an_embedded_database_is_refused_where_debug_is_off(tmp_path):
    others = {**REQUIRED, "DATABASE_URL": ""}

    done = manage(
        "check",
        VAR_DIR=str(tmp_path / "var"),
        EMBEDDED_DATABASE_URL="postgresql://postgres@/postgres?host=/tmp",
        **others,
    )

    assert done.returncode == 1
    assert "DATABASE_URL is not set." in done.stderr
    assert not (tmp_path / "var").exists()


def test_a_database_that_is_none_is_named_in_one_sentence(tmp_path):
    others = {**REQUIRED, "DATABASE_URL": "mysql://ak1@localhost/ak1"}

    done = manage("check", VAR_DIR=str(tmp_path / "var"), **others)

    assert done.returncode == 1
    assert done.stderr.startswith("The portal does not start: DATABASE_URL must look")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "name", ["Asia/Jakart", "Mars", "../etc/passwd", "Asia", "x y"]
)
def test_a_time_zone_that_is_none_is_named_in_one_sentence(name, tmp_path):
    done = manage("check", VAR_DIR=str(tmp_path / "var"), TIME_ZONE=name, **REQUIRED)

    assert done.returncode == 1
    assert done.stderr == (
        "The portal does not start: TIME_ZONE must name a time zone, for example"
        " Asia/Jakarta.\n"
    )


@pytest.mark.parametrize(
    ("asked", "shown"), [({}, "False False"), ({"DEBUG": "1"}, "True False")]
)
def test_technical_pages_are_for_who_asks_for_them(asked, shown, tmp_path):
    """Neither production nor the demo shows source and settings to a stranger."""
    look = "from django.conf import settings as s; print(s.DEVELOPMENT, s.DEBUG)"
    environment = {**REQUIRED, "VAR_DIR": str(tmp_path), **asked}

    normal = manage("shell", "--no-imports", "-c", look, **environment)
    asked_for = manage(
        "shell", "--no-imports", "-c", look, TECHNICAL_PAGES="1", **environment
    )

    assert normal.stdout.strip() == shown
    assert asked_for.stdout.strip() == shown.replace("True False", "True True")


def test_the_example_documents_what_the_settings_read_and_nothing_else():
    documented = re.findall(r"^#?([A-Z][A-Z0-9_]*)=", EXAMPLE.read_text(), re.MULTILINE)

    assert sorted(documented) == sorted(read_by(SETTINGS))


def test_the_example_marks_the_required_ones():
    marked = re.findall(
        r"^# \(required\)(?:.*\n#)*.*\n([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE
    )

    assert set(marked) == set(REQUIRED)


def read_by(path) -> set[str]:
    """The names of all variables that a module asks the environment for."""
    asks = {"get", "env_bool", "env_int", "env_list", "required"}
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Subscript) and _is_environment(node.value):
            names.add(node.slice.value)
        elif isinstance(node, ast.Call) and _name_of(node.func) in asks:
            is_get = _name_of(node.func) == "get"
            if is_get and not _is_environment(node.func.value):
                continue
            if isinstance(node.args[0], ast.Constant):
                names.add(node.args[0].value)
    return names


def _name_of(function) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _is_environment(node) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"
