"""Signing in and up: allauth's forms in the portal's words, and where they differ.

The summary above a form must say which answer is missing, so no box is content with
“this field is required”.
"""

from allauth.account import forms as allauth
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import Tidied
from applicants.models import User

# The name of a box: its label, and what is said when it is empty.
WORDS = {
    "login": (_("E-mail address"), _("Enter your e-mail address.")),
    "email": (_("E-mail address"), _("Enter your e-mail address.")),
    "password": (_("Password"), _("Enter your password.")),
    "oldpassword": (_("Current password"), _("Enter your current password.")),
    "password1": (_("New password"), _("Choose a password.")),
    "password2": (_("New password, once more"), _("Enter the new password again.")),
}


class _InOurWords(Tidied):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, when_empty) in WORDS.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].error_messages["required"] = when_empty


class SignInForm(_InOurWords, allauth.LoginForm):
    """Without allauth's link between the two boxes: Tab leads to the password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class SignUpForm(_InOurWords, allauth.SignupForm):
    """With addresses no longer than what we can keep."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].validators.append(MaxLengthValidator(254))
        self.fields["password1"].label = _("Password")

    def try_save(self, request):
        """A known address costs what a new one costs, or the clock would name it."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ForgottenPasswordForm(_InOurWords, allauth.ResetPasswordForm):
    pass


class ResetPasswordForm(_InOurWords, allauth.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_InOurWords, allauth.ChangePasswordForm):
    pass


class SetPasswordForm(_InOurWords, allauth.SetPasswordForm):
    pass


class ChangeEmailForm(_InOurWords, allauth.AddEmailForm):
    pass


class ReauthenticateForm(_InOurWords, allauth.ReauthenticateForm):
    pass


class EmailCodeForm(_InOurWords, allauth.ConfirmEmailVerificationCodeForm):
    pass


class ResetCodeForm(_InOurWords, allauth.ConfirmPasswordResetCodeForm):
    pass
