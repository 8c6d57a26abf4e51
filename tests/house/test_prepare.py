"""The script of a fresh machine, on one that has everything."""

import subprocess

from tests.house.source import ROOT


def prepare(*command):
    return subprocess.run(
        [ROOT / ".ci/prepare", *command], capture_output=True, text=True
    )


def test_it_installs_nothing_that_is_there_and_runs_the_command():
    done = prepare("echo", "the office is open")

    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "the office is open\n",
        "",
    )


def test_it_ends_as_the_command_ends():
    assert prepare("sh", "-c", "exit 3").returncode == 3


def test_both_commands_of_the_readme_go_through_it():
    lines = (ROOT / "README.md").read_text().splitlines()

    assert [line.strip() for line in lines if line.startswith("    .ci/prepare")] == [
        ".ci/prepare uv run manage.py demo",
        ".ci/prepare uv run pytest",
    ]
