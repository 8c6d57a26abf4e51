"""Who somebody is: NIK and name as they stand on the identity card."""

import unicodedata

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import DigitsInput, PortalForm, SplitDateField, one_line
from applicants import codes, nik

OLDEST = 100


class NikField(forms.CharField):
    """Sixteen digits, however they were spaced."""

    MESSAGES = {
        "shape": _("The NIK has 16 digits. Copy it from your KTP."),
        "province": _("No province has the first two digits of this NIK."),
        "date": _("Digits 7 to 12 of this NIK are no date of birth."),
        "serial": _("The last four digits of a NIK are never 0000."),
        "birth_date": _(
            "This NIK belongs to another date of birth. Check the NIK and the date."
        ),
        "sex": _(
            "This NIK does not agree with the sex you chose (women have 40 added to"
            " the day)."
        ),
    }
    # What can be said before birth date and sex are known.
    ALONE = ("shape", "province", "date", "serial")

    def __init__(self, **kwargs):
        super().__init__(
            label=_("NIK (16 digits)"),
            help_text=_("The number on your KTP or family card. Spaces do not matter."),
            max_length=40,
            widget=DigitsInput(16),
            error_messages={"required": _("Enter your NIK: 16 digits.")},
            **kwargs,
        )

    def clean(self, value):
        digits = nik.normalise(super().clean(value))
        for code in nik.problems(digits, birth_date=None, sex=None):
            raise forms.ValidationError(self.MESSAGES[code], code=code)
        return digits


class PersonName(forms.CharField):
    """One field: many people have one name only."""

    LETTERS = _("A name has letters only, as on your KTP.")

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Full name, as on your KTP"),
            max_length=100,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            error_messages={"required": _("Enter your name.")},
            validators=[
                RegexValidator(
                    r"^[^\W\d_][^\d_<>@{}\[\]|\\/]*\Z",
                    self.LETTERS,
                )
            ],
            **kwargs,
        )

    def clean(self, value):
        """Composed letters, one space between names, no sign drawn over another."""
        name = " ".join(unicodedata.normalize("NFC", super().clean(value)).split())
        if any(unicodedata.combining(letter) for letter in name):
            raise forms.ValidationError(self.LETTERS)
        one_line(name)
        return name


class IdentityForm(PortalForm):
    nik = NikField()
    name = PersonName()
    birth_place = forms.CharField(
        label=_("Place of birth"),
        max_length=60,
        error_messages={"required": _("Enter the place where you were born.")},
    )
    birth_date = SplitDateField(label=_("Date of birth"), autocomplete="bday")
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=codes.Sex.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose male or female.")},
    )

    def clean_birth_date(self):
        day, today = self.cleaned_data["birth_date"], timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("This date has not come yet."))
        if day.year < today.year - OLDEST:
            raise forms.ValidationError(_("Check the year of birth."))
        return day

    def clean(self):
        data = super().clean()
        if {"nik", "birth_date", "sex"} <= set(data):
            for code in nik.problems(
                data["nik"], birth_date=data["birth_date"], sex=data["sex"]
            ):
                self.add_error("nik", NikField.MESSAGES[code])
        return data
