"""The settings of an office as the administrator types them: a form a concern."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalModelForm
from applicants.models import DocumentKind
from services.office.models import MORE_PAPERS, Layout, Office, Paper


class LetterheadForm(PortalModelForm):
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
        ]


class CardForm(PortalModelForm):
    class Meta:
        model = Office
        fields = [
            "layout",
            "paper",
            "yellow_background",
            "report_labels",
            "signer_title",
            "signer_name",
            "signer_nip",
        ]

    def clean(self):
        data = super().clean()
        if data.get("layout") == Layout.B and data.get("paper") == Paper.CARD:
            self.add_error("paper", _("Layout B is printed on A4."))
        return data


class NumberForm(PortalModelForm):
    class Meta:
        model = Office
        fields = ["number_pattern"]


class RequirementsForm(PortalModelForm):
    required_papers = forms.MultipleChoiceField(
        label=_("Documents that you require as well"),
        help_text=_(
            "KTP, diploma or graduation letter, and photo are always required. What is"
            " not ticked here may be sent, but need not."
        ),
        choices=[(kind.value, kind.label) for kind in MORE_PAPERS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    # A list of boxes needs no “optional”: none ticked is an answer.
    optional_is_obvious = True

    class Meta:
        model = Office
        fields = [
            "required_papers",
            "photo_background",
            "minimum_age",
            "residents_only",
            "lets_others_serve",
            "diploma_days",
        ]

    def clean_required_papers(self):
        """In the order of MORE_PAPERS, whatever the order of the boxes that came."""
        chosen = self.cleaned_data["required_papers"]
        return [kind.value for kind in MORE_PAPERS if kind in map(DocumentKind, chosen)]


class PromiseForm(PortalModelForm):
    class Meta:
        model = Office
        fields = ["promise_unit", "promise_days", "promise_minutes"]


class AfterCardForm(PortalModelForm):
    class Meta:
        model = Office
        fields = ["remind_days", "lapse_days", "whatsapp"]


class WorkingForm(PortalModelForm):
    class Meta:
        model = Office
        fields = ["is_active", "time_zone", "counts_blanks", "one_person_office"]
