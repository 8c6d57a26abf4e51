"""A database, its files and its keys know each other, or nothing begins."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError

from ak1portal import installation
from ak1portal.models import Canary, Installation
from ak1portal.sealed import seal, unseal
from applicants.models import Applicant
from tests import factories
from tests.files import INSTALLATION
from tests.servers import url_of_this_database

pytestmark = pytest.mark.django_db

OTHER = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktMDE="


def untouched():
    """As after the first `migrate`, with an empty folder."""
    Installation.objects.all().delete()
    Canary.objects.all().delete()
    unmark()


def unmark():
    os.remove(default_storage.path(installation.MARK))


def refused():
    with pytest.raises(ImproperlyConfigured) as error:
        installation.prove()
    return str(error.value)


# Files and database ---------------------------------------------------------------


def test_what_belongs_together_may_begin():
    installation.prove()

    assert installation.problems() == []


def test_where_nothing_is_yet_an_installation_begins():
    untouched()

    installation.prove()

    made = Installation.objects.get()
    assert installation.read_mark() == str(made.pk) != INSTALLATION
    assert set(Canary.objects.values_list("name", flat=True)) == {
        "DATA_KEYS:1",
        "CARD_KEYS:1",
        "INDEX_KEY",
    }


def test_a_second_machine_with_a_folder_of_its_own_does_not_begin():
    unmark()

    assert "All machines share one folder" in refused()
    assert installation.read_mark() is None


def test_the_right_folder_beside_the_wrong_database_does_not_begin():
    Installation.objects.all().delete()
    Installation.objects.create()

    assert "another installation than the database" in refused()


@pytest.mark.parametrize("has_people", [True, False])
def test_files_that_came_before_their_dump_do_not_begin(has_people):
    """An empty database, or that of a dump from before there were installations."""
    if has_people:
        factories.user()
    Installation.objects.all().delete()

    assert "names no installation" in refused()
    assert not Installation.objects.exists()
    assert installation.read_mark() == INSTALLATION


def test_after_a_restore_an_operator_joins_them(capsys):
    installation._write_mark("of the files of last week")

    with pytest.raises(CommandError, match="another installation.*--yes"):
        call_command("join_files")
    assert installation.files_problem()

    call_command("join_files", yes=True)
    installation.prove()
    call_command("join_files")
    assert "belong together" in capsys.readouterr().out


def test_nothing_is_joined_with_a_wrong_key(settings):
    settings.DATA_KEYS = f"1:{OTHER}"
    unmark()

    with pytest.raises(CommandError, match="not the key 1 in DATA_KEYS"):
        call_command("join_files", yes=True)

    assert installation.read_mark() is None


# Keys -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("DATA_KEYS", f"1:{OTHER}", "This is not the key 1 in DATA_KEYS"),
        ("DATA_KEYS", f"2:{OTHER}", "DATA_KEYS lacks the key 1, which is in use."),
        ("CARD_KEYS", f"1:{OTHER}", "This is not the key 1 in CARD_KEYS"),
        ("CARD_KEYS", f"2:{OTHER}", "CARD_KEYS lacks the key 1, which is in use."),
        ("INDEX_KEY", OTHER, "This is not the INDEX_KEY"),
    ],
)
def test_with_a_wrong_key_nothing_begins_and_nothing_new_is_sealed(
    settings, variable, value, sentence
):
    before = list(Canary.objects.values())
    setattr(settings, variable, value)

    said = refused()

    assert sentence in said
    assert value[-20:] not in said
    assert list(Canary.objects.values()) == before


@pytest.mark.parametrize("variable", ["DATA_KEYS", "CARD_KEYS"])
def test_a_new_key_joins_those_that_are_known(settings, variable):
    old = getattr(settings, variable)
    setattr(settings, variable, f"2:{OTHER},{old}")

    installation.prove()
    assert Canary.objects.filter(name=f"{variable}:2").exists()

    setattr(settings, variable, f"2:{old[2:]},{old}")
    assert f"This is not the key 2 in {variable}" in refused()


def test_each_key_can_be_chosen_to_seal(settings):
    settings.DATA_KEYS = f"{settings.DATA_KEYS},2:{OTHER}"

    sealed = seal(b"word", "place", key_id=2)

    assert (sealed[0], unseal(sealed, "place")) == (2, b"word")


# Web and worker ---------------------------------------------------------------------


def started(program, var, **wrong):
    """How a program ended that was started on the database of this test."""
    environment = {
        "PATH": os.environ["PATH"],
        "DEBUG": "1",
        "DATABASE_URL": url_of_this_database(),
        "VAR_DIR": str(var),
        **wrong,
    }
    return subprocess.run(
        [sys.executable, *program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"DATA_KEYS": f"1:{OTHER}"}, "not the key 1 in DATA_KEYS"),
        ({"VAR_DIR": "elsewhere"}, "All machines share one folder"),
    ],
)
@pytest.mark.parametrize(
    ("program", "status"),
    [
        (["manage.py", "work", "--once"], 1),
        # With this one gunicorn ends; with another it would begin again for ever.
        (["-c", "import ak1portal.wsgi"], 3),
    ],
    ids=["worker", "web"],
)
def test_web_and_worker_say_why_they_do_not_start(
    tmp_path, program, status, wrong, sentence
):
    factories.applicant()
    wrong = {
        name: str(tmp_path / value) if name == "VAR_DIR" else value
        for name, value in wrong.items()
    }
    done = started(program, tmp_path, **wrong)

    assert done.returncode == status
    assert done.stderr.startswith("The portal does not start: ")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert Applicant.objects.get().documents.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("conf", ["--config=ak1portal/deploy/gunicorn.conf.py", ""])
@pytest.mark.parametrize("elsewhere", ["database", "key"])
def test_gunicorn_ends_where_it_does_not_belong(tmp_path, elsewhere, conf):
    """As the unit starts it, and with no word of ours: it never begins again and again.

    With ours no worker begins, and the sentence is said once.
    """
    installation._write_mark("another" if elsewhere == "database" else INSTALLATION)
    web = ["-m", "gunicorn", "ak1portal.wsgi", f"--bind=unix:{tmp_path}/web.sock"]
    wrong = {"INDEX_KEY": OTHER} if elsewhere == "key" else {}

    done = started([*web, *filter(None, [conf])], tmp_path, **wrong)

    assert done.returncode == 3
    assert done.stderr.count("The portal does not start: ") == 1
    assert "Traceback" not in done.stderr
    assert ("Worker failed to boot." in done.stderr) is not bool(conf)


def test_a_web_that_starts_before_its_database_asks_again(monkeypatch):
    asked = []

    def prove():
        asked.append(1)
        if len(asked) < 3:
            raise OperationalError

    monkeypatch.setattr(installation, "prove", prove)
    said = []
    served = installation.guarded(lambda environ, start: [b"page"])

    def ask():
        return served({}, lambda status, headers: said.append((status, headers)))

    assert [ask(), ask(), ask()] == [[b""], [b"page"], [b"page"]]
    assert said == [("503 Service Unavailable", [("Retry-After", "30")])]
    assert len(asked) == 3


def test_a_web_whose_database_turns_out_to_be_another_serves_nothing(
    monkeypatch, caplog
):
    answers = iter([OperationalError(), ImproperlyConfigured("not this one")])

    def prove():
        raise next(answers)

    monkeypatch.setattr(installation, "prove", prove)
    served = installation.guarded(lambda environ, start: [b"page"])

    assert served({}, lambda status, headers: None) == [b""]
    assert caplog.messages[-1] == "the portal does not serve: not this one"
