import pytest
from django.test import RequestFactory

from applicants import forms
from applicants.models import User
from tests.applicants.forms.told import told

pytestmark = pytest.mark.django_db

ADDRESS = "Enter your e-mail address."
AGAIN = "Enter the new password again."


@pytest.mark.parametrize(
    ("form", "facts", "sentences"),
    [
        (forms.SignInForm, {}, [ADDRESS, "Enter your password."]),
        (forms.SignUpForm, {}, [ADDRESS, "Choose a password."]),
        (forms.ForgottenPasswordForm, {}, [ADDRESS]),
        (forms.ResetPasswordForm, {}, ["Choose a password.", AGAIN]),
        (forms.SetPasswordForm, {"user": User()}, ["Choose a password.", AGAIN]),
        (
            forms.ChangePasswordForm,
            {"user": User()},
            ["Enter your current password.", "Choose a password.", AGAIN],
        ),
        (forms.ChangeEmailForm, {"user": User()}, [ADDRESS]),
        (forms.ReauthenticateForm, {"user": User()}, ["Enter your password."]),
    ],
)
def test_an_empty_box_says_which_one_it_is(form, facts, sentences):
    if form is forms.SignInForm:
        facts = {"request": RequestFactory().post("/")}

    empty = form(data={}, **facts)

    said = [sentence for about in told(empty).values() for sentence in about]
    assert said == sentences


def test_an_address_that_the_column_cannot_hold_is_refused():
    form = forms.SignUpForm({"email": f"{'a' * 250}@contoh.test", "password1": "x"})

    assert "email" in form.errors
