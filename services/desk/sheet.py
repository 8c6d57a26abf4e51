"""The whole AK/II on one page: the forms of its sections, each under its own prefix.

The forms are the very ones that the person meets online, so the rules are the same. A
part that was left alone is no mistake until the page is to be complete.
"""

from dataclasses import dataclass, field

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applicants import rules as people
from applicants.forms import (
    AddressForm,
    EducationForm,
    ExperienceForm,
    GeneralForm,
    LanguageForm,
    TrainingForm,
    WishesForm,
)
from applicants.models import Applicant
from services.desk.forms import DeskIdentityForm
from services.desk.rules import bars_nik

BLANK_ROWS = 1


@dataclass(frozen=True)
class Kind:
    """A section of which there may be several; `none`: the tick that says there are
    none, and the field that keeps it."""

    key: str
    rows: str
    form: type
    add: str | Promise
    none: str | Promise = ""
    flag: str = ""


KINDS = (
    Kind("education", "educations", EducationForm, _("Add a school")),
    Kind(
        "training",
        "trainings",
        TrainingForm,
        _("Add a skill or course"),
        _("No skill or course to name"),
        "has_no_training",
    ),
    Kind(
        "languages",
        "languages",
        LanguageForm,
        _("Add a language"),
        _("Speaks Indonesian only"),
        "has_no_language",
    ),
    Kind(
        "experience",
        "experiences",
        ExperienceForm,
        _("Add a job"),
        _("Has not worked yet"),
        "has_no_experience",
    ),
)


@dataclass
class Row:
    """One school, skill, language or job. `token`: of the one that is kept already."""

    form: Form
    number: int
    token: str
    is_removed: bool

    @property
    def counts(self) -> bool:
        return not self.is_removed and (bool(self.token) or self.form.has_changed())


@dataclass
class Part:
    """One section: a form, or rows. `problem`: what the whole section misses."""

    section: people.Section
    form: Form | None = None
    kind: Kind | None = None
    rows: list[Row] = field(default_factory=list)
    blank: Form | None = None
    has_none: bool = False
    problem: str = ""

    @property
    def count(self) -> int:
        """How many rows the page has room for, with those that are gone."""
        return max((row.number for row in self.rows), default=-1) + 1

    @property
    def forms(self) -> list[Form]:
        if self.form:
            return [self.form]
        return [row.form for row in self.rows if row.counts]


class Sheet:
    """Everything that is asked, bound to what was sent or filled from the record."""

    def __init__(self, applicant: Applicant | None, data=None, *, nik=""):
        self.applicant, self.data = applicant, data
        person = applicant or Applicant()
        self.identity = DeskIdentityForm(
            data, prefix="identity", initial={"nik": nik, **_identity_of(applicant)}
        )
        if data is None:
            first = "name" if nik else "nik"
            self.identity.fields[first].widget.attrs["autofocus"] = True
        self.general = GeneralForm(data, prefix="general", instance=person)
        self.address = AddressForm(
            data, prefix="address", initial=AddressForm.answers(person)
        )
        self.wishes = WishesForm(data, prefix="wishes", instance=person)
        one_page = {
            "identity": self.identity,
            "general": self.general,
            "address": self.address,
            "wishes": self.wishes,
        }
        kinds = {kind.key: kind for kind in KINDS}
        self.parts = [
            Part(section, one_page[section.key])  # type: ignore[arg-type]
            if section.key in one_page
            else self._list(section, kinds[section.key])
            for section in people.SECTIONS
        ]

    # Rows ----------------------------------------------------------------------------

    def _list(self, section, kind) -> Part:
        kept = {row.token: row for row in self._kept(kind)}
        if self.data is None:
            tokens = [*kept, *[""] * (0 if kept else BLANK_ROWS)]
            has_none = bool(kind.flag and getattr(self.applicant, kind.flag, False))
        else:
            tokens = self._sent_tokens(kind, kept)
            has_none = f"{kind.key}-none" in self.data
        rows = [
            self._row(kind, number, kept.get(token))
            for number, token in enumerate(tokens)
        ]
        blank = kind.form(prefix=f"{kind.key}-N", instance=self._new(kind))
        return Part(section, None, kind, rows, blank, has_none and bool(kind.flag))

    def _sent_tokens(self, kind, kept) -> list[str]:
        """One for each row that was sent: "" for a new one. Not more than may be."""
        count = self.data.get(f"{kind.key}-rows", "")
        count = int(count[:3]) if count.isascii() and count.isdigit() else 0
        tokens = [
            self.data.get(f"{kind.key}-{number}-token", "")
            for number in range(min(count, people.MOST_ENTRIES))
        ]
        if self.data.get("add") == kind.key and len(tokens) < people.MOST_ENTRIES:
            tokens.append("")
        return [token if token in kept else "" for token in tokens]

    def _kept(self, kind):
        return getattr(self.applicant, kind.rows).all() if self.applicant else ()

    def _new(self, kind):
        return kind.form.Meta.model(applicant=self.applicant or Applicant())

    def _row(self, kind, number, kept) -> Row:
        prefix = f"{kind.key}-{number}"
        form = kind.form(
            self.data,
            prefix=prefix,
            instance=kept or self._new(kind),
            empty_permitted=kept is None,
        )
        is_removed = self.data is not None and f"{prefix}-remove" in self.data
        return Row(form, number, kept.token if kept else "", is_removed)

    # Judging -------------------------------------------------------------------------

    def judge(self, *, whole: bool) -> bool:
        """Whether nothing is wrong; for the `whole`, that nothing is missing either."""
        for form in (self.general, self.address, self.wishes):
            form.empty_permitted = not whole
        if self.is_identified:
            digits = self.identity.cleaned_data["nik"]
            if reason := bars_nik(digits, self.applicant):
                self.identity.add_error("nik", reason)
        for part in self.parts:
            if whole and part.kind and not part.forms and not part.has_none:
                part.problem = people.missing(Applicant())[part.kind.key][0]
        return not self.errors

    @property
    def is_identified(self) -> bool:
        return self.identity.is_valid()

    @property
    def errors(self) -> bool:
        """As a form has it, for the title of the page."""
        if self.data is None:
            return False
        return bool(self._wrong_forms) or any(part.problem for part in self.parts)

    @property
    def only_asks(self) -> bool:
        """Nothing is wrong: there is a question about the NIK."""
        return (
            self._wrong_forms == [self.identity]
            and self.identity.only_asks
            and not any(part.problem for part in self.parts)
        )

    @property
    def _wrong_forms(self) -> list[Form]:
        forms = [form for part in self.parts for form in part.forms]
        return [form for form in forms if form.errors]

    def unjudged(self) -> "Sheet":
        """As it was typed, before anybody asked whether it is right."""
        for part in self.parts:
            for form in [part.form] if part.form else [row.form for row in part.rows]:
                form.full_clean()
                form.errors.clear()
        return self

    # Answers -------------------------------------------------------------------------

    def answers(self) -> dict:
        """What is right of it, as the arguments of `actions.fill_in`."""
        facts, disability = {}, None
        for form in (self.identity, self.general, self.address, self.wishes):
            if form.is_valid():
                facts |= form.cleaned_data
        if "disability" in facts:
            facts.pop("disability_consent")
            disability = {
                "disability": facts.pop("disability"),
                "wording": self.general.consent_wording,
            }
        lists = [part for part in self.parts if part.kind]
        for part in lists:
            if part.kind.flag:
                facts[part.kind.flag] = part.has_none and not part.forms
        return {
            "facts": facts,
            "disability": disability,
            "entries": [
                row.form.instance  # type: ignore[attr-defined]
                for part in lists
                for row in part.rows
                if row.counts and row.form.has_changed() and row.form.is_valid()
            ],
            "removed": [
                row.form.instance  # type: ignore[attr-defined]
                for part in lists
                for row in part.rows
                if row.is_removed and row.token
            ],
        }

    def kept(self) -> "Sheet":
        """After a save: what was kept is known by its token, what went is gone."""
        for part in self.parts:
            part.rows = [row for row in part.rows if not row.is_removed]
            for row in part.rows:
                if row.counts and row.form.instance.pk:  # type: ignore[attr-defined]
                    row.token = row.form.instance.token  # type: ignore[attr-defined]
        return self


def _identity_of(applicant) -> dict:
    if applicant is None:
        return {}
    names = ("name", "birth_place", "birth_date", "sex")
    known = {name: getattr(applicant, name) for name in names}
    return {**known, "nik": applicant.nik_grouped}
