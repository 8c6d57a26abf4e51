"""What a person has told, what is still missing, and when it may be changed.

The sections are those of the form AK/II (Daftar Isian Pencari Kerja).

A proven NIK is not changed by its owner, and withdrawing the card that proved it frees
it again, for whoever can show the identity card.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants.models import (
    MANY_ALLOWED,
    Applicant,
    DocumentKind,
    Entry,
    Language,
    User,
    nik_index,
)

MANY = 5
MOST_ENTRIES = 20


@dataclass(frozen=True)
class Section:
    """One page of the task list; `key` is also its url name and its review item."""

    key: str
    title: str | Promise


SECTIONS = (
    Section("identity", gettext_lazy("Identity")),
    Section("general", gettext_lazy("General information")),
    Section("address", gettext_lazy("Address")),
    Section("education", gettext_lazy("Education")),
    Section("training", gettext_lazy("Skills and courses")),
    Section("languages", gettext_lazy("Languages")),
    Section("experience", gettext_lazy("Work experience")),
    Section("wishes", gettext_lazy("The work you want")),
)


def section(key: str) -> Section:
    return next(section for section in SECTIONS if section.key == key)


def next_missing(applicant: Applicant, key: str) -> str | None:
    """The key of the next section after `key` that misses something."""
    found = missing(applicant)
    keys = [section.key for section in SECTIONS]
    return next((k for k in keys[keys.index(key) + 1 :] if found[k]), None)


def missing(applicant: Applicant) -> dict[str, list[str]]:
    """For each section what is still to be answered, as sentences; [] when done."""
    return {
        "identity": [],
        "general": _missing_general(applicant),
        "address": _missing_address(applicant),
        "education": []
        if applicant.educations.all()
        else [_("Add your last school, even if you did not finish it.")],
        "training": _missing_list(
            applicant.trainings.all() or applicant.has_no_training,
            _("Add a skill or course, or say that you have none."),
        ),
        "languages": _missing_list(
            applicant.languages.all() or applicant.has_no_language,
            _("Add a language, or say that you speak Indonesian only."),
        ),
        "experience": _missing_list(
            applicant.experiences.all() or applicant.has_no_experience,
            _("Add a job you had, or say that you have not worked yet."),
        ),
        "wishes": _missing_wishes(applicant),
    }


def _missing_list(answered, sentence: str) -> list[str]:
    return [] if answered else [sentence]


def _missing_general(applicant) -> list[str]:
    answers = {
        _("Choose your marital status."): applicant.marital_status,
        _("Give a mobile phone number."): applicant.phone,
        _("Say whether you are working now."): applicant.is_employed is not None,
    }
    return [sentence for sentence, answer in answers.items() if not answer]


def _missing_address(applicant) -> list[str]:
    answers = {
        _("Give your street or hamlet."): applicant.street,
        _("Choose your village."): applicant.village_id,
    }
    return [sentence for sentence, answer in answers.items() if not answer]


def _missing_wishes(applicant) -> list[str]:
    answers = {
        _("Say which job you want."): applicant.wanted_job,
        _("Choose where you want to work."): applicant.wanted_places,
    }
    return [sentence for sentence, answer in answers.items() if not answer]


def bars_editing(applicant: Applicant) -> str | None:
    """Why this person's answers may not be changed now, or None.

    An office is reading the answers: what it reads must be what it decides on.
    """
    if applicant.held_at:
        return _(
            "Your application is with the office, so your answers stand still until"
            " it is decided or sent back."
        )
    return None


def bars_new_nik(applicant: Applicant, digits: str) -> str | None:
    """Why the owner may not change this NIK, or None.

    An officer has seen the identity card: another number is for the office.
    """
    if applicant.nik_proven_at and digits != applicant.nik:
        return _(
            "Your NIK was proven by the office. If it is wrong, please come to the"
            " office with your KTP."
        )
    return None


def bars_doubtful_nik(*, as_printed: bool) -> str | None:
    """Why a NIK with a doubt may not be taken yet, or None.

    A NIK whose digits seem to say otherwise is taken once somebody has looked.
    """
    if not as_printed:
        return _(
            "This NIK does not agree with the date of birth or the sex. Open the page"
            " again, compare them with the KTP and tick the box."
        )
    return None


def bars_known_nik(digits: str, *, but: Applicant | None = None) -> str | None:
    """Why the counter may not write down this NIK once more, or None.

    At the counter: a NIK that was proven belongs to the record that proved it.

    Not asked online, where the answer would tell an outsider who is registered.
    """
    proven = Applicant.objects.filter(
        nik_index=nik_index(digits), nik_proven_at__isnull=False
    )
    if proven.exclude(pk=but.pk if but else None).exists():  # type: ignore[misc]
        return _(
            "This NIK was proven by another record. Look for the NIK at the counter and"
            " go on with that record."
        )
    return None


def bars_claim_code(applicant: Applicant) -> str | None:
    """Why no claim code may be made for this record, or None.

    A record that is somebody’s account already needs no code.
    """
    if applicant.user_id:
        return _("This record belongs to an online account already.")
    return None


def bars_taking_over(user: User) -> str | None:
    """Why this account may not take over a record, or None.

    One account, one record.
    """
    if Applicant.objects.filter(user=user).exists():
        return _(
            "Your account has a record of its own already, so it cannot take over"
            " another one. Please ask at the office."
        )
    return None


def bars_entry(applicant: Applicant, entry: Entry) -> str | None:
    """Why this entry may not be added to its list, or None.

    A language stands in the list once, however many tabs are open.
    """
    rows = applicant.languages.exclude(pk=entry.pk)
    if isinstance(entry, Language) and rows.filter(name=entry.name).exists():
        return _("This language is already in your list.")
    if (
        entry._state.adding
        and type(entry).objects.filter(applicant=applicant).count() >= MOST_ENTRIES  # type: ignore[attr-defined]
    ):
        return _("You can name at most %(count)d of these.") % {"count": MOST_ENTRIES}
    return None


def bars_upload(applicant: Applicant, kind: str) -> str | None:
    """Why another document of this kind may not be added, or None."""
    if reason := bars_editing(applicant):
        return reason
    if kind in MANY_ALLOWED and applicant.documents.filter(kind=kind).count() >= MANY:
        return _("You can keep at most %(count)d of these. Remove one first.") % {
            "count": MANY
        }
    return None


def is_photo(kind: str) -> bool:
    return kind == DocumentKind.PHOTO
