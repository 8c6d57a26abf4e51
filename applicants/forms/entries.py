"""What somebody may have several of: schools, skills, languages, jobs."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalModelForm, YearField
from applicants import codes
from applicants.models import Education, Experience, Language, Training


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
            if year and birth and year < birth.year + 4:
                self.add_error(
                    name,
                    gettext("You were born in %(year)d: check this year.")
                    % {"year": birth.year},
                )

    def _get_validation_exclusions(self):
        # The person is known before the form is: let uniqueness see them. At the
        # counter they may be written down by the same press.
        left_out = super()._get_validation_exclusions()
        is_new = self.instance.applicant._state.adding
        return left_out if is_new else left_out - {"applicant"}


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
