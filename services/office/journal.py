"""Writing into the journal: who looked at what, who changed which setting."""

from services.office.models import JournalEntry, Officer


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
