import json

import pytest
from django.core.management import call_command

from ak1portal.demo.lives import STAGES
from ak1portal.demo.office import DemoOffice
from applicants.models import Applicant, User
from services.hall import lists as lists_of_halls
from services.hall.models import Ticket
from services.issuance.models import Application, Letter, Via
from services.issuance.workflow import Status
from services.office.models import Office, Officer, Role
from services.printing import lists
from tests.links import Crawler
from tests.once import once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    with once(django_db_blocker, tmp_path_factory):
        office = DemoOffice(password="kuning-sekali", people_count=50)
        office.build()
        yield office


@pytest.fixture
def own_files():
    """Those of the office."""


@pytest.fixture
def demo(built, db):
    return built


def test_the_demo_office_has_people_at_every_stage_and_keeps_every_promise(demo):
    statuses = set(Application.objects.values_list("status", flat=True))
    assert statuses >= {
        Status.DRAFT,
        Status.SUBMITTED,
        Status.IN_REVIEW,
        Status.RETURNED,
        Status.APPROVED,
    }
    office = Office.objects.get()
    for waiting in (lists.to_authorise, lists.to_print, lists.to_hand_over):
        assert waiting(office).exists(), waiting
    assert Applicant.objects.count() == 51
    assert demo.printed.prints.exists()
    call_command("check_invariants")


def test_the_hall_of_the_demo_is_at_work(demo):
    office = Office.objects.get()
    board = lists_of_halls.board(office)

    assert board.calls
    assert board.at_counters or board.waiting
    pelamar = Applicant.objects.get(user__email="pelamar@demo.ak1.test")
    assert lists_of_halls.own(pelamar)
    assert Ticket.objects.filter(status="missed").count() < Ticket.objects.count() / 3


def test_everybody_who_is_printed_at_the_start_can_sign_in(demo):
    roles = dict(Officer.objects.values_list("user__email", "role"))

    assert roles["petugas@demo.ak1.test"] == Role.OFFICER
    assert roles["pengantar@demo.ak1.test"] == Role.SUPERVISOR
    assert roles["auditor@demo.ak1.test"] == Role.AUDITOR
    assert roles["admin@demo.ak1.test"] == Role.ADMINISTRATOR
    for email in [*roles, "pelamar@demo.ak1.test"]:
        assert User.objects.get(email=email).check_password("kuning-sekali")


def test_the_bench_opens_every_page_and_counts_its_queries(demo, capsys):
    call_command("bench_pages", repeat=1)

    result = json.loads(capsys.readouterr().out)
    assert result["applications"] == Application.objects.count()
    signed_in = {
        page: row["queries"]
        for page, row in result["pages"].items()
        if not page.startswith("public ")
    }
    # A session, its user, and whatever the page is about.
    assert {page for page, queries in signed_in.items() if queries < 3} == set()
    assert len(signed_in) > 20


STAFF = ("petugas", "pengantar", "auditor", "admin")


@pytest.mark.parametrize("name", STAFF)
def test_no_link_and_no_form_of_an_officer_is_dead_or_forbidden(demo, name):
    user = User.objects.get(email=f"{name}@demo.ak1.test")
    crawler = Crawler(user)

    found = crawler.walks("/", "/pintu/")
    assert "\n".join(found) == ""
    assert len(crawler.opened) > 40


def test_no_link_and_no_form_of_the_public_is_dead_or_forbidden(demo):
    crawler = Crawler()
    card = demo.printed

    assert crawler.walks("/", card.get_absolute_url()) == []


def test_no_link_and_no_form_of_a_person_at_any_stage_is_dead_or_forbidden(demo):
    """Somebody at each status of an application, and with each kind of card."""
    found, people = [], {}
    for application in Application.objects.select_related("applicant__user", "card"):
        card = getattr(application, "card", None)
        stage = application.status, application.kind, card and card.inactive_why
        stage += (bool(card and card.authorised_at), bool(card and card.voided_at))
        if application.applicant.user:
            people.setdefault(stage, application.applicant.user)
    for user in {*people.values(), User.objects.get(email="pelamar@demo.ak1.test")}:
        found += Crawler(user).walks("/", "/pintu/")

    assert len(people) > 6
    assert found == []


def test_people_come_to_the_counter_of_the_demo_too(demo):
    at_the_desk = Application.objects.filter(via=Via.DESK)

    assert at_the_desk.filter(applicant__user=None, card__isnull=False).exists()


def test_the_demo_writes_to_nobody_real(demo):
    addresses = set(Letter.objects.values_list("to", flat=True))

    assert addresses
    assert {address.split("@")[1] for address in addresses} == {"demo.ak1.test"}


def test_the_stages_cover_the_whole_time_of_the_office():
    bounds = [until for until, _stage in STAGES]

    assert bounds == sorted(bounds)
    assert bounds[-1] > 1
