"""The hall from home, at the door and behind the counter, as pages."""

import uuid
from datetime import time, timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from services.hall import actions
from services.hall.models import HallRule, Purpose, Ticket
from services.hall.workflow import Status
from services.issuance.workflow import Status as Stage
from services.office.actions_hours import add_holiday
from services.office.models import Role
from tests import factories
from tests.person import Person
from tests.services.hall import halls
from tests.services.hall.halls import TODAY, at, now

pytestmark = pytest.mark.django_db

HALLS = reverse("hall:halls")
TAKE = reverse("hall:take", args=["3301"])
DESK = reverse("counter:desk")
DOOR = reverse("counter:door")


@pytest.fixture(autouse=True)
def morning():
    with at(9) as clock:
        yield clock


@pytest.fixture
def office():
    return halls.opened(notice="Loket 3 hari ini tutup.")


@pytest.fixture
def officer(office):
    return factories.officer(at=office, name="Budi Contoh")


def sitting(officer, counter):
    """Somebody who has sat down at a counter."""
    person = Person(officer.user).opens(DESK)
    return person.presses("Duduk di sini", counter=counter.token)


# From home ------------------------------------------------------------------------


def test_anybody_sees_how_it_is_in_the_hall(client, office, officer):
    counter = halls.counter()
    halls.given(by=officer)
    halls.given(by=officer)
    halls.called(counter, by=officer)

    page = client.get(HALLS)

    assertContains(page, "A-001")
    assertContains(page, "Loket 1")
    assertContains(page, "belum cukup data")
    assertContains(page, "Loket 3 hari ini tutup.")
    assertNotContains(page, "A-002")


def test_how_long_people_wait_now(client, office, officer):
    counter = halls.counter()
    for minutes in (0, 0, 0, 5, 9, 9, 12):
        halls.given(by=officer)
        with at(9, minutes):
            ticket = halls.called(counter, by=officer)
            actions.serve(ticket, counter=counter, officer=officer)
            actions.finish(ticket, counter=counter, officer=officer)
            said = client.get(HALLS).content.decode()
        if ticket.number == 3:
            assert "kurang dari satu menit" in said

    assert "sekitar 5 menit" in said


def test_a_hall_that_is_closed_says_so(client, office):
    with at(16):
        assertContains(client.get(HALLS), "Kantor sedang tutup")


def test_an_office_that_gives_no_tickets_is_not_there(client):
    factories.office()

    assertContains(client.get(HALLS), "Belum ada kantor")
    assertNotContains(client.get(reverse("home")), HALLS)
    assert factories.signed_in(factories.bare_applicant().user).get(
        TAKE
    ).status_code == (404)


def test_the_front_page_leads_to_the_hall(client, office):
    assertContains(client.get(reverse("home")), HALLS)


def test_booking_an_hour_from_home(office):
    siti = Person(factories.applicant().user).opens(TAKE)
    siti.sees("Senin, 23 November 2026", "10.00–11.00", "10 tempat kosong")
    siti.misses("09.00–10.00")

    siti.presses("Ambil nomor ini", slot="10:00")

    siti.sees("B-001", "10.00–11.00", "Membuat kartu baru", "belum diperiksa")
    assert siti.path == Ticket.objects.get().get_absolute_url()


def test_another_day_is_one_link_away(office):
    siti = Person(factories.bare_applicant().user)

    siti.opens(f"{TAKE}?hari=2026-11-24").sees("Selasa, 24 November 2026")
    siti.presses("Ambil nomor ini", slot="08:00")

    assert Ticket.objects.get().day == TODAY + timedelta(days=1)


@pytest.mark.parametrize("asked", ["2026-12-24", "kemarin", "2026-02-30"])
def test_a_day_that_cannot_be_booked_shows_one_that_can(office, asked):
    person = Person(factories.bare_applicant().user)

    person.opens(f"{TAKE}?hari={asked}").sees("Senin, 23 November 2026")


def test_the_first_day_with_a_place_is_shown(office):
    halls.opened(quota=1)
    with at(14):
        halls.booked(slot=time(15))
        page = Person(factories.bare_applicant().user).opens(TAKE)

        page.sees("Selasa, 24 November 2026")
        page.opens(f"{TAKE}?hari=2026-11-23").sees("Tidak ada jam yang kosong")


def test_a_full_hour_says_so_and_cannot_be_chosen(office):
    halls.opened(quota=1)
    halls.booked()
    person = factories.bare_applicant()

    page = factories.signed_in(person.user).get(TAKE)

    assertContains(page, "penuh")
    assertContains(page, 'value="10:00" disabled')


def test_an_office_without_any_day_says_so(office):
    halls.opened(days_ahead=0, opens_at=time(12))

    page = Person(factories.bare_applicant().user).opens(TAKE)

    page.sees("tidak ada hari yang dapat dipesan")


def test_no_hour_and_no_purpose_is_said_and_nothing_is_lost(office):
    person = Person(factories.bare_applicant().user).opens(f"{TAKE}?hari=2026-11-24")

    person.presses("Ambil nomor ini", purpose="")

    person.sees("Pilih jam.", "Pilih keperluan Anda.", "Selasa, 24 November 2026")
    assert person.status == 422
    assert not Ticket.objects.exists()


def test_the_last_place_goes_to_one_and_the_other_reads_a_sentence(office):
    halls.opened(quota=1)
    late = Person(factories.bare_applicant().user).opens(TAKE)
    halls.booked()

    late.presses("Ambil nomor ini", slot="10:00")

    late.sees("Tempat terakhir pukul 10.00 pada 23 November 2026")
    assert late.status == 409
    assert Ticket.objects.count() == 1


def test_a_second_click_shows_the_same_number_and_says_so(office):
    user = factories.bare_applicant().user
    first, second = Person(user).opens(TAKE), Person(user).opens(TAKE)
    first.presses("Ambil nomor ini", slot="10:00")

    second.presses("Ambil nomor ini", slot="11:00")

    second.sees("Anda sudah mengambil nomor B-001", "23 November 2026, 09.00")
    second.sees("tidak ada nomor lain yang diambil", "10.00–11.00")
    second.opens(TAKE).sees("Anda sudah punya nomor B-001").misses("Ambil nomor ini")
    assert Ticket.objects.count() == 1


def test_nobody_draws_numbers_all_day(office):
    who = factories.bare_applicant()
    client = factories.signed_in(who.user)
    answer = {"day": "2026-11-23", "slot": "10:00", "purpose": "new"}

    statuses = [client.post(TAKE, answer).status_code for _try in range(21)]

    assert statuses == [302] * 20 + [429]


# One's own number -----------------------------------------------------------------


def test_how_far_it_is(office, officer):
    counter = halls.counter()
    first, ticket = halls.booked(), halls.booked(factories.applicant())
    siti = Person(ticket.applicant.user).opens(ticket.get_absolute_url())
    siti.sees("B-002", "Ada 1 orang sebelum Anda")
    with at(10):
        halls.called(counter, by=officer)
        actions.miss(now(first), counter=counter, officer=officer)
        siti.opens(siti.path).sees("Giliran Anda berikutnya")
        halls.called(counter, by=officer)
        siti.opens(siti.path).sees("Silakan ke Loket 1 sekarang")
        siti.misses("Batalkan nomor ini")
        actions.serve(now(ticket), counter=counter, officer=officer)
        siti.opens(siti.path).sees("Anda sedang di Loket 1")
        actions.finish(ticket, counter=counter, officer=officer)

    siti.opens(siti.path).sees("Anda sudah dilayani").misses("Berkas Anda")


def test_who_is_first_of_a_later_hour_need_not_wait_near_the_counters(office):
    ticket = halls.booked()
    siti = Person(ticket.applicant.user).opens(ticket.get_absolute_url())

    siti.sees("yang pertama pada jam itu").misses("Giliran Anda berikutnya")


def test_a_holiday_set_after_booking_is_said_on_the_number(office):
    ticket = halls.booked(day=TODAY + timedelta(days=1))
    mine = Person(ticket.applicant.user)
    mine.opens(ticket.get_absolute_url()).sees("Anda yang pertama pada jam itu")
    admin = factories.officer(Role.ADMINISTRATOR, at=office)
    add_holiday(office, by=admin, day=ticket.day, name="Cuti bersama")

    mine.opens(ticket.get_absolute_url())

    mine.sees("Jangan datang pada jam itu")
    mine.misses("Anda yang pertama")
    mine.presses("Batalkan nomor ini")
    assert now(ticket).status == Status.CANCELLED


def test_who_did_not_come_reads_what_to_do(office, officer):
    counter, ticket = halls.counter(), halls.booked()
    with at(10):
        halls.called(counter, by=officer)
        actions.miss(now(ticket), counter=counter, officer=officer)

    page = Person(ticket.applicant.user).opens(ticket.get_absolute_url())

    page.sees("tetapi tidak datang").misses("Batalkan nomor ini")


def test_a_page_refreshes_itself_only_while_there_is_something_to_wait_for(office):
    ticket = halls.booked()
    client = factories.signed_in(ticket.applicant.user)
    path = ticket.get_absolute_url()

    assertContains(client.get(path), 'http-equiv="refresh"')
    actions.cancel(ticket, applicant=ticket.applicant)
    assertNotContains(client.get(path), 'http-equiv="refresh"')


@pytest.mark.parametrize(
    ("purpose", "said"),
    [
        (Purpose.NEW, "Bagaimanapun juga, bawa KTP Anda"),
        (Purpose.RENEWAL, "kartu AK-1 lama Anda"),
        (Purpose.COLLECT, "tidak diserahkan kepada orang lain"),
        (Purpose.REPORT, "Bawa KTP dan kartu AK-1 Anda"),
    ],
)
def test_what_to_bring_depends_on_the_purpose(office, purpose, said):
    ticket = halls.booked(purpose=purpose)

    Person(ticket.applicant.user).opens(ticket.get_absolute_url()).sees(said)


def test_the_papers_that_the_portal_knows_to_be_fine(office):
    application = factories.application(Stage.RETURNED)
    ticket = halls.booked(application.applicant)

    page = Person(ticket.applicant.user).opens(ticket.get_absolute_url())

    page.sees("Perlu diperbaiki: Foto KTP buram.")
    done = factories.application(Stage.APPROVED)
    ticket = halls.booked(done.applicant)
    page = Person(ticket.applicant.user).opens(ticket.get_absolute_url())
    page.sees("Sudah diperiksa petugas", "Sesuai").misses("Belum ada pada kami")


def test_giving_a_number_back(office):
    ticket = halls.booked()
    siti = Person(ticket.applicant.user).opens(HALLS).sees("Nomor Anda", "B-001")
    siti.opens(ticket.get_absolute_url())

    siti.presses("Batalkan nomor ini").sees("Nomor B-001 sudah dibatalkan")

    assert now(ticket).status == Status.CANCELLED
    siti.misses("Nomor Anda")


def test_giving_back_from_an_old_page_says_who_called_it(office, officer):
    ticket, counter = halls.booked(), halls.counter()
    siti = Person(ticket.applicant.user).opens(ticket.get_absolute_url())
    with at(10):
        halls.called(counter, by=officer)
        siti.presses("Batalkan nomor ini")

    assert siti.status == 409
    siti.sees("sedang dipanggil: silakan ke Loket 1")


def test_a_strangers_number_is_not_found(office):
    ticket = halls.booked()
    stranger = factories.signed_in(factories.bare_applicant().user)

    for path in (
        ticket.get_absolute_url(),
        reverse("hall:follow", args=[ticket.token]),
    ):
        assert stranger.get(path).status_code == 404
    cancel = reverse("hall:cancel", args=[ticket.token])
    assert stranger.post(cancel).status_code == 404
    assert now(ticket).status == Status.WAITING


# On the pages of an application ---------------------------------------------------


def test_after_handing_in_there_is_a_way_to_a_number(office):
    application = factories.application(Stage.SUBMITTED)
    siti = Person(application.applicant.user)
    for name in ("detail", "confirmation"):
        page = siti.opens(reverse(f"issuance:{name}", args=[application.token]))
        page.sees("Ambil nomor antrean")

    halls.booked(application.applicant)

    siti.opens(application.get_absolute_url()).sees("Nomor antrean Anda: B-001")


def test_a_card_that_is_ready_leads_to_a_number(office):
    card = factories.card(finished=True)
    siti = Person(card.application.applicant.user)

    siti.opens(card.application.get_absolute_url()).sees("Ambil nomor antrean")
    siti.opens(reverse("issuance:tasks")).sees("Ambil nomor antrean")


def test_without_tickets_nothing_is_said_of_a_queue():
    application = factories.application(Stage.SUBMITTED)

    page = Person(application.applicant.user).opens(application.get_absolute_url())

    page.misses("nomor antrean")


# At the door ----------------------------------------------------------------------


def test_a_number_at_the_door_is_one_press_and_a_slip(office, officer):
    door = Person(officer.user).opens(DOOR).sees("Loket 3 hari ini tutup.")

    door.presses("Keperluan lain")

    ticket = Ticket.objects.get()
    assert (ticket.label, ticket.purpose) == ("A-001", "other")
    assert door.path == reverse("counter:slip", args=[ticket.token])
    door.sees("A-001", "0 orang sebelum Anda", "23 November 2026, 09.00 WIB")
    assertContains(door.response, "data:image/png;base64,")


def test_the_same_page_sent_twice_is_one_slip(office, officer):
    client = factories.signed_in(officer.user)
    sent = {"purpose": "new", "key": str(uuid.uuid4())}

    first, second = (client.post(DOOR, sent) for _press in range(2))

    assert first.url == second.url
    assert Ticket.objects.count() == 1


def test_the_slip_can_be_followed_without_an_account(client, office, officer):
    counter, ticket = halls.counter(), halls.given(by=officer)
    path = reverse("hall:follow", args=[ticket.token])
    assert ticket.get_absolute_url() == path
    assertContains(client.get(path), "Giliran Anda berikutnya")

    halls.called(counter, by=officer)

    assertContains(client.get(path), "Silakan ke <strong>Loket 1</strong> sekarang")


def test_the_door_says_why_no_number_is_given(office, officer):
    with at(16):
        Person(officer.user).opens(DOOR).sees("Kantor sudah tutup").misses(
            "Mengambil kartu"
        )
    client = factories.signed_in(officer.user)
    with at(16):
        sent = {"purpose": "new", "key": str(uuid.uuid4())}
        assertContains(client.post(DOOR, sent), "sudah tutup", status_code=409)


def test_an_unknown_purpose_is_no_number(office, officer):
    client = factories.signed_in(officer.user)

    sent = client.post(DOOR, {"purpose": "lain", "key": str(uuid.uuid4())})

    assert sent.status_code == 422
    assert not Ticket.objects.exists()


# Behind the counter ---------------------------------------------------------------


def test_a_day_at_a_counter(office, officer):
    counter = halls.counter()
    halls.given(by=officer)
    budi = sitting(officer, counter).sees("Loket 1", "1 orang menunggu")

    budi.presses("Panggil berikutnya").sees("A-001", "Dipanggil", "Keperluan lain")
    budi.presses("Panggil lagi").sees("Dipanggil")
    budi.presses("Tidak datang").sees("tidak datang", "Panggil A-001 lagi")
    budi.presses("Panggil A-001 lagi").presses("Sudah datang").sees("Di loket")
    budi.presses("Selesai").sees("Panggil berikutnya")

    assert Ticket.objects.get().status == Status.DONE
    budi.presses("Panggil berikutnya").sees("Tidak ada yang menunggu giliran")


def test_the_person_and_their_case_are_one_link_away(office, officer):
    application = factories.application(Stage.SUBMITTED)
    halls.booked(application.applicant)
    budi = sitting(officer, halls.counter()).sees("1 nomor dipesan untuk jam")
    with at(10):
        budi.opens(DESK).misses(application.applicant.name)
        budi.presses("Panggil berikutnya")

    budi.sees(application.applicant.name, application.receipt, "dipesan untuk 10.00")
    case = reverse("review:detail", args=[application.token])
    assertContains(budi.response, case)


def test_a_card_that_waits_is_one_link_away(office, officer):
    card = factories.card(finished=True)
    halls.booked(card.application.applicant, purpose=Purpose.COLLECT)
    budi = sitting(officer, halls.counter())
    with at(10):
        budi.opens(DESK).presses("Panggil berikutnya")

    assertContains(budi.response, reverse("cards:detail", args=[card.token]))


def test_who_has_handed_in_nothing_is_named_as_such(office, officer):
    ticket = halls.booked()
    budi = sitting(officer, halls.counter())
    with at(10):
        budi.opens(DESK).presses("Panggil berikutnya")

    budi.sees(ticket.applicant.name, "belum mengajukan apa pun")


def test_nobody_calls_without_a_counter(office, officer):
    client = factories.signed_in(officer.user)
    ticket = halls.given(by=officer)

    answer = client.post(reverse("counter:call_next"))

    assertContains(answer, "Pilih dulu di loket mana", status_code=409)
    assert now(ticket).status == Status.WAITING


def test_a_counter_that_is_not_there_cannot_be_chosen(office, officer):
    elsewhere = halls.counter(factories.office("3372"))
    closed = halls.counter(name="Loket 9")
    closed.is_active = False
    closed.save()
    halls.counter(name="Loket 1")
    client = factories.signed_in(officer.user)
    path = reverse("counter:choose")

    for counter in (elsewhere, closed):
        assert client.post(path, {"counter": counter.token}).status_code == 422
    assertContains(client.post(path), "Pilih loket.", status_code=422)


def test_an_office_without_counters_says_who_adds_them(office, officer):
    Person(officer.user).opens(DESK).sees("Belum ada loket")


def test_a_desk_says_that_the_office_gives_no_tickets(officer):
    halls.opened(gives_tickets=False)

    Person(officer.user).opens(DESK).sees("sedang tidak memberi nomor antrean")


def test_an_old_page_is_a_409_that_names_who_was_faster(office, officer):
    counter = halls.counter()
    halls.given(by=officer)
    budi = sitting(officer, counter).presses("Panggil berikutnya")
    rini = factories.officer(at=office, name="Rini Contoh")
    with at(9, 5):
        sitting(rini, counter).presses("Tidak datang")

    with at(9, 6):
        budi.presses("Sudah datang")

    assert budi.status == 409
    budi.sees("Nomor A-001 sekarang “Tidak datang” (Loket 1, Rini Contoh, 09.05 WIB).")


def test_a_number_of_another_office_is_not_found(office, officer):
    elsewhere = halls.opened(factories.office("3372"))
    ticket = halls.given(elsewhere)
    client = factories.signed_in(officer.user)

    for act in ("call", "serve", "finish", "miss"):
        path = reverse(f"counter:{act}", args=[ticket.token])
        assert client.post(path).status_code == 404
    assert client.get(reverse("counter:slip", args=[ticket.token])).status_code == 404


def test_the_desk_asks_the_same_of_the_database_for_one_and_for_three(
    office, officer, django_assert_num_queries
):
    counter = halls.counter()
    browser = sitting(officer, counter).client

    def queries():
        with django_assert_num_queries(1000, exact=False) as asked:
            browser.get(DESK)
        return len(asked)

    halls.booked()
    halls.given(by=officer)
    first = queries()
    for _person in range(2):
        halls.booked()
        halls.given(by=officer)

    assert queries() == first


# The screen -----------------------------------------------------------------------


@pytest.fixture
def screen(office):
    return reverse("hall:screen", args=[HallRule.of(office).screen_token])


def test_the_screen_shows_numbers_and_counters_and_no_name(
    client, office, officer, screen
):
    person = factories.bare_applicant()
    halls.booked(person)
    halls.given(by=officer)
    counter = halls.counter(name="Loket 7")
    with at(10):
        ticket = halls.called(counter, by=officer)
        page = client.get(screen)

    assert ticket.applicant == person
    assertContains(page, "B-001")
    assertContains(page, "Loket 7")
    assertContains(page, "1 orang menunggu")
    assertContains(page, 'http-equiv="refresh"')
    for secret in (person.name, person.nik, officer.name, ticket.token):
        assertNotContains(page, secret)
        assertNotContains(client.get(f"{screen}isi/"), secret)


def test_an_empty_hall_says_welcome(client, screen):
    assertContains(client.get(screen), "Selamat datang")


def test_the_part_of_the_screen_is_a_304_until_something_happens(
    client, office, officer, screen
):
    counter = halls.counter()
    halls.given(by=officer)
    part = client.get(f"{screen}isi/")
    tag = {"If-None-Match": part["ETag"]}
    assert part["Cache-Control"] == "no-cache"

    assert client.get(f"{screen}isi/", headers=tag).status_code == 304
    halls.called(counter, by=officer)
    later = client.get(f"{screen}isi/", headers=tag)

    assert later.status_code == 200
    assertContains(later, "A-001")


def test_every_call_rings_also_a_second_one(client, office, officer, screen):
    counter = halls.counter()
    halls.given(by=officer)
    ticket = halls.called(counter, by=officer)
    before = client.get(f"{screen}isi/")
    with at(9, 1):
        actions.call(ticket, counter=counter, officer=officer)

        assert client.get(f"{screen}isi/").content != before.content


@pytest.mark.parametrize("part", ["", "isi/"])
def test_a_screen_that_nobody_made_is_not_found(client, office, part):
    assert client.get(f"/layar/tidak-ada/{part}").status_code == 404


def test_the_screen_opens_for_who_is_signed_in_too(office, officer, screen):
    part = factories.signed_in(officer.user).get(f"{screen}isi/")

    assert part.status_code == 200
    assert part["ETag"]


def test_after_taking_the_way_leads_to_the_number(client, office):
    who = factories.bare_applicant()
    browser = factories.signed_in(who.user)

    sent = browser.post(
        TAKE, {"day": "2026-11-24", "slot": "08:00", "purpose": "collect"}
    )

    assertRedirects(sent, Ticket.objects.get().get_absolute_url())
