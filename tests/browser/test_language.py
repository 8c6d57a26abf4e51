"""The other language in the middle of a form: everything that was typed goes along."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from services.issuance.workflow import Status
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def to_english(page):
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()


def test_a_form_half_filled_in_is_the_same_in_the_other_language(phone):
    page = phone(factories.user()).opens(reverse("applicants:identity"))
    page.fill("[name=nik]", "3301 0157 0599")
    page.fill("[name=name]", "Siti Contoh")
    page.fill("[name=birth_date_day]", "17")
    page.check("[name=sex][value=P]")

    to_english(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Who are you?")
    assert page.title() == "Who are you? · AK-1"
    assert page.input_value("[name=nik]") == "3301 0157 0599"
    assert page.input_value("[name=name]") == "Siti Contoh"
    assert page.input_value("[name=birth_date_day]") == "17"
    assert page.is_checked("[name=sex][value=P]")
    stored = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert stored == "[{},{}]"
    # And once more, back again.
    page.get_by_role("button", name="Bahasa Indonesia").click()
    page.locator("html[lang=id]").wait_for()
    assert page.input_value("[name=nik]") == "3301 0157 0599"


def test_what_was_wrong_and_is_not_saved_goes_along_too(phone):
    page = phone(factories.user()).opens(reverse("applicants:identity"))
    page.fill("[name=nik]", "12345")
    page.locator("main form button").click()
    page.locator(".error-summary").wait_for()

    to_english(page)

    assert page.input_value("[name=nik]") == "12345"


def test_lists_of_regions_and_their_script_go_on_working(phone):
    person = factories.bare_applicant()
    page = phone(person.user).opens(reverse("applicants:address"))
    page.fill("[name=street]", "Jl. Kenanga No. 4")
    page.select_option("[name=province]", "33")
    page.select_option("[name=regency]", "3301")

    to_english(page)

    assert page.input_value("[name=regency]") == "3301"
    page.select_option("[name=district]", "330101")
    page.select_option("[name=village]", factories.CILACAP_VILLAGE)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**" + reverse("applicants:education"))
    person.refresh_from_db()
    assert person.village_id == factories.CILACAP_VILLAGE


def test_a_file_that_was_chosen_is_still_chosen(phone):
    person = factories.bare_applicant()
    page = phone(person.user).opens(reverse("applicants:upload", args=["ktp"]))
    picture = factories.picture(800, 500)
    page.set_input_files(
        "[name=file]", {"name": "ktp.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )

    to_english(page)
    page.get_by_role("button", name="Send").click()

    page.get_by_text("Saved: Identity card (KTP).").wait_for()
    assert person.documents.get().kind == "ktp"


def test_the_cut_of_a_photo_goes_along(phone):
    person = factories.applicant()
    photo = person.documents.get(kind="foto")
    page = phone(person.user).opens(reverse("applicants:crop", args=[photo.token]))
    page.fill("[name=zoom]", "180")

    to_english(page)

    assert page.input_value("[name=zoom]") == "180"
    assert page.is_visible("canvas")
    assert page.locator("main form button").count() == 1


def test_an_officer_keeps_message_and_marks_on_a_page_that_told_a_mistake(phone):
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)
    desk = phone(officer.user, viewport={"width": 1280, "height": 900})
    page = desk.opens(reverse("review:detail", args=[case.token]))
    page.check("[name=fix_ktp]")
    page.fill("[name=reason_ktp]", "Foto buram.")
    page.locator(".bar details summary").click()
    page.fill("[name=note]", "Tolong foto ulang.")
    page.locator("button[formaction$='/setujui/']").click()
    page.locator(".error-summary").wait_for()
    page.check("[name=name_agrees]")

    to_english(page)

    assert page.input_value("[name=reason_ktp]") == "Foto buram."
    assert page.is_checked("[name=name_agrees]")
    assert page.input_value("[name=note]") == "Tolong foto ulang."
    assert page.is_visible("[name=note]")
    assert page.url.endswith(reverse("review:detail", args=[case.token]))


def test_who_was_signed_out_meanwhile_keeps_the_page_and_what_is_typed(phone):
    browser = phone(factories.user())
    page = browser.opens(reverse("applicants:identity"))
    page.fill("[name=name]", "Siti Contoh")
    browser.context.clear_cookies(name="sessionid")

    with page.expect_response("**" + reverse("account_login") + "**"):
        page.get_by_role("button", name="English").click()

    assert page.input_value("[name=name]") == "Siti Contoh"


def test_without_a_script_the_page_comes_anew_in_the_other_language(phone):
    browser = phone(factories.user(), java_script_enabled=False)
    page = browser.opens(reverse("applicants:identity"))

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Who are you?")
