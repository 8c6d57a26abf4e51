"""Who somebody is: NIK and name as they stand on the identity card."""

import unicodedata

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import DigitsInput, PortalForm, SplitDateField, one_line
from ak1portal.sealed import blind_index
from applicants import codes, nik

OLDEST = 100


class NikField(forms.CharField):
    """Sixteen digits, however they were spaced."""

    BARRED = {
        "shape": _("The NIK has 16 digits. Copy it from your KTP."),
        "province": _("No province has the first two digits of this NIK."),
    }
    DOUBTS = {
        "date": _("Digits 7 to 12 of this NIK are no date of birth."),
        "serial": _("The last four digits of a NIK are hardly ever 0000."),
        "birth_date": _("The digits of this NIK say another date of birth."),
        "sex": _(
            "The digits of this NIK do not agree with the sex you chose (women have 40"
            " added to the day)."
        ),
    }

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
        if code := nik.bars(digits):
            raise forms.ValidationError(self.BARRED[code], code=code)
        return digits


class PersonName(forms.CharField):
    """One field: many people have one name only."""

    LETTERS = _("Write the name in letters, as it is on your KTP.")

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Full name, as on your KTP"),
            max_length=100,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            error_messages={"required": _("Enter your name.")},
            validators=[
                RegexValidator(
                    # 'Ufairah; Contoh 3rd: so the registry wrote until 2022.
                    r"^['’‘ʻʼ`]?[^\W\d_][^_<>@{}\[\]|\\/=]*\Z",
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


ABOUT_THE_NUMBER = ("nik", "birth_date", "sex")
CHECK_THEN_TICK = _(
    "Compare NIK, date of birth and sex with the KTP once more. If it stands there like"
    " this, tick the box: an officer looks at the KTP as well."
)


class IdentityForm(PortalForm):
    """Who somebody is. What a NIK seems to say otherwise is asked about once.

    `cleaned_data` are the facts of an Applicant, and `as_printed`: whether a doubt was
    confirmed. The tick is there only when it is needed, and is about the answers that
    stand above it.
    """

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

    # Shown only when there is something to ask; carried along once it is answered.
    as_printed = forms.BooleanField(
        label=_("This is how it stands on the KTP"),
        help_text=CHECK_THEN_TICK,
        required=False,
        widget=forms.HiddenInput,
    )
    confirms = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def clean_birth_date(self):
        day, today = self.cleaned_data["birth_date"], timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("This date has not come yet."))
        if day.year < today.year - OLDEST:
            raise forms.ValidationError(_("Check the year of birth."))
        return day

    def clean(self):
        data = super().clean()
        asked = {*ABOUT_THE_NUMBER} <= set(data)
        doubts = nik.doubts(**{n: data[n] for n in ABOUT_THE_NUMBER}) if asked else []
        data["as_printed"] = bool(doubts) and self._is_confirmed()
        if doubts and not self._is_as_kept() and not data["as_printed"]:
            self._ask(doubts)
        data.pop("confirms", None)
        return data

    def _is_as_kept(self) -> bool:
        """The record says the same: it was confirmed when it was written."""
        kept = {name: self.initial.get(name) for name in ABOUT_THE_NUMBER}
        kept["nik"] = nik.normalise(kept["nik"] or "")
        return kept == {name: self.cleaned_data[name] for name in ABOUT_THE_NUMBER}

    def _is_confirmed(self) -> bool:
        """Ticked, below these very answers: another number is asked about anew."""
        data = self.cleaned_data
        return bool(data.get("as_printed")) and data.get("confirms") == self._answers()

    @property
    def only_asks(self) -> bool:
        """Nothing is wrong: there is a question."""
        return set(self.errors) == {"as_printed"}

    def _answers(self) -> str:
        """What a tick is about, unreadable in a page."""
        said = "|".join(str(self.cleaned_data[name]) for name in ABOUT_THE_NUMBER)
        return blind_index(said, "nik.confirmed").hex()[:32]

    def _ask(self, doubts: list[str]) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("confirms")] = self._answers()
        self.data.pop(self.add_prefix("as_printed"), None)
        field = self.fields["as_printed"]
        field.widget, field.is_question = forms.CheckboxInput(), True
        self.add_error("as_printed", [NikField.DOUBTS[code] for code in doubts])
