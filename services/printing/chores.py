"""What a worker finds due in the print room: runs to make into one file, tidying up."""

import io
import logging
from datetime import date, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import pypdfium2
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ak1portal.disk import DiskRefused, is_refusal
from ak1portal.refusals import Refused
from ak1portal.sealed import Unreadable, default_storage
from ak1portal.sealed import in_words as sentence
from ak1portal.sweeping import sweep
from services.cardpress import pdf
from services.issuance.drawing import draw
from services.issuance.models import Card
from services.issuance.rules_cards import bars_use
from services.office.models import Layout
from services.printing.actions import leave_out, ready
from services.printing.lists import in_words
from services.printing.models import Flip, Print, PrintRun, Reprint, Stock

log = logging.getLogger(__name__)


@transaction.atomic
def assemble_run() -> bool:
    """Make the file of the run that has waited longest; False when none waits.

    A card that was withdrawn meanwhile, or cannot be drawn, is left out with the
    reason and does not hold up the others.
    """
    now = timezone.now()
    waiting = PrintRun.objects.to_assemble(now).select_related("office")
    run = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if run is None:
        return False
    if _still_being_drawn(run):
        run.try_at = now + timedelta(seconds=1)
        run.save(update_fields=["try_at"])
        return False
    try:
        with transaction.atomic(), override("id"):
            _assemble(run)
    except DatabaseError:
        raise
    except Exception as error:
        run.refresh_from_db()
        run.try_at = now + timedelta(seconds=15 * 2 ** (run.attempts + 1))
        if not is_refusal(error):  # no fault of the run: never given up for it
            run.attempts += 1
        is_disk = isinstance(error, DiskRefused)
        run.problem = sentence(error) if is_disk else type(error).__name__  # type: ignore[arg-type]
        run.save(update_fields=["attempts", "try_at", "problem"])
        log.warning("print run not made: %s", type(error).__name__)
    return True


def _still_being_drawn(run: PrintRun) -> bool:
    """Whether a first copy waits for a worker that has not given it up."""
    return run.prints.filter(
        outcome="",
        card__finished_at=None,
        card__voided_at=None,
        card__finish_attempts__lt=Card.MAX_ATTEMPTS,
    ).exists()


def _assemble(run: PrintRun) -> None:
    pages = _pages(run)
    first = next(pages, None)
    if first is None:
        ready(run, file="")
        return
    set_up = run.set_up
    out = io.BytesIO()
    pdf.assemble(
        chain([first], pages),
        out,
        title=_("AK-1 print run %(day)s") % {"day": _day(run).isoformat()},
        shifts=set_up.get("shifts", ((0, 0), (0, 0))),
        ground=set_up.get("stock") != Stock.YELLOW,
        turn_back=set_up.get("flip") == Flip.LONG,
    )
    ready(run, file=default_storage.keep("runs", out.getvalue(), "pdf"))


def _day(run: PrintRun) -> date:
    return timezone.localdate(run.at, timezone=ZoneInfo(run.office.time_zone))


def _pages(run: PrintRun):
    """The finished pages of one card after the other; broken ones are left out."""
    for entry in run.prints.filter(outcome="").select_related("card__office"):
        try:
            page = _page(entry)
            entry.sheets = _sheets(entry.card, page)
            entry.save(update_fields=["sheets", "page_file"])
        except Refused as error:
            leave_out(entry, reason=str(error)[:200])
        except Unreadable as error:
            # Its own words name files and keys.
            leave_out(entry, reason=sentence(error))
        except pypdfium2.PdfiumError:
            leave_out(entry, reason=_("A file of the card is damaged."))
        else:
            yield page


def _page(entry: Print) -> bytes:
    card = entry.card
    if reason := bars_use(card):
        raise Refused(reason)
    if not card.is_finished:
        raise Refused(in_words(card.finish_problem))
    if entry.copy == 1:
        return card.read_page()
    page = draw(card, copy=entry.copy)
    entry.page_file = default_storage.keep("copies", page, "pdf")
    return page


def _sheets(card: Card, page: bytes) -> int:
    """The folded card is printed on both sides of its sheets, the form on one."""
    pages = len(pypdfium2.PdfDocument(page))
    return pages // 2 if card.printed["layout"] == Layout.A else pages


def sweep_print_files() -> None:
    """Files of runs and copies whose rows were rolled back, or whose run is closed."""
    sweep("runs", PrintRun.objects.open(), "file")
    sweep("copies", Print.objects.all(), "page_file")
    sweep("letters", Reprint.objects.all(), "letter_file")


ALWAYS = [assemble_run]
HOURLY = [sweep_print_files]
PROMPT = {}
