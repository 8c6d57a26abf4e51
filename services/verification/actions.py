"""What can happen to a report of a forged card: it comes in, and it is closed."""

import uuid

from django.db import transaction
from django.utils import timezone

from ak1portal.refusals import refuse_if
from ak1portal.sealed import default_storage
from ak1portal.tokens import new_token
from applicants.uploads import Page
from services.issuance.models import Card
from services.office.models import Office, Officer
from services.verification import rules
from services.verification.models import ForgeryReport


@transaction.atomic
def report(
    *,
    key: uuid.UUID,
    office: Office,
    card: Card | None,
    told: dict,
    photo: Page | None,
) -> ForgeryReport:
    """Keep what somebody told; the second click with the same key finds the first."""
    new = ForgeryReport(key=key, office=office, card=card)
    new.told = told
    if photo:
        name = f"reports/{new_token()}.jpg"
        new.photo_file = default_storage.write(name, photo.jpeg)
    # The unique key decides, also when two clicks come at once.
    kept, _created = ForgeryReport.objects.get_or_create(
        key=key,
        defaults={
            "token": new.token,
            "office": office,
            "card": card,
            "told_sealed": new.told_sealed,
            "photo_file": new.photo_file,
        },
    )
    return kept


@transaction.atomic
def close(report: ForgeryReport, *, officer: Officer, note: str) -> None:
    """The office has looked into it; `note` says what it found and did."""
    report.lock()
    if report.closed_by_id == officer.user_id and report.note == note:
        return
    refuse_if(rules.bars_closing(report, officer))
    report.closed_at, report.closed_by = timezone.now(), officer.user
    report.note = note
    report.save(update_fields=["closed_at", "closed_by", "note"])
