"""What the check without a network says, how it comes to a code, how it looks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.urls import reverse
from playwright.sync_api import expect

from services.signing import record
from tests import factories
from tests.browser.offline_page import (
    NEW_KEY,
    OLD_KEY,
    PAGE,
    RECORD,
    TODAY,
    as_code,
    check,
    kept,
    opened,
    raw,
    verdict,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_genuine_card_is_shown_as_its_code_says_it(phone):
    factories.office(phone="(0282) 123456")
    page = kept(phone).page

    assert check(page, f"https://ak1.contoh.go.id/periksa/{record.write(RECORD)}/") == (
        "genuine"
    )

    shown = page.locator("[data-part=result]").inner_text()
    for said in (RECORD.number, RECORD.name, "DINAS KETENAGAKERJAAN", "(0282) 123456"):
        assert said in shown
    assert page.locator("[data-note=listed]").is_visible()
    assert page.locator("[data-note=unlisted]").is_hidden()
    focused = page.evaluate("document.activeElement.dataset.part")
    assert focused == "result"


def spoilt_signature(code):
    whole = raw(code)
    return as_code(whole[:-1] + bytes([whole[-1] ^ 1]))


def stranger(code):
    """The same facts, signed by somebody else."""
    facts = raw(code)[:-64]
    return as_code(facts + Ed25519PrivateKey.generate().sign(facts))


def other_key(code):
    whole = raw(code)
    return as_code(whole[:1] + b"\x63" + whole[2:])


def copied(code):
    """With what comes along when a text is copied: nobody sees it."""
    wide = chr(ord(code[0]) + 0xFEE0)
    return f"\u200e{wide}{code[1:20]}\u2011{code[20:60]}\u00a0{code[60:]}\ufeff"


TYPED = {
    "genuine": lambda code: copied(code.lower()),
    "forged": spoilt_signature,
    "unknown_key": other_key,
    "token": lambda _code: "0123456789abcdefghjkmnpqrs",
    "number": lambda _code: RECORD.number,
    "unreadable": lambda _code: "bukan kode",
}


@pytest.mark.parametrize("state", TYPED)
def test_what_was_typed_is_told_apart(phone, state):
    factories.office()
    page = opened(phone).page

    assert check(page, TYPED[state](record.write(RECORD))) == state


def test_facts_signed_by_somebody_else_are_forged(phone):
    page = opened(phone).page

    assert check(page, stranger(record.write(RECORD))) == "forged"


def test_an_expired_card_is_told_by_the_clock_of_its_office(phone):
    """The last day ends first in the east."""
    factories.office()
    factories.office("9171", time_zone="Asia/Jayapura")
    last = replace(RECORD, expires_on=TODAY)
    west, east = record.write(last), record.write(replace(last, region="9171"))
    browser = opened(phone)
    judged = """async ([codes, now]) => {
      const { keys, offices } = await (await fetch("/periksa/kunci.json")).json();
      const known = new Map(Object.entries(keys).map(
        ([id, key]) => [Number(id), records.bytesOfBase64(key)]));
      return Promise.all(codes.map(async (code) => (await records.judge(
        code, { keys: known, offices, list: null, now: new Date(now) })).state));
    }"""

    def at(moment):
        return browser.page.evaluate(judged, [[west, east], moment])

    assert at(f"{TODAY}T14:00:00Z") == ["genuine", "genuine"]
    assert at(f"{TODAY}T16:00:00Z") == ["genuine", "expired"]
    assert at(f"{TODAY}T18:00:00Z") == ["expired", "expired"]


def test_a_card_of_the_future_says_that_the_clock_is_wrong(phone):
    page = opened(phone).page
    tomorrow = replace(RECORD, issued_on=TODAY + timedelta(days=3))

    assert check(page, record.write(tomorrow)) == "genuine"
    assert page.locator("[data-note=clock]").is_visible()


def test_cards_of_an_old_and_a_new_key_are_both_checked(phone, settings):
    settings.CARD_KEYS = OLD_KEY
    old = record.write(RECORD)
    settings.CARD_KEYS = f"{NEW_KEY},{OLD_KEY}"
    new = record.write(RECORD)
    page = opened(phone).page

    assert [check(page, old), check(page, new)] == ["genuine", "genuine"]


# Camera, photo, and what is missing --------------------------------------------------

DETECTOR = """window.BarcodeDetector = class {
  static getSupportedFormats = async () => ["qr_code"];
  detect = async () => (window.seen ? [{ rawValue: window.seen }] : []);
};"""
CAMERA = """navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 9, 9);
  window.stream = canvas.captureStream(5);
  return window.stream;
};"""
NO_CAMERA = "navigator.mediaDevices.getUserMedia = async () => { throw new Error(); };"


def scanner(phone, camera=CAMERA):
    browser = phone()
    browser.context.add_init_script(DETECTOR + camera)
    page = browser.opens(PAGE)
    expect(page.locator("[data-keys=some]")).to_be_visible()
    return page


def test_the_camera_reads_a_card_and_is_switched_off(phone):
    page = scanner(phone)
    page.click("[data-part=scan-button]")
    expect(page.locator("[data-part=camera]")).to_be_visible()

    page.evaluate("(code) => { window.seen = code; }", record.write(RECORD))

    assert verdict(page) == "genuine"
    expect(page.locator("[data-part=camera]")).to_be_hidden()
    assert page.evaluate("window.stream.active") is False


def test_a_camera_that_may_not_be_used_is_said(phone):
    page = scanner(phone, NO_CAMERA)

    page.click("[data-part=scan-button]")

    expect(page.locator("[data-scanning=no-camera]")).to_be_visible()


def test_a_photo_of_a_card_is_read_and_another_says_why_not(phone):
    page = scanner(phone)
    photo = {
        "name": "kartu.jpg",
        "mimeType": "image/jpeg",
        "buffer": factories.picture(300, 300),
    }

    page.set_input_files("#verify-photo", photo)
    expect(page.locator("[data-scanning=nothing]")).to_be_visible()
    page.evaluate("(code) => { window.seen = code; }", record.write(RECORD))
    page.set_input_files("#verify-photo", photo)

    assert verdict(page) == "genuine"
    expect(page.locator("[data-scanning=nothing]")).to_be_hidden()


def test_a_browser_without_a_reader_says_what_to_do_instead(phone):
    page = opened(phone).page

    assert page.locator("[data-scanner=missing]").is_visible()
    assert page.locator("[data-scanner=here]").is_hidden()


def test_without_javascript_the_page_shows_the_online_way(phone):
    page = phone(java_script_enabled=False).opens(PAGE)

    assert page.locator("[data-verify]").is_hidden()
    notice = page.locator("noscript a")
    assert notice.get_attribute("href") == reverse("verification:start")


# How it looks ----------------------------------------------------------------------


def test_axe_finds_nothing_with_any_verdict_nor_on_the_pages_around(phone):
    factories.office()
    browser, axe, found = opened(phone), Axe(), {}
    for state, typed in TYPED.items():
        check(browser.page, typed(record.write(RECORD)))
        found[state] = axe.run(browser.page).response["violations"]
    report = factories.forgery_report(card_=factories.card(), with_photo=True)
    for path in (
        reverse("verification:card", args=["A" * 120]),
        reverse("verification:report"),
        reverse("verification:reported", args=[report.token]),
    ):
        found[path] = axe.run(browser.opens(path)).response["violations"]
    desk = phone(factories.supervisor().user)
    for path in (reverse("forgery:list"), report.get_absolute_url()):
        found[path] = axe.run(desk.opens(path)).response["violations"]

    assert {
        where: [(v["id"], v["nodes"][0]["html"][:160]) for v in violations]
        for where, violations in found.items()
        if violations
    } == {}


def test_no_verdict_and_no_page_around_is_wider_than_the_smallest_phone(phone):
    narrow = {"viewport": {"width": 320, "height": 640}}
    factories.office()
    browser, wide = opened(phone, **narrow), {}

    def measure(where, page):
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[where] = width

    for state, typed in TYPED.items():
        check(browser.page, typed(record.write(replace(RECORD, name="W" * 50))))
        measure(state, browser.page)
    report = factories.forgery_report(seen="A" * 170, with_photo=True)
    for path in (
        reverse("verification:card", args=["A" * 120]),
        reverse("verification:report") + "?kode=" + "A" * 170,
        reverse("verification:reported", args=[report.token]),
    ):
        measure(path, browser.opens(path))
    desk = phone(factories.supervisor().user, **narrow)
    for path in (reverse("forgery:list"), report.get_absolute_url()):
        measure(path, desk.opens(path))

    assert wide == {}
