"""Long lists: what is shown is read, and no more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ak1portal import paging
from services.office.models import JournalEntry
from tests import factories

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def journal():
    """A thousand and thirty entries, one a minute."""
    office, by = factories.office(), factories.user()
    JournalEntry.objects.bulk_create(
        JournalEntry(
            office=office, by=by, act="x", at=START + timedelta(minutes=minute)
        )
        for minute in range(1030)
    )
    # Without what opening the office wrote.
    return office.journal.filter(act="x")


def test_more_than_a_thousand_rows_are_said_not_counted(journal):
    with CaptureQueriesContext(connection) as asked:
        count = paging.counted(journal)

    assert paging.how_many(count) == "1.000+"
    assert "LIMIT 1001" in asked[0]["sql"]


def test_up_to_a_thousand_rows_are_counted(journal):
    thousand = journal.filter(at__lt=START + timedelta(minutes=1000))

    assert paging.how_many(paging.counted(thousand)) == "1.000"
    assert paging.how_many(paging.counted(journal.none())) == "0"


def test_the_list_goes_on_from_its_last_row_until_its_end(journal):
    last = paging.page_of(journal, {"hal": "20"}, 50, by="-at")
    further = paging.page_of(journal, {"mulai": last.goes_on}, 50, by="-at")

    assert (last.paginator.num_pages, last.paginator.is_cut) == (20, True)
    assert further[0] == last[-1 + len(last)]
    assert (further.paginator.count, further.goes_on) == (31, "")


@pytest.mark.parametrize("value", ["", "kemarin", "2026-13-01", "1800-01-01T00:00Z"])
def test_what_is_no_moment_is_not_asked_for(journal, value):
    page = paging.page_of(journal, {"mulai": value}, 50, by="-at")

    assert page.paginator.count == 1000


def test_only_the_last_of_the_counted_pages_goes_on(journal):
    assert paging.page_of(journal, {"hal": "19"}, 50, by="-at").goes_on == ""
    assert paging.page_of(journal, {"hal": "20"}, 50).goes_on == ""
