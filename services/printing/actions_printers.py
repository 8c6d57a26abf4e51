"""What is done with the printers of an office: set up, changed, put straight."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from ak1portal.refusals import Refused, refuse_if
from services.office.journal import in_words, note
from services.office.models import Officer
from services.printing import rules
from services.printing.models import Printer

OFFSETS = ("front_x", "front_y", "back_x", "back_y")


@transaction.atomic
def add_printer(*, officer: Officer, **facts) -> Printer:
    printer = Printer.objects.create(office=officer.office, **facts)
    note(officer, "printer_added", printer.name)
    return printer


@transaction.atomic
def change_printer(printer: Printer, *, officer: Officer, **facts) -> None:
    """Runs that were made before keep the printer as it was then."""
    printer.lock()
    changed = [name for name in facts if facts[name] != getattr(printer, name)]
    old = in_words(printer, changed)
    for name in changed:
        setattr(printer, name, facts[name])
    printer.save()
    if changed:
        new = in_words(printer, changed)
        note(officer, "printer_changed", printer.name, old=old, new=new)


@transaction.atomic
def calibrate(
    printer: Printer,
    *,
    officer: Officer,
    measured: tuple[int, int, int, int],
    printed_with: tuple[int, int, int, int],
) -> None:
    """Take what a sheet missed by from the offsets it was printed with.

    All in tenths of a millimetre, in the order of Printer.offsets. The same sheet
    typed in twice is put right once.
    """
    printer.lock()
    new = tuple(a - b for a, b in zip(printed_with, measured, strict=True))
    if printer.offsets == new:
        return
    if printer.offsets != tuple(printed_with):
        raise Refused(
            _("The offsets were changed since this sheet was printed. Print it again.")
        )
    for tenths in new:
        refuse_if(rules.bars_offset(tenths))
    for name, tenths in zip(OFFSETS, new, strict=True):
        setattr(printer, name, tenths)
    printer.save(update_fields=OFFSETS)
    note(
        officer,
        "printer_calibrated",
        printer.name,
        old=in_millimetres(printed_with),
        new=in_millimetres(new),
    )


def in_millimetres(offsets: Sequence[int]) -> str:
    """+1.3 / -0.7 | 0.0 / +0.2: right and down, on the front and on the back."""
    front_x, front_y, back_x, back_y = (f"{tenths / 10:+.1f}" for tenths in offsets)
    return f"{front_x} / {front_y} | {back_x} / {back_y} mm"
