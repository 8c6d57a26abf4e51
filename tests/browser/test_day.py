"""A day at the counter, by keyboard, in a real browser: how many keys, how long.

    uv run pytest tests/browser/test_day.py -n 0 -o log_cli=true -o log_cli_level=INFO

shows the seconds of each part. What is asserted are keys and outcomes: the machine that
runs the tests may be slow, the number of keys is not.
"""

import logging
import re
import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from applicants import nik
from services.issuance.models import Application, Card, Kind, Via
from services.issuance.workflow import Status
from services.office.models import Heartbeat
from services.review import actions as review
from services.review.chores import carry_out_decision
from services.review.models import Decision
from tests import factories
from tests.services.desk import counter

pytestmark = pytest.mark.django_db(transaction=True)
log = logging.getLogger(__name__)
DESK = {"width": 1280, "height": 900}
ONLINE, WALK_INS = 10, 3


class Keyboard:
    """Presses keys and counts them; what is typed into boxes is counted apart."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


@pytest.fixture
def officer():
    Heartbeat.objects.create(worker="w", seen_at=timezone.now())
    return factories.officer(name="Budi Contohsantoso")


def ten_seconds_later():
    Decision.objects.update(carry_out_at=timezone.now())
    while carry_out_decision():
        pass


def test_a_whole_day(phone, officer, settings):
    settings.UNDO_SECONDS = 10
    desk = phone(officer.user, viewport=DESK)
    for part in (
        online_cases,
        a_conflict,
        walk_ins,
        a_renewal,
        an_employer,
    ):
        begun = time.perf_counter()
        part(desk, phone, officer)
        log.info("%s: %.1f s", part.__name__, time.perf_counter() - begun)


def online_cases(desk, phone, officer):
    """Ten cases by keyboard alone; after the first, each opens by itself."""
    cases = [factories.application(Status.SUBMITTED) for _ in range(ONLINE)]
    page = desk.opens(reverse("review:queue"))
    keys = Keyboard(page)
    page.get_by_role("button", name="Ambil berikutnya").focus()
    keys.press("Enter")
    for _ in cases:
        begun = time.perf_counter()
        page.wait_for_url("**/permohonan/**")
        pictures = page.locator(".sheets img")
        expect(pictures.first).to_be_visible()
        assert pictures.evaluate_all("all => all.every(one => one.complete)")
        case = page.url
        keys.press("a", "a")
        page.wait_for_url(lambda url, case=case: url != case)
        log.info("a case: %.2f s", time.perf_counter() - begun)

    assert keys.pressed == 1 + 2 * ONLINE
    ten_seconds_later()
    assert Card.objects.count() == ONLINE


def a_conflict(desk, phone, officer):
    """A colleague took the case that was left alone too long."""
    factories.application(Status.SUBMITTED)
    page = desk.opens(reverse("review:queue"))
    page.get_by_role("button", name="Ambil berikutnya").press("Enter")
    page.wait_for_url("**/permohonan/**")
    case = Application.objects.get(status=Status.IN_REVIEW)
    Application.objects.filter(pk=case.pk).update(lease_until=timezone.now())
    review.take(case, officer=factories.officer(name="Rina Contohwati"))

    page.keyboard.press("a")
    page.keyboard.press("a")

    expect(page.locator("main")).to_contain_text("Rina Contohwati")
    case.refresh_from_db()
    assert case.status == Status.IN_REVIEW
    review.release(case, officer=case.reviewer.officer)


def walk_ins(desk, phone, officer):
    """Three people with all papers: greeted, typed in, photographed, decided."""
    before = Card.objects.count()
    for number in range(WALK_INS):
        born = counter.BORN + timedelta(days=number)
        told = counter.answers(
            **{
                "identity-nik": nik.compose("3301", "01", born, "P", 40 + number),
                "identity-name": f"Rina Contohwati {'ABC'[number]}",
                "identity-birth_date_day": str(born.day),
            }
        )
        begun = time.perf_counter()
        page = greet(desk, told["identity-nik"])
        fill(page, told)
        page.press("[name=identity-name]", "Enter")
        page.wait_for_url("**/dokumen/**")
        hand_in(page, ("ktp", "ijazah", "foto"))
        decide(page)
        log.info("a walk-in: %.1f s", time.perf_counter() - begun)
    ten_seconds_later()

    assert Card.objects.count() == before + WALK_INS
    assert Application.objects.filter(via=Via.DESK).count() == WALK_INS


def a_renewal(desk, phone, officer):
    """The record is there: nothing is typed but the NIK."""
    card = factories.card(finished=True)
    soon = timezone.localdate() + timedelta(days=10)
    Card.objects.filter(pk=card.pk).update(expires_on=soon)
    person = card.application.applicant
    page = greet(desk, person.nik)
    page.get_by_role("button", name="Perpanjang").press("Enter")
    page.locator("[name=identity-name]").wait_for()
    page.press("[name=identity-name]", "Enter")
    page.wait_for_url("**/dokumen/**")
    hand_in(page, ())
    decide(page)
    ten_seconds_later()

    renewed = person.applications.get(kind=Kind.RENEWAL)
    assert renewed.status == Status.APPROVED


def an_employer(desk, phone, officer):
    """Scans the card and says who works there; the desk reads it."""
    card = factories.card(finished=True)
    page = phone().opens(reverse("registry:hired", args=[card.token]))
    page.fill("[name=company]", "PT Contoh Garmen")
    page.fill("[name=contact]", "Bu Contoh, 0812 3456 7890")
    today = timezone.localdate()
    for part in ("day", "month", "year"):
        page.fill(f"[name=started_on_{part}]", str(getattr(today, part)))
    page.locator("main form button").press("Enter")
    page.wait_for_url(lambda url: not url.endswith(f"{card.token}/"))
    report = card.employer_reports.get()

    page = desk.opens(report.get_absolute_url())

    expect(page.locator("main")).to_contain_text("PT Contoh Garmen")


def greet(desk, digits):
    """The box is ready for typing when the page is; then Enter."""
    page = desk.opens(reverse("desk:start"))
    page.locator("main input:focus").wait_for()
    page.keyboard.type(digits)
    page.keyboard.press("Enter")
    return page


def fill(page, told):
    page.locator("[name=identity-name]").wait_for()
    for name, value in told.items():
        boxes = page.locator(f"[name='{name}']")
        kind = boxes.first.get_attribute("type") or ""
        if kind == "hidden":
            continue
        if kind in ("radio", "checkbox"):
            values = value if isinstance(value, list) else [value]
            for each in values:
                chosen = page.locator(f"[name='{name}'][value='{each}']")
                (chosen if chosen.count() else boxes).first.check()
        elif boxes.first.evaluate("box => box.tagName") == "SELECT":
            expect(boxes.locator(f"option[value='{value}']")).to_be_attached()
            boxes.select_option(value)
        else:
            boxes.fill(value)


def hand_in(page, kinds):
    for kind in kinds:
        sent = counter.file(*((600, 800) if kind == "foto" else (800, 500)))
        page.set_input_files(
            f"#id_{kind}_file",
            {
                "name": "foto.jpg",
                "mimeType": "image/jpeg",
                "buffer": sent.read(),
            },
        )
        page.locator(f"#{kind} [data-upload] button:not([data-camera])").press("Enter")
        expect(page.locator(f"#{kind} .thumbs img").first).to_be_visible()
    page.check("[name=agreed]")
    page.press("[name=agreed]", "Enter")
    expect(page.locator(".slip")).to_be_visible()
    assert re.search(r"\d{16}", page.url) is None


def decide(page):
    page.keyboard.press("Enter")
    page.wait_for_url("**/permohonan/**")
    case = page.url
    page.keyboard.press("a")
    page.keyboard.press("a")
    page.wait_for_url(lambda url: url != case)
