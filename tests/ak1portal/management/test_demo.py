"""The demo beside another demo."""

import signal
import subprocess
import sys
from signal import SIGHUP, SIGTERM

import pytest
from django.core.management import CommandError, call_command

from ak1portal.demo_lock import DemoLock
from applicants.models import User
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


def test_beside_real_data_there_is_no_demo(settings):
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError, match="never beside real data"):
        call_command("demo", prepare=True)


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


def test_two_demos_may_serve_one_office(running):
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
