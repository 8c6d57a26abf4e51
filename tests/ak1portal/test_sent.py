"""What was typed comes back when a page was open too long or a session has ended."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import gettext as _

from ak1portal.sent import Sent, sent_by
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def sent(data=None, **headers):
    return sent_by(RequestFactory().post("/saya/umum/?a=1", data or {}, **headers))


def test_what_a_page_of_ours_sent_is_kept_word_for_word():
    typed = {"phone": "0812 <b>", "wanted_places": ["AKL", "AKAN"], "key": ""}

    assert sent({**typed, "csrfmiddlewaretoken": "x"}, **OURS) == Sent(
        path="/saya/umum/?a=1",
        fields=(
            ("phone", "0812 <b>"),
            ("wanted_places", "AKL"),
            ("wanted_places", "AKAN"),
            ("key", ""),
        ),
        left_out=False,
    )


@pytest.mark.parametrize("name", ["password", "password1", "oldpassword"])
def test_a_password_is_never_written_into_a_page(name):
    kept = sent({"login": "siti@contoh.test", name: "rahasia"}, **OURS)

    assert kept.fields == (("login", "siti@contoh.test"),)
    assert kept.left_out


def test_a_file_is_left_out_and_that_is_said():
    kept = sent({"file": SimpleUploadedFile("ktp.jpg", b"x"), "note": "a"}, **OURS)

    assert (kept.fields, kept.left_out) == ((("note", "a"),), True)


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        (
            {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
            False,
        ),
        ({"HTTP_ORIGIN": "http://testserver"}, True),
        ({"HTTP_ORIGIN": "http://testserver.evil.test"}, False),
        ({"HTTP_ORIGIN": "https://testserver"}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({"HTTP_REFERER": "http://testserver/saya/umum/"}, True),
        ({"HTTP_REFERER": "http://evil.test/http://testserver/"}, False),
        ({}, False),
    ],
)
def test_nothing_is_taken_over_from_a_page_of_somebody_else(headers, is_ours):
    assert (sent({"phone": "0812"}, **headers) is not None) is is_ours


def test_a_page_that_was_only_opened_has_sent_nothing():
    assert sent_by(RequestFactory().get("/saya/umum/", **OURS)) is None


# The pages ------------------------------------------------------------------------


PAGE = "applicants:wishes"
TYPED = {"wanted_job": "Penjahit kebaya <ahli>", "wanted_wage": "Rp 3.000.000"}


@pytest.fixture
def person():
    return factories.applicant()


@pytest.fixture
def siti(person):
    """Somebody with the page open, whose browser says where its forms come from."""
    siti = Person(person.user)
    siti.client.defaults.update(OURS)
    return siti.opens(reverse(PAGE))


def test_a_page_that_was_open_too_long_is_sent_again_with_one_press(siti, person):
    del siti.client.cookies["csrftoken"]
    siti.presses(_("Save and continue"), **TYPED)
    assert siti.status == 403
    siti.sees(person.user.email)

    siti.presses(_("Send again"))

    person.refresh_from_db()
    assert (person.wanted_job, person.wanted_wage) == (TYPED["wanted_job"], 3_000_000)


def test_who_was_signed_out_while_typing_signs_in_and_sends_it_again(siti, person):
    del siti.client.cookies["sessionid"]
    siti.presses(_("Save and continue"), **TYPED)
    assert siti.status == 403
    siti.sees(_("You have been signed out"))
    # Signing in happens in another tab, and gives the form's token a new value.
    siti.client.force_login(person.user)
    del siti.client.cookies["csrftoken"]

    siti.presses(_("Send again")).presses(_("Send again"))

    person.refresh_from_db()
    assert person.wanted_job == TYPED["wanted_job"]


def test_who_is_still_signed_out_is_asked_once_more_and_loses_nothing(siti):
    del siti.client.cookies["sessionid"]

    siti.presses(_("Save and continue"), **TYPED).presses(_("Send again"))

    siti.sees(_("You have been signed out"))
    assert "Penjahit kebaya &lt;ahli&gt;" in siti.response.content.decode()


def test_a_button_that_carries_no_answers_leads_to_signing_in():
    client = Client(**OURS)

    response = client.post(reverse("review:take_next"))

    assert (response.status_code, response.url.split("?")[0]) == (
        302,
        reverse("account_login"),
    )


@pytest.mark.parametrize("cookie", ["csrftoken", "sessionid"])
def test_no_cache_keeps_what_was_typed(siti, cookie):
    del siti.client.cookies[cookie]

    siti.presses(_("Save and continue"), **TYPED)

    assert "no-store" in siti.response["Cache-Control"]


def test_there_is_no_way_off_the_page_that_loses_it_by_accident(siti):
    del siti.client.cookies["csrftoken"]

    siti.presses(_("Save and continue"), **TYPED)

    assert reverse("set_language") not in siti.response.content.decode()


@pytest.mark.parametrize("cookie", ["csrftoken", "sessionid"])
def test_what_a_stranger_sends_gets_no_button_of_ours(siti, cookie):
    siti.client.defaults["HTTP_SEC_FETCH_SITE"] = "cross-site"
    del siti.client.cookies[cookie]

    siti.presses(_("Save and continue"), **TYPED)

    page = siti.response.content.decode()
    assert "kebaya" not in page
    assert _("Send again") not in page
