"""The office's settings and its people, as the administrator types them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalForm, PortalModelForm
from applicants import uploads
from services.office import rules
from services.office.models import Office, Officer, Paper, Role


class OfficeForm(PortalModelForm):
    """Everything that differs from office to office."""

    class Meta:
        model = Office
        fields = [
            "government",
            "name",
            "address",
            "city",
            "phone",
            "email",
            "website",
            "time_zone",
            "is_active",
            "number_pattern",
            "layout",
            "paper",
            "yellow_background",
            "report_labels",
            "signer_title",
            "signer_name",
            "signer_nip",
            "promise_unit",
            "promise_days",
            "promise_minutes",
            "minimum_age",
            "residents_only",
            "photo_background",
            "one_person_office",
            "counts_blanks",
            "remind_days",
            "lapse_days",
            "whatsapp",
        ]

    GROUPS = (
        (
            _("Letterhead"),
            ["government", "name", "address", "city", "phone", "email", "website"],
        ),
        (
            _("Card"),
            ["layout", "paper", "yellow_background", "report_labels", "number_pattern"],
        ),
        (_("Signature"), ["signer_title", "signer_name", "signer_nip"]),
        (
            _("Service"),
            [
                "is_active",
                "time_zone",
                "promise_unit",
                "promise_days",
                "promise_minutes",
                "minimum_age",
                "residents_only",
                "photo_background",
                "one_person_office",
                "counts_blanks",
            ],
        ),
        (_("After the card"), ["remind_days", "lapse_days", "whatsapp"]),
    )

    def groups(self):
        """(title, fields) for the template."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def clean(self):
        data = super().clean()
        if data.get("layout") == "B" and data.get("paper") == Paper.CARD:
            self.add_error("paper", _("Layout B is printed on A4."))
        return data


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
