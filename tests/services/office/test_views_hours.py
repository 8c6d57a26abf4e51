"""The week and the holidays, as the administrator sets them."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext as _

from services.office import actions_hours as actions
from services.office.models import JournalEntry, Role
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db

MORNING = ((time(8), time(12)),)


@pytest.fixture
def head():
    return factories.officer(Role.ADMINISTRATOR)


def test_an_office_without_hours_sees_the_usual_ones_and_sets_its_own(head):
    person = Person(head.user).opens(reverse("office:hours"))
    person.sees("belum menetapkan jam bukanya sendiri", "Senin–Jumat 08.00–16.00")

    person.presses(_("Save"), closes_4_0="11.00", opens_4_1="13", closes_4_1="15.30")

    person.sees("Jumat 08.00–11.00, 13.00–15.30")
    week = head.office.hours().week
    assert week[4] == ((time(8), time(11)), (time(13), time(15, 30)))
    assert week[0] == ((time(8), time(16)),)
    person.opens(reverse("office:hours")).misses("belum menetapkan")


def test_hours_that_overlap_are_told_and_nothing_is_changed(head):
    person = Person(head.user).opens(reverse("office:hours"))

    person.presses(_("Save"), opens_0_1="15", closes_0_1="17")

    assert person.status == 422
    person.sees("Senin: kedua waktu itu bertumpang tindih.")
    assert not head.office.opening_times.exists()
    assert not JournalEntry.objects.exists()


def test_saving_the_week_as_it_stands_changes_nothing(head):
    actions.set_opening_times(head.office, by=head, week={5: MORNING})
    before = JournalEntry.objects.count()
    person = Person(head.user).opens(reverse("office:hours"))

    person.presses(_("Save")).sees(_("Nothing was different, nothing was changed."))

    assert JournalEntry.objects.count() == before


@time_machine.travel(date(2026, 11, 22))
def test_holidays_are_added_shown_and_removed(head):
    head.office.holidays.create(day=date(2026, 8, 17), name="Hari Kemerdekaan")
    person = Person(head.user).opens(reverse("office:holidays"))
    person.sees("1 hari libur yang sudah lewat", "Hari Kemerdekaan")

    christmas = {"day_day": "25", "day_month": "12", "day_year": "2026"}
    person.presses(_("Add"), **christmas, name="Natal")
    person.sees("Tutup pada Jumat, 25 Desember 2026.", "Natal")
    assert head.office.holidays.filter(day=date(2026, 12, 25)).exists()
    person.presses(_("Add"), **christmas, name="Natal")
    assert person.status == 422
    person.sees(_("This day is already a holiday."))

    person.opens(reverse("office:holidays")).presses("Hapus 25 Desember 2026")
    person.misses("Natal").sees("Hari Kemerdekaan")


def test_a_holiday_of_another_office_is_not_found(client, head):
    factories.office("3372").holidays.create(day=date(2026, 12, 25), name="Natal")
    client.force_login(head.user)

    for day in ("2026-12-25", "2026-13-40", "natal"):
        path = reverse("office:remove_holiday", args=[day])
        assert client.post(path).status_code == 404

    assert factories.office("3372").holidays.count() == 1
