"""The old balance of an office, as it is typed from the last reports on paper."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalForm, SplitDateField
from applicants import codes
from services.office.models import Office
from services.registry import rules
from services.registry.terms import AgeGroup

# Who the tables ask for; levels that count in the same line are not asked twice.
LEVELS = (
    codes.EducationLevel.NO_PRIMARY,
    codes.EducationLevel.SD,
    codes.EducationLevel.SMP,
    codes.EducationLevel.SMA,
    codes.EducationLevel.SMK,
    codes.EducationLevel.D1,
    codes.EducationLevel.D2,
    codes.EducationLevel.D3,
    codes.EducationLevel.D4,
    codes.EducationLevel.S1,
    codes.EducationLevel.S2,
    codes.EducationLevel.S3,
)


class OldBalanceForm(PortalForm):
    """How many people were in the register: for every level, sex and age group.

    IPK III/1 counts the columns of this table, IPK III/2 its rows. The sum is typed
    too: it stands on the last report on paper, and finds a slip of the finger.
    """

    day = SplitDateField(
        label=_("Balance at the end of this day"),
        help_text=_("The last day before your office works with this portal."),
    )
    total = forms.IntegerField(
        label=_("How many people is that in all?"),
        help_text=_(
            "As it stands on your last report; it must be the sum of the table."
        ),
        min_value=1,
        max_value=999_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 8}),
        error_messages={"required": _("Enter the number of people in all.")},
    )
    is_checked = forms.BooleanField(
        label=_(
            "I have compared this with our last report. It cannot be changed later."
        ),
        error_messages={"required": _("Compare it with your last report first.")},
    )

    def __init__(self, *args, office: Office, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office
        for level, age, sex in self._groups():
            self.fields[self._name(level, age, sex)] = forms.IntegerField(
                label=f"{level.label}, {age.label}, {sex.label}",
                min_value=0,
                max_value=99_999,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
            )

    @staticmethod
    def _groups():
        return (
            (level, age, sex)
            for level in LEVELS
            for age in AgeGroup
            for sex in codes.Sex
        )

    @staticmethod
    def _name(level, age, sex) -> str:
        return f"{level.value}-{age.name.lower()}-{sex.value}"

    def rows(self):
        """(level, its fields in the order of the columns), for the page."""
        return [
            (
                level,
                [
                    self[self._name(level, age, sex)]
                    for age in AgeGroup
                    for sex in codes.Sex
                ],
            )
            for level in LEVELS
        ]

    def clean_day(self):
        """What the act refuses as well: said here, nothing that was typed is lost."""
        day = self.cleaned_data["day"]
        if reason := rules.bars_opening(self.office, day):
            raise ValidationError(reason)
        return day

    def clean(self):
        answers = super().clean()
        counted = sum(count for *_group, count in self._counts(answers))
        if "total" in answers and not self.errors and counted != answers["total"]:
            self.add_error(
                "total",
                ValidationError(
                    _("The table adds up to %(counted)d, not to %(total)d."),
                    params={"counted": counted, "total": answers["total"]},
                ),
            )
        return answers

    def _counts(self, answers):
        for level, age, sex in self._groups():
            count = answers.get(self._name(level, age, sex))
            if count:
                yield level, age, sex, count

    def counts(self) -> list[tuple]:
        """(level, age group, sex, people) of every group that has people in it."""
        return list(self._counts(self.cleaned_data))
