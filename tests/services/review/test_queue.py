"""The lists of the queue: how urgent, which ones, in which order."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from applicants.models import Applicant
from services.issuance.models import Application
from services.issuance.workflow import Status
from services.review import actions
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def client():
    return factories.signed_in(factories.officer().user)


def waiting(due, **facts):
    case = factories.application(Status.SUBMITTED, **facts)
    Application.objects.filter(pk=case.pk).update(due_at=due)
    return case


def shown(client, query=""):
    """(title of the group, tokens) of each group of the page."""
    page = client.get(reverse("review:queue") + query)
    return [
        (str(title), [case.token for case in cases])
        for title, cases in page.context["groups"]
        if cases
    ]


def test_the_waiting_ones_are_grouped_by_the_promise(client):
    later = waiting(NOON + timedelta(days=1))
    late = waiting(NOON - timedelta(minutes=1))
    today = waiting(NOON.replace(hour=23, minute=59))

    assert shown(client) == [
        ("lewat batas", [late.token]),
        ("Hari ini", [today.token]),
        ("Nanti", [later.token]),
    ]


@pytest.mark.parametrize(
    ("asked", "expected"), [("lewat", 0), ("hari-ini", 1), ("nanti", 2)]
)
def test_a_filter_shows_one_urgency(client, asked, expected):
    cases = [
        waiting(NOON - timedelta(hours=1)),
        waiting(NOON + timedelta(hours=1)),
        waiting(NOON + timedelta(days=2)),
    ]

    ((_title, tokens),) = shown(client, f"?hari={asked}")

    assert tokens == [cases[expected].token]


def test_a_filter_shows_one_district(client):
    here, there = waiting(NOON), waiting(NOON)
    Applicant.objects.filter(pk=there.applicant_id).update(village_id="3301022001")

    ((_title, tokens),) = shown(client, "?kecamatan=330102")

    assert tokens == [there.token]
    assert here.token not in tokens


def test_a_filter_shows_the_desk_of_one_officer(client):
    mine, theirs = factories.officer(), factories.officer()
    case = factories.application(Status.IN_REVIEW, by=mine)
    factories.application(Status.IN_REVIEW, by=theirs)

    ((_title, tokens),) = shown(client, f"?daftar=diperiksa&petugas={mine.token}")

    assert tokens == [case.token]


def test_the_order_stands_in_the_url(client):
    late = waiting(NOON - timedelta(days=1), applicant_=person("Wati Contoh"))
    early = waiting(NOON + timedelta(days=1), applicant_=person("Agus Contoh"))

    by_name = shown(client, "?urut=nama")

    assert by_name == [("", [early.token, late.token])]


def person(name):
    return factories.applicant(name=name)


def test_what_no_list_knows_is_not_asked_for(client):
    case = waiting(NOON)

    ((_title, tokens),) = shown(client, "?urut=x&jenis=x&kecamatan=x&hari=x&hal=x")

    assert tokens == [case.token]


def test_pages_keep_filter_and_order(client, monkeypatch):
    monkeypatch.setattr("services.review.views_queue.PER_PAGE", 1)
    waiting(NOON)
    waiting(NOON)

    page = client.get(reverse("review:queue") + "?urut=nama&jenis=new")

    assert "urut=nama&amp;jenis=new&amp;hal=2" in page.content.decode()


def test_a_left_case_says_so_in_the_list(client):
    case = factories.application(Status.IN_REVIEW, by=factories.officer())
    Application.objects.filter(pk=case.pk).update(lease_until=NOON)
    assert "bebas diambil" not in client.get(reverse("review:queue")).content.decode()
    Application.objects.filter(pk=case.pk).update(
        lease_until=NOON - timedelta(minutes=1)
    )

    page = client.get(reverse("review:queue")).content.decode()

    assert "bebas diambil" in page


def test_the_lists_ask_the_same_for_one_row_and_for_three(
    client, django_assert_max_num_queries
):
    officer = factories.officer()
    for _ in range(3):
        factories.application(Status.SUBMITTED)
        actions.take_next(officer=factories.officer(at=officer.office))
        waiting(NOON)
    for chosen in ("menunggu", "diperiksa", "dikembalikan", "selesai"):
        with django_assert_max_num_queries(16):
            client.get(reverse("review:queue") + f"?daftar={chosen}")
