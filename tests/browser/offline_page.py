"""The page of the check without a network, as the tests of it open and read it."""

import base64
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from services.signing.record import Record

PAGE = "/periksa/luring/"
OLD_KEY = "1:ZGV2ZWxvcG1lbnQtb25seS1jYXJkLWtleS0wMDAwMDE="
NEW_KEY = "2:ZGV2ZWxvcG1lbnQtb25seS1jYXJkLWtleS0wMDAwMDI="
TODAY = timezone.localdate()
RECORD = Record(
    region="3301",
    number="3301 000001 221126",
    revision=1,
    issued_on=TODAY - timedelta(days=30),
    expires_on=TODAY + timedelta(days=700),
    name="SITI CONTOH RAHAYU",
)


def opened(phone, **options):
    """The page, once it has said what it keeps."""
    browser = phone(**options)
    browser.opens(PAGE)
    expect(browser.page.locator("[data-list]:not([hidden])")).to_be_visible()
    expect(browser.page.locator("[data-ready]:not([hidden])")).to_be_visible()
    return browser


def kept(phone, **options):
    """The page, kept by the device: from now on it needs no network."""
    browser = opened(phone, **options)
    expect(browser.page.locator("[data-ready=yes]")).to_be_visible()
    expect(browser.page.locator("[data-list=some]")).to_be_visible()
    return browser


def without_network(browser):
    browser.context.set_offline(True)
    return browser


def forgives(browser, text="net::ERR_"):
    """What Chromium writes of requests that could not be made is no fault of ours."""
    browser.errors[:] = [error for error in browser.errors if text not in error]


def check(page, typed):
    page.fill("#verify-code", typed)
    page.locator("[data-part=form] button").click()
    return verdict(page)


def verdict(page) -> str:
    shown = page.locator("[data-verdict]:not([hidden])")
    expect(shown).to_have_count(1)
    return shown.get_attribute("data-verdict")


def raw(code: str) -> bytes:
    return base64.b32decode(code + "=" * (-len(code) % 8))


def as_code(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")
