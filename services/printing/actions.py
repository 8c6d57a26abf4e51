"""What is done with cards and print runs. Printers and blanks have their own acts.

A run's file is made once and kept until every sheet is confirmed. Fetched again, it is
the same bytes; a card withdrawn meanwhile can then only be confirmed as spoiled.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from ak1portal.refusals import Refused, refuse_if
from ak1portal.sealed import default_storage
from services.issuance.models import Card
from services.issuance.rules_cards import bars_use
from services.office.journal import note
from services.office.models import Office, Officer
from services.printing import rules
from services.printing.lists import newest_good_print
from services.printing.models import (
    Movement,
    Outcome,
    Print,
    Printer,
    PrintRun,
    Reprint,
    ReprintReason,
    StockEntry,
)
from services.printing.needs import settle


@transaction.atomic
def print_cards(
    cards: Sequence[Card],
    *,
    officer: Officer,
    key: UUID,
    printer: Printer | None = None,
) -> PrintRun:
    """Freeze which cards are printed together; the same key is the same run.

    A worker makes the file from here (chores.assemble_run).
    """
    if run := PrintRun.objects.filter(key=key).first():
        return _same_run(run, cards, officer)
    refuse_if(rules.bars_run(len(cards)))
    try:
        with transaction.atomic():
            run = PrintRun.objects.create(
                office=officer.office,
                by=officer.user,
                key=key,
                printer=printer,
                set_up=_set_up(printer),
            )
    except IntegrityError:
        return _same_run(PrintRun.objects.get(key=key), cards, officer)
    _enter(run, _locked_and_printable(cards, officer.office))
    return run


def _locked_and_printable(cards: Sequence[Card], office: Office) -> list[Card]:
    """The cards as they are now, held until the end; in one order for all printers.

    Refuses all of them when one may not be printed.
    """
    chosen = Card.objects.filter(pk__in=[card.pk for card in cards]).order_by("pk")
    held = list(chosen.select_for_update(of=("self",)))
    for reason in rules.unprintable(held, office).values():
        refuse_if(reason)
    return sorted(held, key=lambda card: (card.year, card.serial))


def _set_up(printer: Printer | None) -> dict:
    """The printer as it is now: the run is not changed by what is set later."""
    if printer is None:
        return {}
    return {
        "name": printer.name,
        "paper": printer.paper,
        "stock": printer.stock,
        "tray_note": printer.tray_note,
        "flip": printer.flip,
        "shifts": printer.shifts,
    }


def _enter(run: PrintRun, cards: Sequence[Card]) -> None:
    """One line of the register for each card; it answers the open reprint, if any."""
    good = Print.objects.filter(card__in=cards, outcome=Outcome.GOOD).order_by()
    copies = dict(good.values_list("card").annotate(count=Count("pk")))
    prints = Print.objects.bulk_create(
        Print(
            run=run,
            office_id=run.office_id,
            at=run.at,
            card=card,
            position=position,
            copy=copies.get(card.pk, 0) + 1,
        )
        for position, card in enumerate(cards)
    )
    of = {entry.card_id: entry for entry in prints}
    for reprint in Reprint.objects.filter(card__in=cards, answered_by=None):
        reprint.answered_by = of[reprint.card_id]
        reprint.save(update_fields=["answered_by"])
    settle(card.pk for card in cards)


def _same_run(run: PrintRun, cards: Sequence[Card], officer: Officer) -> PrintRun:
    """The run of this key, when it is about these cards and no others."""
    printed = set(run.prints.values_list("card_id", flat=True))
    if run.by_id != officer.user_id or printed != {card.pk for card in cards}:
        raise Refused(_("This page is out of date. Open it again."))
    return run


@transaction.atomic
def confirm(
    run: PrintRun, *, officer: Officer, spoiled: Mapping[int, str], good: set[int]
) -> None:
    """Say of prints (by their pk) how they came out; spoiled ones with the reason.

    A spoiled card goes back to the cards to print. The paper of a card that was
    withdrawn meanwhile is never good. When nothing of the run is open, it is closed
    and its file goes.
    """
    run.lock()
    refuse_if(rules.bars_confirming(run))
    waiting = run.prints.filter(outcome="").select_related("card")
    for entry in waiting.select_for_update(of=("self",)):
        if entry.pk in spoiled:
            _judge(run, entry, officer, Outcome.SPOILED, spoiled[entry.pk])
        elif entry.pk in good:
            refuse_if(bars_use(entry.card))
            _judge(run, entry, officer, Outcome.GOOD, "")
    settle(run.prints.filter(pk__in={*spoiled, *good}).values_list("card", flat=True))
    _close_if_done(run)
    run.save()


def _judge(run: PrintRun, entry: Print, officer: Officer, outcome, reason: str) -> None:
    entry.outcome, entry.outcome_reason = outcome, reason
    entry.confirmed_at, entry.confirmed_by = timezone.now(), officer.user
    entry.save()
    if outcome == Outcome.SPOILED:
        _ask_again(entry)
    if run.uses_blanks:
        StockEntry.objects.create(
            office=run.office,
            movement=Movement.USED if outcome == Outcome.GOOD else Movement.SPOILED,
            sheets=-entry.sheets,
            print=entry,
            note=reason,
            by=officer.user,
        )


def _ask_again(entry: Print) -> None:
    """What this print should have answered is open again."""
    Reprint.objects.filter(answered_by=entry).update(answered_by=None)


def leave_out(entry: Print, *, reason: str) -> None:
    """A print of a run that its caller has locked cannot be made; the others go on.

    Its caller settles what the card needs from here.
    """
    entry.outcome, entry.outcome_reason = Outcome.LEFT_OUT, reason
    entry.confirmed_at = timezone.now()
    entry.save()
    _ask_again(entry)


def ready(run: PrintRun, *, file: str) -> None:
    """The file of a run that its caller has locked is made."""
    run.file, run.ready_at, run.problem = file, timezone.now(), ""
    left_out = run.prints.filter(outcome=Outcome.LEFT_OUT)
    settle(left_out.values_list("card", flat=True))
    _close_if_done(run)
    run.save()


def _close_if_done(run: PrintRun) -> None:
    """When nothing of the run is open any more. The caller saves the run."""
    if run.prints.filter(outcome="").exists():
        return
    run.closed_at = timezone.now()
    if file := run.file:
        default_storage.delete_after_commit(file)


@transaction.atomic
def cancel(run: PrintRun, *, officer: Officer) -> None:
    """Give up a run that has no file yet; its cards go back to the cards to print."""
    run.lock()
    refuse_if(rules.bars_cancelling(run))
    for entry in run.prints.filter(outcome="").select_for_update():
        leave_out(entry, reason=_("The print run was given up."))
    settle(run.prints.values_list("card", flat=True))
    run.closed_at = timezone.now()
    run.save()
    note(officer, "print_run_cancelled", run.token)


@transaction.atomic
def try_run_again(run: PrintRun, *, officer: Officer) -> None:
    """Let the workers try a run again that they had given up."""
    run.lock()
    refuse_if(rules.bars_cancelling(run))
    run.attempts, run.try_at = 0, timezone.now()
    run.save(update_fields=["attempts", "try_at"])


@transaction.atomic
def ask_reprint(
    card: Card,
    *,
    officer: Officer,
    reason: str,
    old_card_returned: bool,
    police_letter: str = "",
    letter: bytes | None = None,
    note: str = "",
) -> Reprint:
    """Allow one more copy: lost with the police letter, otherwise for the old card."""
    card.lock()
    asked = card.reprints.filter(answered_by=None, by=officer.user, reason=reason)
    if same := asked.first():
        return same  # the second click of the same hand
    refuse_if(rules.bars_reprint(card))
    file = default_storage.keep("letters", letter, "jpg") if letter else ""
    reprint = Reprint.objects.create(
        card=card,
        reason=reason,
        police_letter=police_letter if reason == ReprintReason.LOST else "",
        letter_file=file,
        old_card_returned=old_card_returned,
        note=note,
        by=officer.user,
    )
    settle([card.pk])
    return reprint


@transaction.atomic
def hand_over(card: Card, *, officer: Officer, to: str, identity_seen: str) -> None:
    """The newest good print is in the hands of `to`, who showed `identity_seen`."""
    card.lock()
    entry = newest_good_print(card)
    refuse_if(rules.bars_handing_over(entry, card))
    entry.handed_over_at = timezone.now()
    entry.handed_over_by = officer.user
    entry.handed_over_to = to
    entry.identity_seen = identity_seen
    entry.save()
    settle([card.pk])
