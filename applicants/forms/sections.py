"""The sections that are one page of questions: general information and wishes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import MeasureField, PhoneField, PortalModelForm, RupiahField
from applicants import codes
from applicants.models import Applicant

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class GeneralForm(PortalModelForm):
    phone = PhoneField(label=_("Mobile phone"))
    height_cm = MeasureField(
        label=_("Height (cm)"),
        unit="cm",
        required=False,
        error_messages={"invalid": _("Write your height, for example 165 cm.")},
    )
    weight_kg = MeasureField(
        label=_("Weight (kg)"),
        unit="kg",
        required=False,
        error_messages={"invalid": _("Write your weight, for example 55 kg.")},
    )
    marital_status = forms.ChoiceField(
        label=_("Marital status"),
        choices=codes.MaritalStatus.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your marital status.")},
    )
    is_employed = forms.TypedChoiceField(
        label=_("Are you working now?"),
        help_text=_("You may hold an AK-1 while you work."),
        choices=YES_NO,
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are working now.")},
    )
    religion = forms.ChoiceField(
        label=_("Religion"),
        help_text=_("Asked only because the card has a line for it."),
        choices=[("", _("Leave the line empty")), *codes.Religion.choices],
        required=False,
    )
    disability = forms.ChoiceField(
        label=_("Disability"),
        help_text=_(
            "Tell us only if you want to: it helps the office to find fitting work."
        ),
        choices=[
            ("", _("None, or I would rather not say")),
            *codes.DisabilityType.choices,
        ],
        required=False,
    )
    disability_consent = forms.BooleanField(
        label=_(
            "I agree that the office keeps what I said about a disability, to help me"
            " find work. I can take this back at any time."
        ),
        required=False,
    )

    class Meta:
        model = Applicant
        fields = [
            "phone",
            "marital_status",
            "is_employed",
            "height_cm",
            "weight_kg",
            "religion",
            "disability",
        ]

    field_order = [*Meta.fields, "disability_consent"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.is_employed is not None:
            self.initial["is_employed"] = "yes" if self.instance.is_employed else "no"
        self.initial["disability_consent"] = bool(self.instance.disability)

    def clean(self):
        data = super().clean()
        if data.get("disability") and not data.get("disability_consent"):
            self.add_error(
                "disability_consent",
                _("Tick this box, or choose “None, or I would rather not say”."),
            )
        return data

    @property
    def consent_wording(self) -> str:
        with_language = self.fields["disability_consent"].label
        return str(with_language)


class WishesForm(PortalModelForm):
    wanted_job = forms.CharField(
        label=_("Which job do you want?"),
        help_text=_("For example: sewing operator, cashier, driver."),
        max_length=100,
        error_messages={"required": _("Say which job you want.")},
    )
    wanted_job_group = forms.ChoiceField(
        label=_("Job group (KBJI 2014)"),
        choices=lambda: [("", _("I do not know")), *codes.job_group_choices()],
        required=False,
    )
    wanted_places = forms.MultipleChoiceField(
        label=_("Where do you want to work?"),
        choices=codes.PlacementKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    wanted_wage = RupiahField(
        label=_("Wage you hope for, rupiah a month"),
        required=False,
    )

    class Meta:
        model = Applicant
        fields = ["wanted_job", "wanted_job_group", "wanted_places", "wanted_wage"]
