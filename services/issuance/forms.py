"""What is typed about an application or a card."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import KeyedForm, PortalForm, SplitDateField
from ak1portal.tokens import read_receipt
from services.office.models import Office


class StartForm(PortalForm):
    """To which office the application is made."""

    office = forms.ModelChoiceField(
        label=_("Labour office"),
        help_text=_("Usually the office of the regency or city where you live."),
        queryset=Office.objects.filter(is_active=True),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose one of these offices.")
        ),
    )


class SubmitForm(KeyedForm):
    is_true = forms.BooleanField(
        label=_("What I have told is true, and the documents are mine."),
        error_messages={"required": _("Tick this box to send your application.")},
    )


class WithdrawForm(KeyedForm):
    note = forms.CharField(label=_("Why?"), max_length=300, required=False)


class StatusForm(PortalForm):
    """Receipt number and birth date: what a paper in the hand and its owner know."""

    receipt = forms.CharField(
        label=_("Receipt number"),
        help_text=_("For example 7K3-M9QX-2AB. You find it in your confirmation."),
        max_length=20,
        error_messages={"required": _("Enter the receipt number.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    birth_date = SplitDateField(label=_("Date of birth"))

    def clean_receipt(self):
        receipt = read_receipt(self.cleaned_data["receipt"])
        if not receipt:
            raise forms.ValidationError(
                _("A receipt number has ten letters and digits, like 7K3-M9QX-2AB.")
            )
        return receipt
