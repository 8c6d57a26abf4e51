"""What is typed and ticked at the counter beside the AK/II, and on the claim page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import KeyedForm, PortalForm, SplitDateField
from ak1portal.tokens import read_claim_code
from applicants import nik
from applicants.forms import IdentityForm
from applicants.forms.identity import NikField
from services.issuance.forms import StatusForm

KTP_SEEN = _("I have the KTP in my hand, and this is the person on it.")
TICK_KTP = _("Compare the KTP with the record first, then tick the box.")


class DeskIdentityForm(IdentityForm):
    """As online; a doubt about the NIK is ticked by the officer who sees the KTP."""

    as_printed = forms.BooleanField(
        label=_("I have seen the KTP: this is how it stands there"),
        help_text=_(
            "Take the KTP into your hand and compare NIK, date of birth and sex once"
            " more. If it stands there like this, tick the box."
        ),
        required=False,
        widget=forms.HiddenInput,
    )


class LookForm(PortalForm):
    """Who stands there: the NIK, or whatever else they can show or say."""

    words = forms.CharField(
        label=_("NIK on the KTP"),
        help_text=_(
            "Or a name, a date of birth (17-05-1999), a receipt or a card number."
        ),
        max_length=120,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autofocus": True, "class": "digits-input"}
        ),
        error_messages={"required": _("Type the NIK: 16 digits.")},
    )

    @property
    def nik(self) -> str:
        """The NIK that was typed, "" where it is something else."""
        digits = nik.normalise(self.cleaned_data["words"])
        return digits if len(digits) == 16 and digits.isdigit() else ""

    def clean(self):
        data = super().clean()
        if data.get("words") and self.nik and (code := nik.bars(self.nik)):
            self.add_error("words", NikField.BARRED[code])
        return data


class HandleForm(PortalForm):
    """Which record, of those that were looked up."""

    handle = forms.CharField(widget=forms.HiddenInput)


class OpenForm(HandleForm):
    """To go on with a record. A NIK that is not proven needs the KTP."""

    ktp_seen = forms.BooleanField(label=KTP_SEEN, required=False)


class HandInForm(KeyedForm):
    """What the person says, ticked by who hears it."""

    WORDING = _(
        "The person has read or heard what was written down, says that it is true and"
        " that the documents are theirs, and agrees that the office keeps it."
    )

    agreed = forms.BooleanField(
        label=WORDING,
        widget=forms.CheckboxInput(attrs={"autofocus": True}),
        error_messages={
            "required": _("Read it out, ask whether they agree, then tick the box.")
        },
    )


class CodeForm(PortalForm):
    """A new claim code is for who shows the KTP."""

    ktp_seen = forms.BooleanField(label=KTP_SEEN, error_messages={"required": TICK_KTP})


class ClaimForm(StatusForm):
    """What stands on the receipt of the counter, and what its owner knows."""

    code = forms.CharField(
        label=_("Claim code"),
        help_text=_("Twelve letters and digits on your receipt, like ABCD-EFGH-JKMN."),
        max_length=24,
        error_messages={"required": _("Enter the claim code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    birth_date = SplitDateField(label=_("Date of birth"))
    field_order = ["receipt", "code", "birth_date"]

    def clean_code(self):
        code = read_claim_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("A claim code has twelve letters and digits, like ABCD-EFGH-JKMN.")
            )
        return code
