"""What a day brings by itself: reminders, cards that lapse, cards that end.

A worker asks for these as often as it likes (chores): each answers whether it did
something, and does it once.
"""

from django.db import transaction

from services.issuance.actions import today_at
from services.issuance.models import Card, EventKind, Inactive, RegisterEvent
from services.issuance.terms import ends_on
from services.office.models import Office
from services.registry import ledger, lists, notices, rules, terms
from services.registry.actions import close
from services.registry.models import Reminder


@transaction.atomic
def remind(ordinal: int, card: Card) -> bool:
    """Tell the holder that this report is due: once, and never of one that was made."""
    card.lock()
    today = today_at(card.office)
    slot = lists.table(card, today)[ordinal - 1].slot
    if rules.bars_report(card, today, ordinal) or not terms.is_time_to_remind(
        slot.due_on, card.office.remind_days, today
    ):
        return False
    told = _tell_once(card, ordinal, Reminder.Kind.DUE, today)
    if told:
        notices.report_due(card, slot)
    return told


@transaction.atomic
def warn(ordinal: int, card: Card) -> bool:
    """Tell the holder on which day the card will lapse."""
    card.lock()
    today, office = today_at(card.office), card.office
    slot = lists.missed_slot(card, today)
    if rules.bars_life(card, today) or office.lapse_days is None or slot is None:
        return False
    if slot.ordinal != ordinal or today < terms.warn_on(slot.due_on, office.lapse_days):
        return False
    told = _tell_once(card, ordinal, Reminder.Kind.LAPSE, today)
    if told:
        lapses_on = terms.lapses_on(slot.due_on, office.lapse_days, today)
        notices.lapse_warning(card, slot, lapses_on=lapses_on)
    return told


def _tell_once(card: Card, ordinal: int, kind: Reminder.Kind, today) -> bool:
    told = lists.reminders_of(card).filter(ordinal=ordinal, kind=kind).exists()
    if not told:
        Reminder.objects.create(card=card, ordinal=ordinal, kind=kind, day=today)
    return not told


@transaction.atomic
def lapse(card: Card) -> bool:
    """The holder was told and has not reported: the card rests."""
    card.lock()
    today = today_at(card.office)
    slot = lists.missed_slot(card, today)
    if rules.bars_life(card, today) or slot is None:
        return False
    lapses_on = lists.lapses_on(card, slot)
    if lapses_on is None or today < lapses_on:
        return False
    close(card, Inactive.LAPSED, by=None)
    notices.lapsed(card, slot)
    return True


@transaction.atomic
def end(card: Card) -> bool:
    """The last day of the card is over: the register says so."""
    card.lock()
    today = today_at(card.office)
    if not lists.to_end(card.office, today).filter(pk=card.pk).exists():
        return False
    close(card, Inactive.EXPIRED, by=None)
    return True


@transaction.atomic
def end_old_balance(office: Office) -> int:
    """Two years after the office came here no card of before is valid any more.

    How many people of the old balance left the register with it.
    """
    office = Office.objects.select_for_update().get(pk=office.pk)
    entered = ledger.old_balance(office).first()
    if entered is None or today_at(office) <= ends_on(entered.day):
        return 0
    groups = ledger.left_of_old_balance(office)
    for group in groups:
        RegisterEvent.objects.create(
            office=office,
            kind=EventKind.REMOVED,
            why=Inactive.EXPIRED,
            day=today_at(office),
            **group,
        )
    return sum(group["people"] for group in groups)
