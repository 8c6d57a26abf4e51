"""The pages of codes, which are not allauth's as they come."""

from allauth.account.adapter import get_adapter
from allauth.account.views import (
    ConfirmEmailVerificationCodeView,
    ConfirmPasswordResetCodeView,
)

from applicants.forms.account import EmailCodeForm, ResetCodeForm


class EmailCodeView(ConfirmEmailVerificationCodeView):
    """Where the code of a new account is entered, or asked for once more.

    For an address that has an account already there is no code. allauth then writes
    its owner once and keeps silent when asked again, so that the time of the answer
    would tell who is registered.
    """

    def _resend_form_valid(self, form):
        response = super()._resend_form_valid(form)
        if self._process.user is None:
            get_adapter().send_account_already_exists_mail(self._process.email)
        return response


email_code = EmailCodeView.as_view(form_class=EmailCodeForm)
reset_code = ConfirmPasswordResetCodeView.as_view(form_class=ResetCodeForm)
