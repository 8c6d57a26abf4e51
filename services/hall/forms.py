"""What is asked in the hall: which hour, what for, which counter; its settings."""

from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import KeyedForm, PortalForm, PortalModelForm
from services.hall.models import Counter, HallRule, Purpose
from services.office.models import Office


def _purpose():
    return forms.ChoiceField(
        label=_("What do you come for?"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you come for.")},
    )


class TakeForm(PortalForm):
    """One hour of one day, and what for. The page writes the choices of hours."""

    day = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    slot = forms.TimeField(
        label=_("Hour"),
        input_formats=["%H:%M"],
        error_messages={
            "required": _("Choose an hour."),
            "invalid": _("Choose an hour."),
        },
    )
    purpose = _purpose()

    def place(self) -> tuple[date, time]:
        return self.cleaned_data["day"], self.cleaned_data["slot"]


class DoorForm(KeyedForm):
    purpose = _purpose()


class ChooseCounterForm(PortalForm):
    """Where an officer of `office` sits."""

    counter = forms.ModelChoiceField(
        label=_("At which counter do you sit?"),
        queryset=Counter.objects.none(),
        to_field_name="token",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a counter.")},
    )

    def __init__(self, *args, office: Office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["counter"].queryset = office.counters.filter(is_active=True)


class HallRuleForm(PortalModelForm):
    class Meta:
        model = HallRule
        fields = ["gives_tickets", "quota", "days_ahead", "opens_at", "notice"]
        help_texts = {
            "quota": _("Numbers at the door are not counted: whoever comes is served."),
            "notice": _("Shown on the hall screen and where a number is taken."),
        }

    opens_at = forms.TimeField(
        label=_("Time from which a new day can be booked"),
        help_text=_("Of the office’s own time, for example 06.00."),
        input_formats=["%H.%M", "%H:%M"],
        widget=forms.TimeInput(format="%H.%M", attrs={"size": 5}),
    )


class CounterForm(PortalModelForm):
    """One counter of `office`."""

    class Meta:
        model = Counter
        fields = ["name", "is_active"]
        labels = {"name": _("Name"), "is_active": _("In use")}
        help_texts = {
            "name": _("As it is called and shown in the hall, for example “Loket 1”.")
        }

    def __init__(self, *args, office: Office, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office
        if self.instance.pk is None:
            del self.fields["is_active"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        same = self.office.counters.filter(name__iexact=name)
        if same.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("A counter of this name exists already."))
        return name
