"""The hall in a real browser: axe and width of every page, the screen, the slip."""

import pypdfium2
import pytest
from django.urls import reverse

from services.hall import actions
from services.hall.models import HallRule
from services.issuance.workflow import Status
from services.office.models import Role
from tests import factories
from tests.browser.looks import NARROW, problems, problems_of
from tests.services.hall import halls
from tests.services.hall.halls import TODAY, at

pytestmark = pytest.mark.django_db(transaction=True)

HALL = {"width": 1920, "height": 1080}


@pytest.fixture(autouse=True)
def clock():
    """Ten in the morning, for the server too."""
    with at(9):
        halls.opened(notice="Layanan AK-1 gratis.")
    with at(10) as clock:
        yield clock


@pytest.fixture
def hall(clock):
    return Hall(clock)


class Hall:
    """Somebody at the counter, somebody waiting, somebody who did not come."""

    def __init__(self, clock):
        self.clock = clock
        self.officer = factories.officer()
        self.admin = factories.officer(Role.ADMINISTRATOR)
        self.counter = halls.counter()
        case = factories.application(Status.RETURNED)
        self.person = case.applicant
        with at(9):
            self.ticket = halls.booked(self.person)
            self.door = halls.given(by=self.officer)
        first = halls.called(self.counter, by=self.officer)
        actions.miss(first, counter=self.counter, officer=self.officer)
        self.called = self.calls()
        self.waits = halls.given(by=self.officer)
        self.later = halls.booked(self.person, day=TODAY.replace(day=24))
        token = HallRule.objects.get().screen_token
        self.screen = reverse("hall:screen", args=[token])

    def calls(self):
        """A minute later the next one is called."""
        self.clock.shift(60)
        return halls.called(self.counter, by=self.officer)

    def ends(self):
        actions.serve(self.called, counter=self.counter, officer=self.officer)
        actions.finish(self.called, counter=self.counter, officer=self.officer)

    def pages(self):
        """(who, their pages)."""
        yield (
            None,
            [
                reverse("home"),
                reverse("hall:halls"),
                reverse("hall:follow", args=[self.called.token]),
                reverse("hall:follow", args=[self.waits.token]),
                self.screen,
            ],
        )
        yield (
            self.person.user,
            [
                reverse("hall:halls"),
                reverse("hall:take", args=["3301"]),
                reverse("hall:take", args=["3301"]) + "?hari=2026-11-25",
                self.ticket.get_absolute_url(),
                self.later.get_absolute_url(),
            ],
        )
        yield (
            self.officer.user,
            [
                reverse("counter:desk"),
                reverse("counter:door"),
                reverse("counter:slip", args=[self.waits.token]),
            ],
        )
        yield (
            self.admin.user,
            [
                reverse("hall_settings:settings"),
                reverse("hall_settings:add_counter"),
                reverse("hall_settings:counter", args=[self.counter.token]),
            ],
        )


def sits_down(browser, counter):
    page = browser.opens(reverse("counter:desk"))
    page.check(f"[value='{counter.token}']")
    page.get_by_role("button", name="Duduk di sini").click()
    return page


def test_every_page_of_the_hall_is_accessible_and_fits_the_smallest_phone(phone, hall):
    found = {}
    for user, pages in hall.pages():
        browser = phone(user, viewport=NARROW)
        browser.page.add_init_script("window.print = () => {}")
        found |= problems_of(browser, pages)
    at_the_counter = phone(hall.officer.user, viewport=NARROW)

    assert found == {}
    assert problems(sits_down(at_the_counter, hall.counter)) == []


def test_the_screen_fills_a_screen_and_shows_a_call_by_itself(phone, hall):
    page = phone(viewport=HALL).opens(hall.screen)
    number = page.locator(".called")
    assert number.inner_text() == hall.called.label
    assert page.evaluate("document.documentElement.scrollHeight") <= HALL["height"]
    # A quarter of the height of the screen is read from ten metres.
    assert number.bounding_box()["height"] >= HALL["height"] / 4
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="Nyalakan bunyi").click()

    hall.ends()
    called = hall.calls()

    page.get_by_text(called.label).wait_for()
    assert number.inner_text() == called.label
    assert page.evaluate("window.stays")  # It was not loaded anew.


def test_ones_own_number_says_by_itself_when_it_is_called(phone, hall):
    browser = phone()
    browser.page.clock.install()
    page = browser.opens(reverse("hall:follow", args=[hall.waits.token]))
    hall.ends()
    hall.calls()

    page.clock.run_for(60_000)

    page.get_by_text("Silakan ke Loket 1 sekarang").wait_for()


def test_the_slip_is_one_page_of_80_millimetres(phone, hall):
    browser = phone(hall.officer.user, viewport=HALL)
    browser.page.add_init_script(
        "window.print = () => { document.documentElement.className += 'printed' }"
    )
    page = browser.opens(reverse("counter:slip", args=[hall.waits.token]))
    page.locator("html[class='printed']").wait_for()

    slip = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))

    assert len(slip) == 1
    width, _height = slip[0].get_size()
    assert round(width / 72 * 25.4) == 80
    words = slip[0].get_textpage().get_text_range()
    assert hall.waits.label in words
    assert "Layanan AK-1 gratis." in words


def test_an_hour_is_booked_without_any_script(chromium, live_server, hall):
    who = factories.bare_applicant()
    context = chromium.new_context(java_script_enabled=False, locale="id-ID")
    cookie = factories.signed_in(who.user).cookies["sessionid"]
    context.add_cookies(
        [{"name": "sessionid", "value": cookie.value, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(live_server.url + reverse("hall:take", args=["3301"]))

    page.check("[value='11:00']")
    page.get_by_role("button", name="Ambil nomor ini").click()

    assert "B-002" in page.inner_text(".ticket")
    context.close()
