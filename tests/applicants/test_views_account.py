"""Who is registered is told by no page and by no clock."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.urls import reverse

from applicants.models import User
from tests import factories

pytestmark = pytest.mark.django_db

NEW, KNOWN, UNPROVEN = "baru@contoh.test", "lama@contoh.test", "titip@contoh.test"


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were hashed, which is the slow part of signing up."""
    made, encode = [], MD5PasswordHasher.encode

    def counted(self, password, salt):
        made.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return made


@pytest.fixture
def known():
    factories.user(KNOWN, password=factories.PASSWORD)
    User.objects.create_user(UNPROVEN, factories.PASSWORD)


def sign_up(client, email):
    return client.post(
        reverse("account_signup"), {"email": email, "password1": factories.PASSWORD}
    )


@pytest.mark.parametrize("email", [NEW, KNOWN, UNPROVEN])
def test_signing_up_costs_the_same_whoever_is_registered(client, known, hashed, email):
    hashed.clear()

    response = sign_up(client, email)

    assert (response.status_code, response.url) == (
        302,
        reverse("account_email_verification_sent"),
    )
    assert hashed == [factories.PASSWORD]
    assert [letter.to for letter in mail.outbox] == [[email]]


@pytest.mark.parametrize("email", [NEW, KNOWN])
def test_asking_for_another_code_costs_the_same_too(client, known, email):
    sign_up(client, email)
    mail.outbox.clear()

    response = client.post(
        reverse("account_email_verification_sent"), {"action": "resend"}
    )

    assert response.status_code == 302
    assert [letter.to for letter in mail.outbox] == [[email]]


def test_a_known_address_gets_no_code_however_often_it_is_asked_for(client, known):
    sign_up(client, KNOWN)
    for _time in range(5):
        client.post(reverse("account_email_verification_sent"), {"action": "resend"})

    assert len(mail.outbox) == 3
    assert {letter.subject for letter in mail.outbox} == {mail.outbox[0].subject}
