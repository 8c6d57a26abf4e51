"""What was done stays written, whatever asks the database."""

import pytest
from django.db import InternalError, transaction
from django.db.models import F

from services.issuance.models import Step
from services.issuance.workflow import Status
from services.office.actions import change_settings
from services.office.models import JournalEntry, Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[Step, JournalEntry], ids=lambda model: model.__name__)
def rows(request):
    """Lines that real acts have written."""
    factories.application(Status.SUBMITTED)
    admin = factories.officer(Role.ADMINISTRATOR)
    change_settings(admin.office, by=admin, city="Cilacap")
    assert request.param.objects.exists()
    return request.param.objects.all()


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(at=F("at")), lambda rows: rows.delete()]
)
def test_a_line_is_neither_changed_nor_deleted(rows, change):
    before = list(rows.values())

    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        change(rows)

    assert list(rows.values()) == before
