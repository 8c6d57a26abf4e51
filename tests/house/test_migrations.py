"""Migrations are history from here on: offices have run them."""

from hashlib import sha256
from pathlib import Path

from django.db.migrations import AddField
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED, ManyToManyField

from tests.house.source import ROOT

# A line for each migration that was published, as `sha256sum` prints it.
PUBLISHED = Path(__file__).with_name("migrations.sha256")


def files():
    return {
        str(path.relative_to(ROOT)): path
        for top in ("ak1portal", "applicants", "services")
        for path in sorted((ROOT / top).glob("**/migrations/0*.py"))
    }


def test_a_published_migration_never_changes_and_never_goes():
    """An office has run it. What it should have done is done by the next one."""
    published = dict(
        reversed(line.split("  ")) for line in PUBLISHED.read_text().splitlines()
    )
    now = {
        name: sha256(path.read_bytes()).hexdigest() for name, path in files().items()
    }

    assert {name: now.get(name) for name in published} == published
    # A new one is written down in the commit that brings it:
    # sha256sum services/…/migrations/0003_….py >> tests/house/migrations.sha256
    assert sorted(now) == sorted(published)


def test_an_update_needs_no_stop():
    """The release before goes on writing rows that know nothing of a new column."""
    added = [
        (f"{app}.{name}", operation)
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if migration.__module__.startswith(("ak1portal.", "applicants.", "services."))
        for operation in migration.operations
        if isinstance(operation, AddField) and not migration.initial
    ]

    assert [
        f"{where}: {operation.model_name}.{operation.name} needs a db_default"
        for where, operation in added
        if not operation.field.null
        and operation.field.db_default is NOT_PROVIDED
        and not isinstance(operation.field, ManyToManyField)
        and not getattr(operation.field, "generated", False)
    ] == []
