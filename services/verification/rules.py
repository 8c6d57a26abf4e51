"""What may be done with a report of a forged card. Answers with the reason, or None."""

from django.utils.translation import gettext as _

from services.office.models import Officer
from services.verification.models import ForgeryReport


def bars_closing(report: ForgeryReport, officer: Officer) -> str | None:
    """Why this report may not be closed, or None."""
    if report.closed_at:
        return _("This report is already closed.")
    if not officer.supervises:
        return _("Only a supervisor closes a report.")
    return None
