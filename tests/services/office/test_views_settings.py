"""The list of concerns and the pages of one form each."""

from datetime import date, datetime, time

import pytest
import time_machine
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from services.office import actions_hours, forms_settings
from services.office.models import JournalEntry, Office, PromiseUnit, Role
from services.office.texts import OCCASIONS
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db

FORMS = {
    "letterhead": forms_settings.LetterheadForm,
    "card": forms_settings.CardForm,
    "number": forms_settings.NumberForm,
    "requirements": forms_settings.RequirementsForm,
    "promise": forms_settings.PromiseForm,
    "after_card": forms_settings.AfterCardForm,
    "working": forms_settings.WorkingForm,
}
# For each page one answer that differs, and what becomes of it.
CHANGES = {
    "letterhead": ("city", "Cilacap", "Cilacap"),
    "card": ("paper", "A4", "A4"),
    "number": ("number_pattern", "{urut:5}/{yyyy:4}", "{urut:5}/{yyyy:4}"),
    "requirements": ("required_papers", ["kk"], ["kk"]),
    "promise": ("promise_days", "3", 3),
    "after_card": ("lapse_days", "60", 60),
    "working": ("one_person_office", "on", True),
}


@pytest.fixture
def head(client):
    """The administrator, signed in."""
    head = factories.officer(Role.ADMINISTRATOR, name="Kepala Contoh")
    client.force_login(head.user)
    return head


def sent(office, page, **answers) -> dict:
    """What a page would send: no word for a box that is not ticked."""
    standing = {**model_to_dict(office, FORMS[page].Meta.fields), **answers}
    return {k: value for k, value in standing.items() if value not in (False, None)}


def written() -> list[tuple]:
    rows = JournalEntry.objects.order_by("pk")
    return list(rows.values_list("subject", "old", "new"))


def test_the_list_says_what_is_set_now(head):
    office = head.office
    office.holidays.create(day=date(2099, 12, 25), name="Natal")
    person = Person(head.user).opens(reverse("office:settings"))

    person.sees(
        "DINAS KETENAGAKERJAAN, Jl. Contoh No. 1",
        "KTP, ijazah atau SKL, foto, mulai usia 18 tahun",
        "1 hari kerja",
        "Senin–Jumat 08.00–16.00",
        "25 Desember 2099, Natal",
        "30 dipakai",
        f"{len(OCCASIONS)} pesan, 0 dengan kata-kata Anda sendiri",
        "pengingat 14 hari sebelum laporan; kartu tetap aktif tanpa laporan",
        "menerima permohonan; WIB",
        "1 orang",
    )


def test_the_list_says_it_of_an_office_with_rules_of_its_own(head):
    factories.office(
        promise_unit=PromiseUnit.MINUTES,
        promise_minutes=90,
        residents_only=True,
        lapse_days=60,
        counts_blanks=True,
        one_person_office=True,
    )

    Person(head.user).opens(reverse("office:settings")).sees(
        "90 menit jam buka",
        "hanya warga wilayah ini",
        "kartu nonaktif 60 hari setelah laporan terlewat",
        "menghitung blangko",
        "satu orang menyetujui dan mengesahkan",
    )


def test_the_list_leads_to_every_concern(client, head):
    concerns = client.get(reverse("office:settings")).context["concerns"]

    opened = {c.name: client.get(reverse(c.name)).status_code for c in concerns}

    assert set(opened.values()) == {200}
    assert {f"office:{page}" for page in FORMS} <= set(opened)


def test_the_list_asks_as_often_for_three_texts_as_for_none(client, head):
    counts = []
    for kinds in ((), ("approved", "submitted", "lapsed")):
        for kind in kinds:
            head.office.texts.create(kind=kind, version=1, subject="A", body="B")
        client.get(reverse("office:settings"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("office:settings"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", FORMS)
def test_a_setting_that_changed_is_saved_and_written_down(client, head, page):
    name, typed, kept = CHANGES[page]
    answers = sent(head.office, page, **{name: typed})

    response = client.post(reverse(f"office:{page}"), answers)

    assert (response.status_code, response.url) == (302, reverse("office:settings"))
    assert getattr(Office.objects.get(), name) == kept
    assert [subject for subject, _old, _new in written()] == [name]


@pytest.mark.parametrize("page", FORMS)
def test_settings_that_are_the_same_say_that_nothing_changed(client, head, page):
    answers = sent(head.office, page)

    response = client.post(reverse(f"office:{page}"), answers, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        _("Nothing was different, nothing was changed.")
    ]
    assert written() == []


def test_a_setting_that_cannot_be_is_told_and_kept_on_the_page(client, head):
    response = client.post(reverse("office:number"), {"number_pattern": "{nomor}"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["number_pattern"]
    assert 'value="{nomor}"' in response.content.decode()
    assert written() == []


def test_a_page_changes_nothing_that_belongs_to_another(client, head):
    answers = sent(head.office, "letterhead", minimum_age="25", region_code="3372")

    client.post(reverse("office:letterhead"), answers)

    office = Office.objects.get()
    assert (office.minimum_age, office.region_code) == (18, "3301")


# Examples -------------------------------------------------------------------------


@time_machine.travel(datetime(2026, 11, 22, 3, tzinfo=factories.WIB))
def test_the_example_of_a_number_is_that_of_what_is_typed_and_nothing_is_saved(head):
    person = Person(head.user).opens(reverse("office:number"))
    person.sees("3301 000001 221126")

    person.presses(_("Show the example"), number_pattern="DTK-{urut:4}-{mmyy:4}")

    person.sees("DTK-0001-1126").misses("3301 000001 221126")
    assert Office.objects.get().number_pattern == "{kode_wilayah:4}{urut:6}{ddmmyy:6}"
    assert written() == []


def test_a_pattern_that_makes_no_number_has_no_example(client, head):
    response = client.post(
        reverse("office:number"), {"number_pattern": "{urut:6}", "show": "1"}
    )

    assert response.status_code == 422
    assert response.context["example"] is None
    assert _("This pattern makes no number yet.") in response.content.decode()


@time_machine.travel(datetime(2026, 11, 23, 9, 30, tzinfo=factories.WIB), tick=False)
def test_the_promise_shows_by_when_what_comes_in_now_is_answered(head):
    person = Person(head.user).opens(reverse("office:promise"))
    person.sees("Senin, 23 November 2026, 09.30 WIB", "Selasa, 24 November 2026, 16.00")

    person.presses(_("Show the example"), promise_unit="minutes", promise_minutes="45")

    person.sees("Senin, 23 November 2026, 10.15 WIB")
    assert Office.objects.get().promise_unit == "days"


@time_machine.travel(datetime(2026, 11, 23, 9, 30, tzinfo=factories.WIB), tick=False)
def test_the_promise_counts_the_hours_and_holidays_of_the_office(head):
    week = {1: ((time(8), time(12)),), 3: ((time(8), time(11)),)}
    actions_hours.set_opening_times(head.office, by=head, week=week)
    actions_hours.add_holiday(
        head.office, by=head, day=date(2026, 11, 26), name="Libur"
    )

    person = Person(head.user).opens(reverse("office:promise"))

    person.sees("Selasa, 1 Desember 2026, 12.00 WIB")


def test_an_office_that_never_opens_can_promise_nothing(head):
    week = {1: ((time(8), time(8, 1)),)}
    actions_hours.set_opening_times(head.office, by=head, week=week)
    Office.objects.update(promise_unit="minutes", promise_minutes=2400)

    person = Person(head.user).opens(reverse("office:promise"))

    assert person.status == 200
    person.sees("tidak ada yang dapat dijanjikan")
