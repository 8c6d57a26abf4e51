"""The journal: who looked at what, who changed which setting. Written and read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Model
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applicants.models import DocumentKind
from services.office.models import JournalEntry, Office, Officer, Role
from services.office.reasons import ITEMS
from services.office.texts import OCCASIONS

ACTS = {
    "case": _("Opened a case"),
    "document": _("Looked at a document"),
    "twins": _("Compared people who may be the same"),
    "search": _("Searched; people found"),
    "desk_person": _("Looked somebody up at the counter"),
    "desk_opened": _("Opened a record at the counter"),
    "desk_elsewhere": _("Opened a record of another office at the counter"),
    "desk_claim_code": _("Made a claim code after seeing the KTP"),
    "diploma": _("Looked at the diploma of a card"),
    "diploma_seen": _("Wrote down that the diploma was seen"),
    "card_preview": _("Looked at a card"),
    "print_pdf": _("Opened the PDF of a print run"),
    "forgery_report": _("Opened a report of a forged card"),
    "print_run_cancelled": _("Gave up a print run"),
    "card_document": _("Opened the PDF of a card"),
    "reprint_letter": _("Looked at the police letter for a reprint"),
    "print_register": _("Downloaded the register of prints"),
    "printer_added": _("Added a printer"),
    "printer_changed": _("Changed a printer"),
    "printer_calibrated": _("Calibrated a printer"),
    "certificate_added": _("Registered a certificate to sign with"),
    "certificate_removed": _("Took back a certificate"),
    "register_csv": _("Downloaded a month of the register"),
    "employer_report": _("Opened the report of an employer"),
    "setting": _("Changed a setting"),
    "opening_time": _("Changed the opening hours"),
    "holiday_added": _("Added a holiday"),
    "holiday_removed": _("Removed a holiday"),
    "reason_added": _("Added a reason"),
    "reason_item": _("Changed what a reason is about"),
    "reason_label": _("Changed the name of a reason"),
    "reason_sentence": _("Changed the sentence of a reason"),
    "reason_is_active": _("Changed whether a reason is in use"),
    "text": _("Changed the text of a message"),
    "hall_rule": _("Changed how queue tickets are given"),
    "hall_screen": _("Renewed the link of the hall screen"),
    "counter_added": _("Added a counter"),
    "counter_changed": _("Changed a counter"),
    "officer_added": _("Added an officer"),
    "officer_name": _("Changed an officer’s name"),
    "officer_nip": _("Changed an officer’s NIP"),
    "officer_role": _("Changed an officer’s role"),
    "officer_is_active": _("Changed whether an officer works here"),
}
LOOKS = ("case", "document", "twins", "card_preview", "print_pdf")
# At the counter, of drafts and of people of other offices too: named, but no link.
AT_THE_DESK = (
    "desk_person",
    "desk_opened",
    "desk_elsewhere",
    "desk_claim_code",
    "diploma",
    "diploma_seen",
)
_YES_NO = {"True": _("Yes"), "False": _("No")}


def note(officer: Officer, act: str, subject: str, *, old="", new="") -> None:
    """One line. `subject` is a token or a setting's name, never a NIK or an address."""
    JournalEntry.objects.create(
        office=officer.office,
        by=officer.user,
        act=act,
        subject=subject,
        old=old,
        new=new,
    )


def as_written(value) -> str:
    """A value of a setting as it is kept in the journal; `lines` makes words of it."""
    if isinstance(value, list):
        return ",".join(value)
    return "" if value is None else str(value)


def in_words(row: Model, names: Iterable[str]) -> str:
    """Fields of a row and their values, for a change that is one line here."""
    fields = [row._meta.get_field(name) for name in names]
    said = (f"{field.verbose_name}: {_of_field(row, field)}" for field in fields)
    return "; ".join(said)


def _of_field(row, field):
    value = getattr(row, field.name)
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    if isinstance(value, time):
        return f"{value:%H.%M}"
    return _YES_NO.get(str(value), value)


@dataclass(frozen=True)
class Line:
    """One entry in words; what has none is shown as it was written.

    `token` names the case, card or print run that was looked at.
    """

    entry: JournalEntry
    act: str | Promise
    token: str
    subject: str | Promise
    old: str | Promise
    new: str | Promise


def lines(entries: Iterable[JournalEntry], office: Office) -> list[Line]:
    """The entries as a person reads them: two queries, for officers and reasons."""
    names = {
        **dict(office.officers.values_list("token", "name")),
        **dict(office.reasons.values_list("token", "label")),
    }
    return [
        Line(
            entry,
            ACTS.get(entry.act, entry.act),
            entry.subject.split("/")[0] if entry.act in LOOKS else "",
            _subject(entry, names),
            _value(entry, entry.old),
            _value(entry, entry.new),
        )
        for entry in entries
    ]


def _subject(entry, names):
    if entry.act == "setting":
        return Office._meta.get_field(entry.subject).verbose_name
    if entry.act == "document":
        _case, kind, position = entry.subject.split("/")
        words = {"document": DocumentKind(kind).label, "page": int(position) + 1}
        return gettext("%(document)s, page %(page)d") % words
    if entry.act == "opening_time":
        return WEEKDAYS[int(entry.subject)]
    if entry.act.startswith("holiday_"):
        return date_format(date.fromisoformat(entry.subject), "j F Y")
    if entry.act == "text":
        return OCCASIONS[entry.subject].title
    if entry.act in AT_THE_DESK:
        return entry.subject[:8]
    return "" if entry.act in LOOKS else names.get(entry.subject, entry.subject)


def _value(entry, value):
    words = _WORDS.get(entry.act)
    return _YES_NO.get(value, value) if words is None else words(entry, value)


def _of_setting(entry, value):
    if entry.subject == "logo":
        # The name of its file, which begins with a folder.
        return gettext("picture %(name)s") % {"name": value[6:14]} if value else ""
    if entry.subject == "required_papers":
        return ", ".join(str(DocumentKind(k).label) for k in value.split(",") if k)
    choices = dict(Office._meta.get_field(entry.subject).choices or ())
    return _YES_NO.get(value, choices.get(value, value))


def _of_text(_entry, value):
    if value == "0":
        return gettext("the portal’s own wording")
    return gettext("version %(number)s") % {"number": value}


def _role(_entry, value):
    return dict(Role.choices).get(value, value)


# What the values of an act say, where they are not words already.
_WORDS = {
    "setting": _of_setting,
    "opening_time": lambda _entry, value: value or gettext("closed that day"),
    "reason_item": lambda _entry, value: ITEMS.get(value, value),
    "text": _of_text,
    "officer_role": _role,
    "officer_added": lambda entry, value: value and _role(entry, value),
}
