"""A session that ends while somebody types: nothing typed is lost in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_was_signed_out_signs_in_beside_and_sends_it_again(phone):
    person = factories.applicant(user_=factories.user(password=factories.PASSWORD))
    browser = phone(person.user)
    page = browser.opens(reverse("applicants:wishes"))
    page.fill("[name=wanted_job]", "Penjahit kebaya")
    browser.context.clear_cookies(name="sessionid")
    page.locator("main form .actions button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        _("You have been signed out")
    )
    assert Axe().run(page).response["violations"] == []

    with page.expect_popup() as opened:
        page.locator("main li a").click()
    beside = opened.value
    beside.fill("[name=login]", person.user.email)
    beside.fill("[name=password]", factories.PASSWORD)
    beside.locator("main form button").first.click()
    beside.wait_for_url("**/permohonan/**")
    page.get_by_role("button", name=_("Send again")).click()

    # Signing in has made the form's old token worthless.
    expect(page.get_by_role("heading", level=1)).to_have_text(
        _("This page was open too long")
    )
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name=_("Send again")).click()
    page.wait_for_url("**/permohonan/**")
    person.refresh_from_db()
    assert person.wanted_job == "Penjahit kebaya"
