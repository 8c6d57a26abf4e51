"""Whose data the demo may touch, and the demo beside another demo."""

import signal
import subprocess
import sys
from signal import SIGHUP, SIGTERM

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ak1portal.demo import ground, mark
from ak1portal.demo.lock import DemoLock
from applicants.models import Applicant, User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def signals():
    """What the command does with them ends with the test."""
    before = {name: signal.getsignal(name) for name in (SIGTERM, SIGHUP)}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.fixture
def running(settings):
    """What a demo that serves holds."""
    with DemoLock(settings.VAR_DIR) as lock:
        assert lock.is_shared()
        yield lock


@pytest.fixture
def made(settings):
    """A whole demo, as far as its marks go, in the folder and the database."""
    return begun(settings, complete=True)


def begun(settings, *, complete, version=None):
    it = mark.new_mark(version or ground.version())
    mark.put_in_folder(it, settings.VAR_DIR)
    with connection.cursor() as cursor:
        mark.put_in_database(it, cursor)
        if complete:
            mark.complete(cursor)
    return it


@pytest.fixture
def an_office(settings):
    """What an office has entered: a person and a picture."""
    settings.FILES_DIR = settings.VAR_DIR / "files"
    factories.applicant()
    return lambda: (
        list(Applicant.objects.values()),
        sorted(path for path in settings.FILES_DIR.rglob("*") if path.is_file()),
    )


# Whose it is ---------------------------------------------------------------------


@pytest.mark.parametrize("name", mark.PRODUCTION)
def test_where_a_variable_of_production_is_set_there_is_no_demo(
    monkeypatch, an_office, made, name
):
    monkeypatch.setenv(name, "set")
    before = an_office()

    for reset in (False, True):
        with pytest.raises(CommandError, match=f"never runs .* {name} is"):
            call_command("demo", prepare=True, reset=reset)

    assert an_office() == before


def test_beside_real_data_there_is_no_demo(settings):
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError, match="never beside real data"):
        call_command("demo", prepare=True)


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("marked", ["nothing", "only the folder", "another folder"])
def test_what_the_demo_did_not_make_stays_as_it_is(settings, an_office, marked, reset):
    if marked == "only the folder":
        mark.put_in_folder(mark.new_mark("1"), settings.VAR_DIR)
    if marked == "another folder":
        begun(settings, complete=True)
        mark.put_in_folder(mark.new_mark("1"), settings.VAR_DIR)
    before = an_office()

    with pytest.raises(CommandError, match="did not make. Nothing was touched"):
        call_command("demo", prepare=True, reset=reset)

    assert an_office() == before


@pytest.mark.parametrize("reset", [False, True])
def test_files_that_the_demo_did_not_make_stay_too(settings, reset):
    settings.FILES_DIR = settings.VAR_DIR / "files"
    settings.FILES_DIR.mkdir(exist_ok=True)
    (settings.FILES_DIR / "photo").write_bytes(b"whose?")
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")

    with pytest.raises(CommandError, match="holds files that the demo did not make"):
        call_command("demo", prepare=True, reset=reset)

    assert (settings.FILES_DIR / "photo").read_bytes() == b"whose?"


def test_what_another_version_made_is_kept_and_says_how_to_begin_again(
    settings, an_office
):
    begun(settings, complete=True, version="of last year")
    before = an_office()

    with pytest.raises(CommandError, match="another version of the portal.*--reset"):
        call_command("demo", prepare=True)

    assert an_office() == before


def test_a_start_that_was_stopped_half_way_says_how_to_begin_again(settings, an_office):
    begun(settings, complete=False)
    before = an_office()

    with pytest.raises(CommandError, match="before its office was filled.*--reset"):
        call_command("demo", prepare=True)

    assert an_office() == before


def test_only_its_own_is_forgotten(settings, an_office, made):
    (settings.VAR_DIR / "letters of somebody.txt").write_text("kept")

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    ground.forget()

    assert not (settings.VAR_DIR / "files").exists()
    assert (settings.VAR_DIR / "letters of somebody.txt").read_text() == "kept"
    assert "applicants_applicant" not in connection.introspection.table_names()


# Which settings a command gets ---------------------------------------------------


def of_the_demo(folder, **environment):
    return mark.is_for_the_demo(environment, folder)


def test_in_the_demos_folder_a_command_is_for_the_demo(made, settings):
    assert of_the_demo(settings.VAR_DIR)
    assert not of_the_demo(settings.VAR_DIR / "another")


@pytest.mark.parametrize("name", [*mark.PRODUCTION, "DEBUG", "DATABASE_URL"])
def test_a_variable_that_says_otherwise_is_believed(made, settings, name):
    assert not of_the_demo(settings.VAR_DIR, **{name: "postgresql://office/ak1"})


def test_a_demo_on_a_server_of_its_own_is_known_again(settings, monkeypatch):
    url = "postgresql://me@localhost/demo"
    monkeypatch.setenv("DATABASE_URL", url)
    mark.put_in_folder(mark.new_mark("1"), settings.VAR_DIR)

    assert of_the_demo(settings.VAR_DIR, DATABASE_URL=url)
    assert not of_the_demo(settings.VAR_DIR)
    assert url not in (settings.VAR_DIR / mark.FILE).read_text()


# Beside another demo -------------------------------------------------------------


def test_a_demo_that_runs_is_not_emptied_under_its_feet(running, settings):
    factories.user("pelamar@demo.ak1.test")

    with pytest.raises(CommandError) as refused:
        call_command("demo", reset=True, prepare=True)

    assert str(refused.value) == (
        f"A demo is running in {settings.VAR_DIR}. Stop it, then reset it."
    )
    assert User.objects.filter(email="pelamar@demo.ak1.test").exists()


def test_a_demo_that_is_being_filled_is_left_alone(settings):
    with DemoLock(settings.VAR_DIR) as filling:
        assert filling.is_alone()

        with pytest.raises(CommandError, match="is filling"):
            call_command("demo", prepare=True)


def test_two_demos_may_serve_one_office(running, made):
    factories.user("pelamar@demo.ak1.test")

    call_command("demo", prepare=True, password="kopi-susu-gula")

    user = User.objects.get(email="pelamar@demo.ak1.test")
    assert user.check_password("kopi-susu-gula")


def test_the_lock_lives_as_long_as_any_process_of_the_demo(running, settings):
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"],
        stdin=subprocess.PIPE,
        pass_fds=[running.file.fileno()],
    )
    running.file.close()
    with DemoLock(settings.VAR_DIR) as beside:
        held = not beside.is_alone()

        child.communicate(b"\n")

        assert (held, beside.is_alone()) == (True, True)
