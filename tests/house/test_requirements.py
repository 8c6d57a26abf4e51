"""What production installs is what is pinned here, by hash and from no named place."""

import re
import subprocess
import tomllib

from tests.house.source import ROOT

REQUIREMENTS = (ROOT / "requirements.txt").read_text()


def test_every_direct_dependency_is_exported_at_its_pin():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    exported = set(re.findall(r"^([a-z0-9_.-]+==[^ ;\\]+)", REQUIREMENTS, re.MULTILINE))

    assert set(project["dependencies"]) - exported == set()


def test_every_package_is_held_by_hashes_and_no_registry_is_named():
    packages = re.split(r"\n(?=[a-z0-9])", REQUIREMENTS.strip())

    assert [p.split()[0] for p in packages if "--hash=sha256:" not in p] == []
    assert "://" not in REQUIREMENTS


def test_what_is_exported_is_what_the_pins_resolve_to():
    """`uv run` installs the same set; the lock names hosts and stays out."""
    command = "uv export --no-dev --no-emit-project --no-header --no-annotate -q"
    resolved = subprocess.run(
        command.split(), cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout

    assert resolved.split() == REQUIREMENTS.split()
