"""A case by keyboard, and its documents seen closely, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from services.issuance.models import Application, Card
from services.issuance.workflow import Status
from services.office.models import Reason
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def officer():
    return factories.officer(name="Budi Contoh")


@pytest.fixture
def case(officer):
    case = factories.application(Status.IN_REVIEW, by=officer)
    Reason.objects.update_or_create(
        office=case.office,
        item="identity",
        label="Nama",
        defaults={"sentence": "Tulis nama lengkap seperti di KTP.", "position": 0},
    )
    return case


@pytest.fixture
def page(phone, officer, case):
    desk = phone(officer.user, viewport=DESK)
    return desk.opens(reverse("review:detail", args=[case.token]))


def test_two_keys_approve_and_one_does_not(page, case):
    page.keyboard.press("a")
    expect(page.locator("[name=name_agrees]")).to_be_checked()
    assert Card.objects.count() == 0

    page.keyboard.press("a")

    page.wait_for_url("**" + reverse("review:queue"))
    assert Card.objects.get().application == case


def test_one_key_does_not_approve_what_was_ticked_before(page):
    page.check("[name=name_agrees]")
    page.locator("h1").click()

    page.keyboard.press("a")

    expect(page.locator("[name=name_agrees]")).to_be_focused()
    assert Card.objects.count() == 0


def test_sending_back_without_a_reason_asks_for_one(page):
    page.keyboard.press("r")

    expect(page.locator("[name=note]")).to_be_focused()


def test_a_reason_by_its_number_and_back_it_goes(page, case):
    page.keyboard.press("j")
    page.keyboard.press("1")
    reason = page.locator("[name=reason_identity]")
    expect(reason).not_to_have_value("")
    sentence = reason.input_value()
    page.locator("#item-identity").focus()

    page.keyboard.press("r")

    page.wait_for_url("**" + reverse("review:queue"))
    sent = Application.objects.get(pk=case.pk)
    assert sent.status == Status.RETURNED
    assert sent.steps.last().corrections.get().reason == sentence


def test_typing_is_no_command(page):
    page.keyboard.press("n")
    note = page.locator("[name=note]")
    expect(note).to_be_focused()

    page.keyboard.type("aarj1?")

    assert note.input_value() == "aarj1?"
    expect(page.locator("[name=name_agrees]")).not_to_be_checked()
    assert Card.objects.count() == 0


def test_the_keys_can_be_switched_off_on_this_computer(page, case):
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.locator("dialog button").click()
    page.reload()

    page.keyboard.press("a")
    page.keyboard.press("a")

    expect(page.locator("[name=name_agrees]")).not_to_be_checked()
    assert Card.objects.count() == 0


def test_a_page_is_made_larger_turned_and_whole_again(page):
    sheet = page.locator(".sheets figure").first
    usual = sheet.locator("img").bounding_box()["width"]

    page.keyboard.press("+")
    assert sheet.locator("img").bounding_box()["width"] > usual * 1.4
    page.keyboard.press("0")
    assert sheet.locator("img").bounding_box()["width"] == usual
    page.keyboard.press("o")

    turned = sheet.locator("canvas").bounding_box()
    assert turned["height"] > turned["width"], "800 × 500 stands upright now"


def test_every_page_is_loaded_when_the_case_opens(page):
    page.wait_for_load_state("load")

    pictures = page.locator(".sheets img")
    assert pictures.count() >= 3
    assert pictures.evaluate_all("all => all.every(one => one.naturalWidth > 0)")


def test_a_decision_can_be_taken_back_with_one_press(page, case, settings):
    settings.UNDO_SECONDS = 10
    page.keyboard.press("a")
    page.keyboard.press("a")
    page.wait_for_url("**" + reverse("review:queue"))

    page.get_by_role("button", name="Urungkan").click()

    page.wait_for_url("**" + reverse("review:detail", args=[case.token]))
    expect(page.locator("[name=name_agrees]")).to_be_checked()
    assert Card.objects.count() == 0
