"""What the office says: the administrator writes its reasons and its message texts.

A message text is never overwritten. A change is a new version, an empty version means
the portal's own wording, and the journal names the versions.
"""

from django.db import transaction
from django.db.models import Max

from ak1portal.refusals import refuse_if
from services.office import rules, texts
from services.office.journal import as_written, note
from services.office.models import Office, Officer, Reason


@transaction.atomic
def add_reason(
    office: Office,
    *,
    by: Officer,
    item: str,
    label: str,
    sentence: str,
    is_active: bool = True,
) -> Reason:
    """A new reason; it stands last among those of its item."""
    office.lock()
    refuse_if(rules.bars_reason(office, item=item, label=label))
    last = office.reasons.aggregate(last=Max("position"))["last"]
    reason = office.reasons.create(
        item=item,
        label=label,
        sentence=sentence,
        is_active=is_active,
        position=0 if last is None else last + 1,
    )
    note(by, "reason_added", reason.token, new=f"{label}: {sentence}")
    return reason


@transaction.atomic
def change_reason(reason: Reason, *, by: Officer, **facts) -> list[str]:
    """Change or switch off a reason; what differs. Letters that were sent stay."""
    reason.office.lock()
    reason.refresh_from_db()
    wanted = {"item": reason.item, "label": reason.label, **facts}
    refuse_if(
        rules.bars_reason(
            reason.office, item=wanted["item"], label=wanted["label"], but=reason
        )
    )
    changed = [name for name, new in facts.items() if getattr(reason, name) != new]
    for name in changed:
        old, new = as_written(getattr(reason, name)), as_written(facts[name])
        note(by, f"reason_{name}", reason.token, old=old, new=new)
        setattr(reason, name, facts[name])
    reason.save()
    return changed


@transaction.atomic
def change_text(
    office: Office, *, by: Officer, kind: str, subject: str, body: str
) -> bool:
    """Send this wording from now on; False if it is sent already.

    The journal names the versions; the words of each stay in their rows.
    """
    return _replace(office, by, kind, texts.Text(subject, body))


@transaction.atomic
def reset_text(office: Office, *, by: Officer, kind: str) -> bool:
    """Send the portal's own wording again, and what it will become."""
    return _replace(office, by, kind, None)


def _replace(office, by, kind, wanted) -> bool:
    office.lock()
    old = texts.text_of(office, kind)
    says = wanted or texts.portal_text(kind)
    is_same = (old.subject, old.body) == (says.subject, says.body)
    if is_same and (wanted or not old.version):
        return False
    texts.new_version(
        office,
        kind,
        subject=wanted.subject if wanted else "",
        body=wanted.body if wanted else "",
        by=by.user,
    )
    new = texts.text_of(office, kind)
    note(by, "text", kind, old=str(old.version), new=str(new.version))
    return True
