"""What a person types, cleaned to what we keep. Forms never save.

Field names are those of the models, so that `**form.cleaned_data` is the whole
translation.
"""

import unicodedata

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import (
    DigitsInput,
    PhoneField,
    PortalForm,
    PortalModelForm,
    RupiahField,
    SplitDateField,
    YearField,
    one_line,
)
from applicants import codes, nik, regions
from applicants.models import (
    Applicant,
    Education,
    Experience,
    Language,
    Region,
    Training,
)

OLDEST = 100
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class SignInForm(LoginForm):
    """allauth's, without its link between the two boxes: Tab leads to the password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class SignUpForm(SignupForm):
    """allauth's, with addresses no longer than what we can keep."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].validators.append(MaxLengthValidator(254))


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


class GeneralForm(PortalModelForm):
    phone = PhoneField(label=_("Mobile phone"))
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
        labels = {"height_cm": _("Height (cm)"), "weight_kg": _("Weight (kg)")}
        widgets = {
            "height_cm": forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
            "weight_kg": forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        }
        error_messages = {
            "height_cm": {"invalid": _("Write your height in whole centimetres.")},
            "weight_kg": {"invalid": _("Write your weight in whole kilograms.")},
        }

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


def _digits(length: int) -> dict:
    """The look of a box for a few digits."""
    return {"inputmode": "numeric", "maxlength": length, "size": length}


def _choose(sentence) -> dict:
    """Nothing chosen, or something that lies in another region: the same to do."""
    return {"required": sentence, "invalid_choice": sentence}


class AddressForm(PortalForm):
    """The four levels of the region depend on each other; any may be still empty.

    Without JavaScript the button “show the choices” sends the form back with the next
    list filled in.
    """

    LEVELS = ("province", "regency", "district", "village")

    street = forms.CharField(
        label=_("Street, number or hamlet"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Give your street or hamlet.")},
    )
    rt = forms.CharField(
        label=_("RT"),
        required=False,
        validators=[RegexValidator(r"^[0-9]{1,3}\Z", _("Up to three digits."))],
        widget=forms.TextInput(attrs=_digits(3)),
    )
    rw = forms.CharField(
        label=_("RW"),
        required=False,
        validators=[RegexValidator(r"^[0-9]{1,3}\Z", _("Up to three digits."))],
        widget=forms.TextInput(attrs=_digits(3)),
    )
    province = forms.ModelChoiceField(
        label=_("Province"),
        queryset=Region.objects.none(),
        empty_label=_("Choose"),
        error_messages=_choose(_("Choose your province.")),
    )
    regency = forms.ModelChoiceField(
        label=_("Regency or city"),
        queryset=Region.objects.none(),
        empty_label=_("Choose"),
        error_messages=_choose(_("Choose your regency or city.")),
    )
    district = forms.ModelChoiceField(
        label=_("District (kecamatan)"),
        queryset=Region.objects.none(),
        empty_label=_("Choose"),
        error_messages=_choose(_("Choose your district.")),
    )
    village = forms.ModelChoiceField(
        label=_("Village (desa/kelurahan)"),
        queryset=Region.objects.none(),
        empty_label=_("Choose"),
        error_messages=_choose(_("Choose your village.")),
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        required=False,
        validators=[RegexValidator(r"^[0-9]{5}\Z", _("Five digits."))],
        widget=forms.TextInput(attrs=_digits(5)),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        above = ""
        for level in self.LEVELS:
            field = self.fields[level]
            field.queryset = (
                regions.children(above)
                if above is not None
                else (Region.objects.none())
            )
            field.widget.attrs["data-region"] = level
            above = self._chosen(level, field.queryset)

    def _chosen(self, level, queryset) -> str | None:
        """The code chosen at this level, when it lies in what was chosen above."""
        code = (
            self.data.get(self.add_prefix(level))
            if self.is_bound
            else self.initial.get(level)
        )
        # What is no number is no code, and a NUL byte would even stop the query.
        is_code = bool(code) and code.isascii() and code.isdigit()
        return code if is_code and queryset.filter(pk=code).exists() else None

    def clean(self):
        data = super().clean()
        for level in self.LEVELS[:-1]:
            data.pop(level, None)
        return data

    @staticmethod
    def answers(applicant: Applicant) -> dict:
        """The initial values that show what this person told before."""
        chain = regions.lineage(applicant.village_id) if applicant.village_id else []
        return {
            "street": applicant.street,
            "rt": applicant.rt,
            "rw": applicant.rw,
            "postal_code": applicant.postal_code,
            **dict(zip(AddressForm.LEVELS, chain, strict=False)),
        }


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


class EntryForm(PortalModelForm):
    """One school, skill, language or job; the years must make sense together."""

    # (earlier, later, what to say): None is not compared.
    YEARS = ()

    def clean(self):
        data = super().clean()
        for first, second in self.YEARS:
            early, late = data.get(first), data.get(second)
            if early and late and late < early:
                self.add_error(second, _("This year is before the year you started."))
        self._check_age(data)
        return data

    def _check_age(self, data):
        for name in [name for name in self.fields if name.endswith("year")]:
            year, birth = data.get(name), self.instance.applicant.birth_date
            if year and year < birth.year + 4:
                self.add_error(
                    name,
                    gettext("You were born in %(year)d: check this year.")
                    % {"year": birth.year},
                )

    def _get_validation_exclusions(self):
        # The person is known before the form is: let uniqueness see them.
        return super()._get_validation_exclusions() - {"applicant"}


class EducationForm(EntryForm):
    YEARS = (("entered_year", "graduated_year"),)

    level = forms.ChoiceField(
        label=_("Level"),
        choices=[("", _("Choose")), *codes.EducationLevel.choices],
        error_messages={"required": _("Choose the level.")},
    )
    school = forms.CharField(
        label=_("Name of the school or university"),
        max_length=100,
        error_messages={"required": _("Enter the name of the school.")},
    )
    major = forms.CharField(
        label=_("Major or programme"), max_length=80, required=False
    )
    field_code = forms.ChoiceField(
        label=_("Field (vocational school, diploma or degree)"),
        required=False,
        choices=lambda: [("", _("None of these, or I do not know")), *_field_choices()],
    )
    entered_year = YearField(label=_("Year you started"), required=False)
    graduated_year = YearField(
        label=_("Year you finished"),
        help_text=_("With an SKL: the year on the letter."),
    )
    grade = forms.CharField(
        label=_("Final mark or GPA"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"size": 10}),
    )

    class Meta:
        model = Education
        fields = [
            "level",
            "school",
            "major",
            "field_code",
            "entered_year",
            "graduated_year",
            "grade",
        ]

    def clean(self):
        data = super().clean()
        level, field = data.get("level"), data.get("field_code")
        allowed = dict(codes.fields_of(codes.EducationLevel(level))) if level else {}
        if field and field not in allowed:
            self.add_error("field_code", _("This field does not belong to that level."))
        return data


def _field_choices():
    """Fields grouped by the levels that have them."""
    seen = {}
    for level in codes.EducationLevel:
        fields = codes.fields_of(level)
        if fields and fields not in seen.values():
            seen[level.label] = fields
    return list(seen.items())


class TrainingForm(EntryForm):
    name = forms.CharField(
        label=_("Skill or course"),
        help_text=_("For example: sewing, welding, Microsoft Office."),
        max_length=80,
        error_messages={"required": _("Enter the skill or course.")},
    )
    provider = forms.CharField(
        label=_("Where you learned it"), max_length=80, required=False
    )
    year = YearField(label=_("Year"), required=False)

    class Meta:
        model = Training
        fields = ["name", "provider", "year"]


class LanguageForm(EntryForm):
    name = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("Choose")), *codes.ForeignLanguage.choices],
        error_messages={"required": _("Choose the language.")},
    )
    other = forms.CharField(
        label=_("If another: which?"), max_length=40, required=False
    )
    mastery = forms.ChoiceField(
        label=_("How well?"),
        choices=codes.LanguageMastery.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how well you know the language.")},
    )

    class Meta:
        model = Language
        fields = ["name", "mastery"]

    field_order = ["name", "other", "mastery"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = codes.ForeignLanguage.values
        if self.instance.name and self.instance.name not in known:
            self.initial["other"] = self.instance.name
            self.initial["name"] = codes.ForeignLanguage.OTHER

    def clean(self):
        data = super().clean()
        if data.get("name") == codes.ForeignLanguage.OTHER:
            if not data.get("other"):
                self.add_error("other", _("Write which language."))
            data["name"] = data.get("other") or data["name"]
        return data


class ExperienceForm(EntryForm):
    YEARS = (("started_year", "ended_year"),)

    position = forms.CharField(
        label=_("Position"),
        max_length=80,
        error_messages={"required": _("Enter what you worked as.")},
    )
    employer = forms.CharField(
        label=_("Employer"),
        max_length=100,
        error_messages={"required": _("Enter where you worked.")},
    )
    duties = forms.CharField(
        label=_("What you did"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    started_year = YearField(label=_("Year you started"))
    ended_year = YearField(
        label=_("Year you left"),
        help_text=_("Leave this empty if you still work there."),
        required=False,
    )

    class Meta:
        model = Experience
        fields = ["position", "employer", "duties", "started_year", "ended_year"]


class UploadForm(PortalForm):
    """One file; `clean_with` makes safe pictures of it or says what is wrong."""

    # Not `required`, so that `clean_with` says in its own words that none was chosen.
    optional_is_obvious = True

    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args, clean_with, accept, longest_side, **kwargs):
        self.clean_with = clean_with
        super().__init__(*args, **kwargs)
        # static/js/upload.js makes a larger picture that small before it travels.
        self.fields["file"].widget.attrs.update(
            {"accept": accept, "data-shrink": longest_side}
        )

    def clean_file(self):
        file = self.files.get(self.add_prefix("file"))
        return self.clean_with(file)


class CropForm(PortalForm):
    """Where the photo is cut: zoom 100 to 300 percent, place in percent of the room."""

    zoom = forms.IntegerField(label=_("Closer"), min_value=100, max_value=300)
    x = forms.IntegerField(label=_("Left – right"), min_value=0, max_value=100)
    y = forms.IntegerField(label=_("Up – down"), min_value=0, max_value=100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (low, high) in {
            "zoom": (100, 300),
            "x": (0, 100),
            "y": (0, 100),
        }.items():
            self.fields[name].widget = forms.NumberInput(
                attrs={"type": "range", "min": low, "max": high, "step": 1}
            )
