"""What the administrator sets for the hall, each change written down."""

from django.db import models, transaction

from ak1portal.tokens import new_token
from services.hall.models import Counter, HallRule
from services.office.journal import in_words, note
from services.office.models import Office, Officer


@transaction.atomic
def change_rule(office: Office, *, by: Officer, **facts) -> bool:
    """Save what differs, in one line of the journal; whether anything did."""
    rule = _rule(office)
    changed = _change(rule, by, "hall_rule", "", facts)
    return bool(changed)


@transaction.atomic
def renew_screen(office: Office, *, by: Officer) -> None:
    """A new link for the screen in the hall; the old one shows nothing any more."""
    rule = _rule(office)
    rule.screen_token = new_token()
    rule.save(update_fields=["screen_token"])
    note(by, "hall_screen", "")


@transaction.atomic
def add_counter(office: Office, *, by: Officer, **facts) -> Counter:
    counter = Counter.objects.create(office=office, **facts)
    note(by, "counter_added", counter.name)
    return counter


@transaction.atomic
def change_counter(counter: Counter, *, by: Officer, **facts) -> None:
    counter.lock()
    _change(counter, by, "counter_changed", counter.name, facts)


def _rule(office: Office) -> HallRule:
    """The row of this office, held until the transaction ends."""
    HallRule.objects.get_or_create(office=office)
    return HallRule.objects.select_for_update(of=("self",)).get(office=office)


def _change(row: models.Model, by: Officer, act: str, subject: str, facts) -> list[str]:
    """Write what differs to a row that its caller has locked, and note it down."""
    changed = [name for name in facts if facts[name] != getattr(row, name)]
    old = in_words(row, changed)
    for name in changed:
        setattr(row, name, facts[name])
    row.save()
    if changed:
        note(by, act, subject, old=old, new=in_words(row, changed))
    return changed
