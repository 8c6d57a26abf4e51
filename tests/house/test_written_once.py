"""What was done stays written, whatever asks the database."""

import pytest
from django.db import InternalError, connection, transaction

from services.issuance.models import RegisterEvent, Step
from services.office.actions import change_settings
from services.office.models import JournalEntry, Role
from tests import factories

pytestmark = pytest.mark.django_db


ONLY_ADDED_TO = (Step, JournalEntry, RegisterEvent)


@pytest.fixture
def lines():
    """What real acts have written: every line of every table, as it stands now."""
    factories.card()
    admin = factories.officer(Role.ADMINISTRATOR)
    change_settings(admin.office, by=admin, city="Cilacap")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    assert all(model.objects.exists() for model in ONLY_ADDED_TO)
    return lambda: [list(model.objects.values()) for model in ONLY_ADDED_TO]


@pytest.mark.parametrize("model", ONLY_ADDED_TO)
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_a_line_is_neither_changed_nor_deleted(lines, model, change):
    refused(change.format(model._meta.db_table), lines)


@pytest.mark.parametrize("model", ONLY_ADDED_TO)
def test_a_table_of_lines_is_not_emptied(lines, model):
    refused(f"TRUNCATE {model._meta.db_table} CASCADE", lines)


@pytest.mark.parametrize(
    "others", ["issuance_card", "issuance_application", "office_office"]
)
def test_a_table_that_lines_belong_to_does_not_take_them_along(lines, others):
    refused(f"TRUNCATE {others} CASCADE", lines)


def refused(sql, lines):
    before = lines()

    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        run(sql)

    assert lines() == before


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
