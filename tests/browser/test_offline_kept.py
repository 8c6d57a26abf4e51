"""What a device keeps for checks without a network: the page, the keys, the list."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error, expect

from services.signing import record
from services.verification.withdrawn import signed_list
from tests import factories
from tests.browser.offline_page import (
    PAGE,
    RECORD,
    check,
    forgives,
    kept,
    verdict,
    without_network,
)

pytestmark = pytest.mark.django_db(transaction=True)

# The page ---------------------------------------------------------------------------


def test_the_page_opens_and_checks_without_a_network(phone):
    factories.office()
    browser = without_network(kept(phone))

    page = browser.opens(PAGE)
    expect(page.locator("[data-keys=some]")).to_be_visible()

    assert check(page, record.write(RECORD)) == "genuine"
    assert "DINAS KETENAGAKERJAAN" in page.locator("[data-part=facts]").inner_text()
    forgives(browser)


def test_a_scanned_link_without_a_network_is_checked_at_once(phone):
    factories.office()
    card = factories.card()
    browser = without_network(kept(phone))

    page = browser.opens(card.get_absolute_url())

    assert verdict(page) == "genuine"
    assert page.url.endswith(card.get_absolute_url())
    assert page.locator("[data-part=stand-in]").is_visible()
    assert card.number in page.locator("[data-part=facts]").inner_text()
    forgives(browser)


def test_with_a_network_the_same_link_shows_the_online_check(phone):
    card = factories.card()
    browser = kept(phone)

    page = browser.opens(card.get_absolute_url())

    assert page.locator(".verdict[data-status=valid]").count() == 1
    assert page.locator("[data-verify]").count() == 0


def test_a_broken_server_is_no_answer_either(phone, monkeypatch):
    card = factories.card()
    browser = kept(phone)
    monkeypatch.setattr("services.verification.views.card_of", lambda _code: 1 / 0)

    page = browser.opens(card.get_absolute_url())

    assert verdict(page) == "genuine"
    forgives(browser, "status of 5")


def test_nothing_else_of_the_portal_is_kept(phone):
    card = factories.card()
    officer = factories.officer()
    browser = kept(phone)
    browser.signs_in(officer.user)
    for path in (
        "/",
        reverse("verification:start"),
        reverse("verification:report"),
        card.get_absolute_url(),
        reverse("review:queue"),
        PAGE,
    ):
        browser.opens(path)
    expect(browser.page.locator("[data-list=some]")).to_be_visible()

    kept_urls = browser.page.evaluate(
        """async () => {
          const urls = [];
          for (const name of await caches.keys()) {
            for (const { url } of await (await caches.open(name)).keys()) {
              urls.push(new URL(url).pathname);
            }
          }
          return urls.sort();
        }"""
    )

    assert kept_urls == sorted(
        [
            PAGE,
            "/periksa/kunci.json",
            "/periksa/ditarik.txt",
            "/static/img/mark.svg",
            *(f"/static/css/{n}.css" for n in ("tokens", "base", "components")),
            "/static/css/applicant.css",
            "/static/js/language.js",  # of every page
            *(f"/static/js/verify{n}.js" for n in ("", "-record", "-ed25519")),
        ]
    )
    without_network(browser)
    for path in ("/", reverse("review:queue")):
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            browser.opens(path)
    forgives(browser)


def test_a_new_version_takes_the_place_of_the_old_one(phone):
    """The other language is one: the device keeps the page that was last read."""
    browser = kept(phone)
    shells = "caches.keys().then((names) => names.sort().join())"
    before = browser.page.evaluate(shells)
    url = browser.server.url
    browser.context.add_cookies(
        [{"name": "django_language", "value": "en", "url": url}]
    )
    browser.opens(PAGE)
    expect(browser.page.locator("h1")).to_have_text("Check without a network")
    for _ in range(50):
        after = browser.page.evaluate(shells)
        if after != before and len(after.split(",")) == 2:
            break
        browser.page.wait_for_timeout(100)
    assert after != before
    assert len(after.split(",")) == 2

    page = without_network(browser).opens(PAGE)

    assert page.get_attribute("html", "lang") == "en"
    forgives(browser)


# The list of withdrawn cards -------------------------------------------------------


def from_file(page, text):
    page.set_input_files(
        "#verify-list",
        {"name": "ditarik.txt", "mimeType": "text/plain", "buffer": text.encode()},
    )
    shown = page.locator("[data-took]:not([hidden])")
    expect(shown).to_have_count(1)
    return shown.get_attribute("data-took")


def test_withdrawn_and_replaced_cards_are_known_without_a_network(phone):
    void, old, good = factories.card(), factories.card(), factories.card()
    factories.void(void)
    old.replaced_at, old.replaced_by = timezone.now(), good
    old.needs_print = False
    old.save()
    browser = without_network(kept(phone))
    page = browser.opens(PAGE)
    expect(page.locator("[data-list=some]")).to_be_visible()

    answers = [check(page, card.code) for card in (void, old, good)]

    assert answers == ["void", "replaced", "genuine"]
    forgives(browser)


def test_a_list_comes_by_file_and_changes_what_is_said(phone):
    card = factories.card()
    browser = kept(phone)
    assert check(browser.page, card.code) == "genuine"
    without_network(browser)
    factories.void(card)

    took = from_file(browser.page, signed_list(timezone.now()))

    assert took == "taken"
    assert verdict(browser.page) == "void"
    forgives(browser)


def test_an_older_list_does_not_take_the_place_of_a_newer_one(phone):
    card = factories.card()
    before = signed_list(timezone.now() - timedelta(hours=1))
    factories.void(card)
    page = kept(phone).page

    assert from_file(page, before) == "older"
    assert check(page, card.code) == "void"


def test_a_list_that_nobody_signed_is_refused(phone):
    card = factories.card()
    factories.void(card)
    text = signed_list(timezone.now() + timedelta(minutes=1))
    page = kept(phone).page
    spoilt = {
        "forged": [
            text.replace("\tvoid", "\tvoid2"),
            re.sub(r"\n3301\t.*", "", text),
            text.replace("3301\t", "3302\t", 1),
        ],
        "damaged": [
            "",
            text[:-5],
            text.replace("\n", "\r\n"),
            text + "\n",
            "AK-1 ditarik 2" + text[14:],
        ],
        "unknown_key": [text.replace("kunci 1\n", "kunci 9\n")],
    }

    took = {
        why: [from_file(page, each) for each in texts] for why, texts in spoilt.items()
    }

    assert took == {why: [why] * len(texts) for why, texts in spoilt.items()}
    assert check(page, card.code) == "void"


def test_a_list_of_last_month_says_that_it_is_old(phone):
    card = factories.card()
    browser = phone()
    with time_machine.travel(datetime.now(UTC) - timedelta(days=30), tick=True):
        browser.opens(PAGE)
        expect(browser.page.locator("[data-list=some]")).to_be_visible()

    check(browser.page, card.code)

    assert browser.page.locator("[data-note=old]").is_visible()
