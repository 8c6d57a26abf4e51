"""What no row points at is set aside, never erased, and never too much of it."""

import logging
import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from ak1portal import installation, sweeping
from ak1portal.models import Installation
from ak1portal.sealed import MissingFile
from applicants.models import DocumentPage
from services.issuance.models import Card
from services.printing.models import Print
from tests import factories

pytestmark = pytest.mark.django_db


def sweep(folder="documents"):
    return sweeping.sweep(folder, DocumentPage.objects.all(), "file")


def write(*names, age=timedelta(hours=25), folder="documents"):
    """Files of a folder that no row knows, written so long ago."""
    for name in names:
        make_old(default_storage.write(f"{folder}/{name}", b"somebody's picture"), age)


def make_old(name, age=timedelta(hours=25)):
    moment = time.time() - age.total_seconds()
    os.utime(default_storage.path(name), (moment, moment))


def there(folder="documents"):
    return sorted(default_storage.listdir(folder)[1])


def test_old_orphans_are_set_aside_and_nothing_else():
    factories.applicant()
    wanted = there()
    for name in wanted:
        make_old(f"documents/{name}")
    write("old.jpg", "cut.jpg.123.part")
    write("young.jpg", age=timedelta(hours=23))
    write("old.jpg", folder="cards")

    assert sweep() == 2

    assert there() == sorted([*wanted, "young.jpg"])
    assert there("cards") == ["old.jpg"]
    assert sweep("never") == 0


def test_what_was_set_aside_comes_back_when_it_is_asked_for():
    write("one.jpg")
    sweep()

    with default_storage.open("documents/one.jpg") as file:
        assert file.read() == b"somebody's picture"

    assert there() == ["one.jpg"]


def test_what_a_restored_dump_knows_again_comes_back_by_itself(
    django_assert_num_queries, time_machine
):
    """Nobody has looked at it meanwhile, and a month later it is still there."""
    time_machine.move_to(timezone.now(), tick=False)
    page = DocumentPage.objects.filter(document__applicant=factories.applicant())[0]
    DocumentPage.objects.filter(pk=page.pk).update(file="documents/not yet.jpg")
    make_old(page.file)
    write("nobody's.jpg")
    assert sweep() == 2
    time_machine.shift(timedelta(days=30))
    DocumentPage.objects.filter(pk=page.pk).update(file=page.file)

    # The savepoint and its end, the installation twice, a page aside and one in place.
    with django_assert_num_queries(6):
        assert sweep() == 0

    assert page.file in [f"documents/{name}" for name in there()]
    time_machine.shift(timedelta(days=31))
    sweeping.empty_quarantine()
    assert page.read()


def test_into_a_folder_that_went_it_comes_back_too():
    write("one.jpg")
    sweep()
    os.rmdir(default_storage.path("documents"))

    with default_storage.open("documents/one.jpg") as file:
        assert file.read() == b"somebody's picture"


def test_what_was_set_aside_leaves_a_month_later(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    write("one.jpg")
    sweep()
    aside = f"quarantine/{timezone.localdate():%Y-%m-%d}/documents"
    assert there(aside) == ["one.jpg"]

    time_machine.shift(timedelta(days=30))
    sweeping.empty_quarantine()
    assert there(aside) == ["one.jpg"]

    time_machine.shift(timedelta(days=1))
    sweeping.empty_quarantine()
    with pytest.raises(MissingFile):
        default_storage.open("documents/one.jpg")


# A database that is not the right one ------------------------------------------------


def names(count):
    return [f"{number:04}.jpg" for number in range(count)]


@pytest.mark.parametrize("count", [20, 1786])
def test_before_the_dump_is_back_no_file_moves(count):
    """The files were restored first; the database is empty, and another."""
    write(*names(count))
    Installation.objects.all().delete()

    sweep()

    assert len(there()) == count


@pytest.mark.parametrize("mark", [None, "another"])
def test_files_of_another_database_do_not_move(mark):
    write("one.jpg")
    path = default_storage.path(installation.MARK)
    os.remove(path)
    if mark:
        installation._write_mark(mark)

    assert sweep() == 0

    assert there() == ["one.jpg"]


def test_an_older_dump_of_the_same_installation_costs_no_file(caplog):
    """More than 20 files, and more than 1 %: a mistake, and it stays said."""
    write(*names(21))

    with caplog.at_level(logging.ERROR):
        assert sweep() == 0

    assert len(there()) == 21
    assert caplog.messages == [
        "sweep of documents stopped: it would set aside 21 of 21 files"
    ]
    assert Installation.objects.get().held_sweeps == {"documents": "21 of 21 files"}

    os.remove(default_storage.path("documents/0000.jpg"))
    assert sweep() == 20
    assert Installation.objects.get().held_sweeps == {}


def test_much_among_very_much_is_litter(monkeypatch):
    """Read in pages: here of a hundred names."""
    monkeypatch.setattr(sweeping, "PAGE", 100)
    write(*names(21))
    write(*(f"new {name}" for name in names(2079)), age=timedelta(hours=1))

    assert sweep() == 21


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        (DocumentPage.objects.all(), "file"),
        (Card.objects.all(), "photo_file"),
        (Card.objects.all(), "page_file"),
        (Card.objects.all(), "signed_file"),
        (Print.objects.all(), "page_file"),
    ],
)
def test_of_the_big_tables_an_index_is_asked(rows, field):
    """Not every row once more for each thousand files."""
    asked = []

    def explain(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        sweeping._known(names(1000), rows, field)
    [(sql, params)] = asked
    with connection.cursor() as cursor:
        # So few rows are read whole, unless that is forbidden.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = str(cursor.fetchall())

    assert f"_by_{field}" in plan
    assert "Seq Scan" not in plan


def test_a_folder_is_read_in_pages(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sweeping, "PAGE", 10)
    write(*names(25), age=timedelta(hours=1))

    # The savepoint and its end, the installation twice, three pages.
    with django_assert_num_queries(7):
        sweep()
