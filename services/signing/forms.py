"""How a supervisor registers the certificate they sign cards with."""

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalForm
from ak1portal.refusals import Refused
from services.signing import certificates
from services.signing.certificates import SENTENCES
from services.signing.rules import bars_certificate


class SecretField(forms.CharField):
    """What is typed unseen, is never shown again, and may hold any letter."""

    def __init__(self, *, autocomplete, **kwargs):
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(max_length=200, strip=False, widget=widget, **kwargs)


class CertificateForm(PortalForm):
    """Cleans to `credential`: what add_certificate takes.

    The portal's own password is asked again, because whoever sits down at an open page
    must not be able to sign; and asked first, so that nothing is opened for them.
    """

    file = forms.FileField(
        label=_("Certificate file (.p12 or .pfx)"),
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
        error_messages={
            "required": SENTENCES["missing"],
            "empty": SENTENCES["empty"],
            "invalid": SENTENCES["missing"],
        },
    )
    passphrase = SecretField(
        label=_("Passphrase of the file"),
        help_text=_("Used once to open the file. The portal does not keep it."),
        autocomplete="off",
        error_messages={"required": _("Type the passphrase of the file.")},
    )
    token_label = forms.CharField(
        label=_("Label on the token"),
        help_text=_(
            "If your key lies on the office’s token: type its label here, and leave"
            " file and passphrase empty."
        ),
        max_length=60,
        required=False,
    )
    password = SecretField(
        label=_("Your password for this portal"),
        help_text=_("Asked again, so that nobody else registers a signature for you."),
        autocomplete="current-password",
        error_messages={"required": _("Type your password for this portal.")},
    )

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.officer = officer
        if settings.PKCS11_MODULE:
            self.fields["file"].required = self.fields["passphrase"].required = False
        else:
            del self.fields["token_label"]

    def clean_password(self):
        password = self.cleaned_data["password"]
        # Counted like any other try to sign in, and stopped when there are too many.
        if not get_adapter().reauthenticate(self.officer.user, password):
            raise ValidationError(_("This is not your password for this portal."))
        return password

    def clean(self):
        answers = super().clean()
        if self.errors:
            return answers
        label, file = answers.get("token_label"), answers.get("file")
        field = "token_label" if label else "file"
        if label and file:
            self.add_error(field, _("Choose either a file or a label, not both."))
        elif not label and file and not answers["passphrase"]:
            error = self.fields["passphrase"].error_messages["required"]
            self.add_error("passphrase", error)
        else:
            self._open(field, label, file, answers["passphrase"])
        return answers

    def _open(self, field, label, file, passphrase):
        try:
            if label:
                credential = certificates.from_token(label)
            else:
                credential = certificates.from_file(file, passphrase)
        except ValidationError as error:
            self.add_error("passphrase" if error.code == "passphrase" else field, error)
        except Refused as error:
            self.add_error(field, str(error))
        else:
            now = timezone.now()
            if bar := bars_certificate(credential.certificate, self.officer, now):
                self.add_error(field, bar)
            else:
                self.cleaned_data["credential"] = credential
