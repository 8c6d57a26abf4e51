"""A real Chromium, Debian's own, against the live server."""

import os
import shutil

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import sync_playwright

from tests import factories

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    None,
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
]
MISSING = "no Chromium was found: sudo apt install chromium"
PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items):
    """Without a browser these tests are skipped, but never where CI decides."""
    if CHROMIUM or os.environ.get("CI"):
        return
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.fail(f"CI is set, and {MISSING}")
    # Playwright runs an event loop in this thread; Django's database may be used here
    # all the same, because nothing here is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Phone:
    """One browser of one person: opens pages, signs in, remembers what went wrong."""

    def __init__(self, chromium, server, **options):
        self.server = server
        options = {"viewport": PHONE, "locale": "id-ID", **options}
        self.context = chromium.new_context(**options)
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._console)

    def _console(self, message):
        # What the strict content security policy refuses is written here; so is what a
        # page asks for after a test has cut the network, whenever that comes in.
        expected = ("status of 4", "ERR_INTERNET_DISCONNECTED")
        if message.type == "error" and not any(x in message.text for x in expected):
            self.errors.append(message.text)

    def opens(self, path):
        self.page.goto(self.server.url + path)
        return self.page

    def signs_in(self, user):
        """With a session of the server's own; the sign-in page has its own tests."""
        client = factories.signed_in(user)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
        self.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": self.server.url}]
        )
        return self


@pytest.fixture
def phone(chromium, live_server):
    """Make browsers: `phone()` is a phone, `phone(viewport=…)` something else."""
    made = []

    def make(user=None, **options):
        one = Phone(chromium, live_server, **options)
        made.append(one)
        return one.signs_in(user) if user else one

    yield make
    for one in made:
        one.context.close()
    assert [error for one in made for error in one.errors] == []
