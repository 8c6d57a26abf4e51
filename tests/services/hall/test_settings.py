"""What the administrator sets for the hall, and the journal of it."""

from datetime import time

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from services.hall.models import Counter, HallRule
from services.office.models import JournalEntry, Role
from tests import factories
from tests.person import Person
from tests.services.hall import halls

pytestmark = pytest.mark.django_db

SETTINGS = reverse("hall_settings:settings")


@pytest.fixture
def admin():
    return factories.officer(Role.ADMINISTRATOR, name="Wati Contoh")


@pytest.fixture
def wati(admin):
    return Person(admin.user).opens(SETTINGS)


def journal() -> list[tuple]:
    entries = JournalEntry.objects.order_by("pk")
    return list(entries.values_list("act", "subject", "old", "new"))


def test_switching_the_tickets_on(wati, admin):
    wati.sees("Tautan dibuat saat halaman ini disimpan pertama kali")

    wati.presses("Simpan", gives_tickets="on", quota="12", opens_at="07.30")

    wati.sees("Tersimpan.", "/layar/")
    rule = HallRule.of(admin.office)
    assert (rule.gives_tickets, rule.quota, rule.opens_at) == (True, 12, time(7, 30))
    assert journal() == [
        (
            "hall_rule",
            "",
            "memberi nomor antrean: Tidak; nomor yang dapat dipesan untuk setiap jam"
            " buka: 10; pukul mulai hari baru dapat dipesan: 06.00",
            "memberi nomor antrean: Ya; nomor yang dapat dipesan untuk setiap jam"
            " buka: 12; pukul mulai hari baru dapat dipesan: 07.30",
        )
    ]


def test_saving_what_is_there_changes_nothing(wati):
    wati.presses("Simpan").presses("Simpan").sees("Tidak ada yang berbeda")

    assert journal() == []


@pytest.mark.parametrize(
    "wrong",
    [{"quota": "0"}, {"quota": "x"}, {"days_ahead": "99"}, {"opens_at": "25.00"}],
)
def test_what_cannot_be_is_not_saved(wati, admin, wrong):
    wati.presses("Simpan", **wrong)

    assert wati.status == 422
    assert not HallRule.objects.filter(office=admin.office).exists()


def test_a_new_link_and_the_old_one_is_dead(wati, admin, client):
    wati.presses("Simpan")
    old = reverse("hall:screen", args=[HallRule.of(admin.office).screen_token])
    assert client.get(old).status_code == 200

    wati.presses("Buat tautan baru").sees("tautan baru")

    new = reverse("hall:screen", args=[HallRule.of(admin.office).screen_token])
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    assertContains(wati.response, new)
    assert journal() == [("hall_screen", "", "", "")]


def test_adding_and_changing_a_counter(wati):
    add = reverse("hall_settings:add_counter")
    wati.opens(add).presses("Tambah", name="Loket 1").sees("Sudah ditambahkan")
    counter = Counter.objects.get()

    wati.opens(reverse("hall_settings:counter", args=[counter.token]))
    wati.presses("Simpan", name="Loket A")

    counter.refresh_from_db()
    assert (counter.name, counter.is_active) == ("Loket A", True)
    assert journal() == [
        ("counter_added", "Loket 1", "", ""),
        ("counter_changed", "Loket 1", "nama: Loket 1", "nama: Loket A"),
    ]


def test_a_counter_out_of_use(admin):
    counter = halls.counter(admin.office)
    client = factories.signed_in(admin.user)

    client.post(
        reverse("hall_settings:counter", args=[counter.token]), {"name": "Loket 1"}
    )

    counter.refresh_from_db()
    assert not counter.is_active
    assertContains(client.get(SETTINGS), "tidak dipakai")


def test_two_counters_have_two_names(wati, admin):
    halls.counter(admin.office, "Loket 1")
    wati.opens(reverse("hall_settings:add_counter"))

    wati.presses("Tambah", name="loket 1").sees("sudah ada")

    assert wati.status == 422
    assert Counter.objects.count() == 1


def test_a_counter_of_another_office_is_not_found(admin):
    elsewhere = halls.counter(factories.office("3372"))
    path = reverse("hall_settings:counter", args=[elsewhere.token])

    assert factories.signed_in(admin.user).get(path).status_code == 404


def test_the_journal_reads_these_lines(wati, admin):
    wati.presses("Simpan", gives_tickets="on").presses("Buat tautan baru")
    wati.opens(reverse("hall_settings:add_counter")).presses("Tambah", name="Loket 1")

    wati.opens(reverse("office:journal"))

    wati.sees(
        "Mengubah aturan nomor antrean",
        "Memperbarui tautan layar ruang tunggu",
        "Menambah loket",
        "Wati Contoh",
    )
