"""The counter in a real browser: by keyboard, with a camera, and without scripts."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from services.issuance.models import Application
from services.issuance.workflow import Status
from tests import factories
from tests.services.desk import counter

pytestmark = pytest.mark.django_db(transaction=True)

DESK = {"width": 1280, "height": 900}
CAMERA = """navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1280, 960];
  const pen = canvas.getContext("2d");
  setInterval(() => pen.fillRect(0, 0, 1280, 960), 50);
  return canvas.captureStream(20);
};"""
NO_CAMERA = "navigator.mediaDevices.getUserMedia = async () => { throw new Error(); };"


def at_papers(phone, script):
    """The page of papers of somebody who has no photo yet."""
    budi = factories.officer()
    one = factories.at_the_desk(by=budi, without=("foto",))
    browser = phone(budi.user, viewport=DESK)
    browser.context.add_init_script(script)
    return one, browser.opens(reverse("desk:papers", args=[one.token]))


def test_a_snap_becomes_the_photo_and_enter_hands_in(phone):
    one, page = at_papers(phone, CAMERA)

    page.click("#foto [data-camera]")
    expect(page.locator("[data-camera-snap]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-camera-use]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#foto .thumbs img")).to_be_visible()
    expect(page.locator("[name=agreed]")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".slip")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("review:detail", args=[one.token]))

    one.refresh_from_db()
    assert one.status == Status.IN_REVIEW
    whole = one.applicant.documents.get(kind="foto").pages.first()
    assert (whole.width, whole.height) == (720, 960)


def test_a_refused_camera_says_so_and_the_file_box_stays(phone):
    _one, page = at_papers(phone, NO_CAMERA)

    page.click("#foto [data-camera]")

    expect(page.locator("[data-camera-status]")).to_contain_text("pilih berkas")
    expect(page.locator("#id_foto_file")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_row_is_added_with_and_without_scripts(phone, scripts):
    budi = factories.officer()
    browser = phone(budi.user, viewport=DESK, java_script_enabled=scripts)
    page = browser.opens(reverse("desk:new"))
    page.fill("[name=education-0-school]", "SMA Contoh 1")

    page.click("button[name=add][value=education]")

    expect(page.locator("[name=education-1-school]")).to_be_visible()
    assert page.input_value("[name=education-0-school]") == "SMA Contoh 1"


def test_enter_goes_on_from_any_box(phone):
    budi = factories.officer()
    page = phone(budi.user, viewport=DESK).opens(reverse("desk:start"))
    page.keyboard.type(counter.NIK)
    page.keyboard.press("Enter")
    expect(page.locator("[name=identity-name]")).to_be_focused()
    page.keyboard.type("Rina Contohwati")
    for name in ("birth_place", "birth_date_day", "birth_date_month"):
        page.fill(f"[name=identity-{name}]", counter.answers()[f"identity-{name}"])
    page.fill("[name=identity-birth_date_year]", "2004")
    page.check("[name=identity-sex][value=P]")

    page.press("[name=identity-name]", "Enter")

    expect(page.locator(".error-summary")).to_be_visible()
    one = Application.objects.get()
    assert one.applicant.name == "Rina Contohwati"
    assert not re.search(r"\d{16}", page.url)
