"""While no mail leaves: pages say so, nothing is half made, and a second try works."""

import smtplib
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from ak1portal.mail import OutcomeUnknownError
from applicants.models import User
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "kuning-sekali-2026"


class Dead(BaseEmailBackend):
    errors = (ConnectionRefusedError(),)

    def send_messages(self, messages):
        raise self.errors[0]


class Refusing(Dead):
    errors = (smtplib.SMTPRecipientsRefused({}),)


class Closing(Dead):
    errors = (smtplib.SMTPServerDisconnected("NIK 3301"),)


class Silent(Dead):
    errors = (OutcomeUnknownError("TimeoutError"),)


BACKENDS = [Dead, Refusing, Closing]


@pytest.fixture(params=BACKENDS, ids=lambda backend: backend.__name__)
def no_mail(request, settings):
    settings.EMAIL_BACKEND = f"{__name__}.{request.param.__name__}"

    def come_back():
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    return come_back


def sign_up(client, email):
    return client.post(
        reverse("account_signup"), {"email": email, "password1": PASSWORD}
    )


def forget(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def mailed_code():
    words = mail.outbox[0].body.split()
    return next(word for word in words if word.isdigit() and len(word) == 6)


def said(response):
    """The page without what differs from one to the next by chance."""
    body = response.content.decode()
    return response.status_code, body.split("<main")[1].split("</main>")[0]


def test_a_sign_up_without_mail_makes_no_account_and_the_next_sends_the_code(
    client, no_mail
):
    response = sign_up(client, "baru@contoh.test")

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "tidak ada yang disimpan" in response.content.decode()
    assert not User.objects.exists()

    no_mail()
    response = sign_up(client, "baru@contoh.test")
    assert response.url == reverse("account_email_verification_sent")
    assert [one.to for one in mail.outbox] == [["baru@contoh.test"]]


@pytest.mark.parametrize("act", [sign_up, forget])
def test_the_page_does_not_tell_who_is_registered(client, no_mail, act):
    factories.user("lama@contoh.test", password=PASSWORD)

    known = said(act(client, "lama@contoh.test"))
    client.cookies.clear()
    unknown = said(act(client, "baru@contoh.test"))

    assert known == unknown
    assert known[0] == 503


def test_a_forgotten_password_is_asked_for_again(client, no_mail):
    factories.user("lama@contoh.test", password=PASSWORD)
    assert forget(client, "lama@contoh.test").status_code == 503

    no_mail()
    response = forget(client, "lama@contoh.test")

    assert response.url == reverse("account_confirm_password_reset_code")
    assert len(mail.outbox) == 1


def test_the_code_before_stays_good_when_the_next_does_not_leave(client, settings):
    sign_up(client, "baru@contoh.test")
    code = mailed_code()
    page = reverse("account_email_verification_sent")
    settings.EMAIL_BACKEND = f"{__name__}.Dead"

    assert client.post(page, {"action": "resend"}).status_code == 503
    response = client.post(page, {"code": code, "action": "verify"})

    assert response.status_code == 302
    assert User.objects.get().emailaddress_set.get().verified


def test_a_new_address_is_not_taken_without_its_code(client, no_mail):
    user = factories.user("lama@contoh.test", password=PASSWORD)
    client.force_login(user)

    response = client.post(
        reverse("account_email"), {"action_add": "", "email": "baru@contoh.test"}
    )

    assert response.status_code in (302, 503)
    if response.status_code == 302:  # asks for the password first
        assert response.url.startswith(reverse("account_reauthenticate"))
        client.post(response.url, {"password": PASSWORD})
        response = client.post(
            reverse("account_email"), {"action_add": "", "email": "baru@contoh.test"}
        )
    assert response.status_code == 503
    user.refresh_from_db()
    assert user.email == "lama@contoh.test"
    assert not user.emailaddress_set.filter(email="baru@contoh.test").exists()


def test_a_code_that_may_have_arrived_is_waited_for(client, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Silent"

    response = sign_up(client, "baru@contoh.test")

    assert response.url == reverse("account_email_verification_sent")
    assert User.objects.exists()


# What is kept of it -----------------------------------------------------------------


def test_a_code_stands_nowhere_in_the_database(client):
    sign_up(client, "baru@contoh.test")
    code = mailed_code()

    stored = Session.objects.get()

    assert code not in stored.session_data
    assert "baru@contoh.test" not in str(stored.session_data)
    state = client.session["account_email_verification_code"]
    assert code in state.values()


@pytest.mark.parametrize("data", ["", "not base64", "AAAA", "e30="])
def test_a_session_that_does_not_open_is_empty(client, data):
    client.force_login(factories.user())
    Session.objects.update(session_data=data)

    assert client.get(reverse("door")).status_code == 302
    assert client.get(reverse("home")).status_code == 200


def test_sessions_that_have_ended_are_forgotten(client):
    client.force_login(factories.user())
    Session.objects.create(
        session_key="old", session_data="", expire_date=timezone.now() - timedelta(1)
    )

    call_command("work", once=True)

    assert list(Session.objects.values_list("session_key", flat=True)) == [
        client.session.session_key
    ]
