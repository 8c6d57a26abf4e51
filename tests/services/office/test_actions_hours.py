from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from ak1portal.refusals import Refused
from services.issuance.workflow import Status
from services.office import actions_hours as actions
from services.office.hours import USUAL
from services.office.models import Holiday, JournalEntry, Role
from tests import factories

pytestmark = pytest.mark.django_db

MORNING = ((time(8), time(12)),)
DAY = ((time(8), time(16)),)
SPLIT = ((time(8), time(12)), (time(13), time(16)))
CHRISTMAS = date(2026, 12, 25)


def head():
    return factories.officer(Role.ADMINISTRATOR)


def written() -> list[tuple]:
    rows = JournalEntry.objects.order_by("pk")
    return list(rows.values_list("act", "subject", "old", "new"))


def test_an_office_serves_in_the_hours_it_sets():
    office = factories.office()

    changed = actions.set_opening_times(office, by=head(), week={0: SPLIT, 5: MORNING})

    assert changed
    assert office.hours().week == {0: SPLIT, 5: MORNING}
    assert written() == [
        ("opening_time", "0", "08.00–16.00", "08.00–12.00, 13.00–16.00"),
        *[("opening_time", str(day), "08.00–16.00", "") for day in (1, 2, 3, 4)],
        ("opening_time", "5", "", "08.00–12.00"),
    ]


def test_only_the_days_that_differ_are_written_down():
    office, by = factories.office(), head()
    actions.set_opening_times(office, by=by, week={0: DAY, 1: DAY})
    before = written()

    actions.set_opening_times(office, by=by, week={0: DAY, 1: MORNING})

    now = [("opening_time", "1", "08.00–16.00", "08.00–12.00")]
    assert written() == before + now


def test_the_same_hours_change_nothing():
    office, by = factories.office(), head()

    assert not actions.set_opening_times(office, by=by, week=dict(USUAL))

    assert (written(), office.opening_times.count()) == ([], 0)


def test_no_hours_go_back_to_the_usual_ones():
    office, by = factories.office(), head()
    actions.set_opening_times(office, by=by, week={0: MORNING})

    assert actions.set_opening_times(office, by=by, week={})

    assert office.hours().week == USUAL
    assert not office.opening_times.exists()


def test_a_promise_that_was_given_stands_when_the_hours_change():
    application = factories.application(Status.SUBMITTED)
    promised = application.due_at

    actions.set_opening_times(application.office, by=head(), week={5: MORNING})

    application.refresh_from_db()
    assert application.due_at == promised
    moment = datetime(2026, 11, 23, 9, tzinfo=application.office.zone)
    assert application.office.promised_by(moment).weekday() == 5


def test_a_holiday_is_added_once_and_written_down():
    office, by = factories.office(), head()

    actions.add_holiday(office, by=by, day=CHRISTMAS, name="Natal")
    with pytest.raises(Refused, match="libur"):
        actions.add_holiday(office, by=by, day=CHRISTMAS, name="Natal lagi")

    assert written() == [("holiday_added", "2026-12-25", "", "Natal")]
    assert not office.hours().is_open_on(CHRISTMAS)
    with pytest.raises(IntegrityError), transaction.atomic():
        office.holidays.create(day=CHRISTMAS, name="Sekali lagi")


def test_a_holiday_that_is_removed_twice_is_written_down_once():
    office, by = factories.office(), head()
    holiday = actions.add_holiday(office, by=by, day=CHRISTMAS, name="Natal")
    same = Holiday.objects.get()

    actions.remove_holiday(holiday, by=by)
    actions.remove_holiday(same, by=by)

    assert office.hours().is_open_on(CHRISTMAS)
    assert written()[1:] == [("holiday_removed", "2026-12-25", "Natal", "")]
