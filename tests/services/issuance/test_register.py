"""The register is only ever added to: by the model, by the code, by the database."""

import ast

import pytest

from services.issuance.models import RegisterEvent
from services.issuance.models.event import AppendOnlyError
from tests import factories
from tests.house.source import called, calls, modules

pytestmark = pytest.mark.django_db
WORDS = {"RegisterEvent", "register", "events", "events_of", "register_events"}


@pytest.fixture
def line():
    factories.card()
    return RegisterEvent.objects.get()


def test_a_line_is_neither_changed_nor_deleted(line):
    line.day = line.day.replace(year=2000)

    with pytest.raises(AppendOnlyError):
        line.save()
    with pytest.raises(AppendOnlyError):
        line.delete()
    with pytest.raises(AppendOnlyError):
        RegisterEvent.objects.update(people=2)
    with pytest.raises(AppendOnlyError):
        RegisterEvent.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        line.office.register.filter(pk=line.pk).update(people=2)


def test_no_code_tries_to_change_or_delete_a_line():
    tried = [
        f"{name}: {ast.unparse(call)}"
        for _path, name, tree in modules()
        for call in calls(tree)
        if called(call) in ("update", "delete", "bulk_update", "update_or_create")
        and WORDS
        & {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(call)}
    ]

    assert tried == []
