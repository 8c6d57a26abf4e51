"""The coat of arms and the people of an office, as the administrator types them.

Its settings: forms_settings, forms_hours, forms_words.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalForm, PortalModelForm
from applicants import uploads
from services.office import rules
from services.office.models import Officer, Role


class LogoForm(PortalForm):
    # Not `required`, so that `clean_logo` says in its own words that none was chosen.
    optional_is_obvious = True

    logo = forms.FileField(
        label=_("Coat of arms (PNG or JPEG)"),
        help_text=_("Printed at the top left of the card."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    def clean_logo(self):
        """The bytes of a clean PNG."""
        return uploads.clean_logo(self.files.get("logo"))


class OfficerForm(PortalModelForm):
    # Without the empty choice that a model field adds.
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Officer
        fields = ["name", "nip", "role", "is_active"]


class NewOfficerForm(PortalForm):
    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=80)
    nip = forms.CharField(label=_("NIP"), max_length=25, required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, widget=forms.RadioSelect
    )

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if reason := rules.bars_adding(email):
            raise forms.ValidationError(reason)
        return email
