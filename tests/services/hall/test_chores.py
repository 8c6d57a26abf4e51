"""What a night brings by itself, by the clock of each office."""

import pytest

from services.hall import chores
from services.hall.workflow import Status
from tests import factories
from tests.services.hall import halls
from tests.services.hall.halls import at, now

pytestmark = pytest.mark.django_db


def test_a_day_that_is_over_ends_its_tickets_where_it_is_over():
    """At half past eleven in Jakarta it is tomorrow in Jayapura."""
    west = halls.opened()
    east = halls.opened(factories.office("9171", time_zone="Asia/Jayapura"))
    with at(9):
        here, there = halls.given(west), halls.given(east)

    with at(23, 30):
        chores.end_days()

    assert (now(here).status, now(there).status) == (Status.WAITING, Status.MISSED)


def test_the_worker_does_it():
    assert chores.end_days in chores.HOURLY
