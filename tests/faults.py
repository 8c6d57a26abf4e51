"""Accidents on purpose: at which step does the act fail, and what is left of it?

The steps of an act are its statements to the database and what it does to files; each
can raise, or take the whole process with it as a power cut does.
"""

import os
import signal
from contextlib import contextmanager
from unittest import mock

from django.db import connection, connections

from ak1portal import sealed

FILE_STEPS = ("fsync", "replace")


class FaultError(Exception):
    """The accident. Nothing in the portal knows it."""


class Steps:
    """Counts the steps of what runs inside, and has an accident at one of them.

    `at` counts from 1; None counts only. `then` is what the accident does.
    """

    def __init__(self, at=None, then=None):
        self.at, self.count = at, 0
        self.then = then or self._raise

    def step(self):
        self.count += 1
        if self.count == self.at:
            self.then()

    @staticmethod
    def _raise():
        raise FaultError

    @contextmanager
    def counted(self):
        with connection.execute_wrapper(self._statement), self._files():
            yield self

    def _statement(self, execute, sql, params, many, context):
        self.step()
        return execute(sql, params, many, context)

    @contextmanager
    def _files(self):
        patches = []
        for name in FILE_STEPS:
            real = getattr(os, name)

            def stepped(*args, real=real):
                self.step()
                return real(*args)

            patches.append(mock.patch.object(sealed.os, name, stepped))
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()


def steps_of(act) -> int:
    """How many steps `act` takes when nothing happens."""
    with Steps().counted() as steps:
        act()
    return steps.count


def killed_at(step, act) -> bool:
    """Run `act` in a process of its own that is killed at `step`; whether it was.

    False when the act had fewer steps and went through.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            dies = Steps(step, then=lambda: os.kill(os.getpid(), signal.SIGKILL))
            with dies.counted():
                act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@contextmanager
def every_insert_fails(table):
    """A trigger that refuses new rows of one table, as a full disk would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'refused'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER refuse BEFORE INSERT ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_row()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION refuse_row CASCADE")
