import pytest

from ak1portal.refusals import Refused
from services.printing import actions_printers as actions
from tests import factories

pytestmark = pytest.mark.django_db


def calibrate(printer, measured, *, printed_with=None, by=None):
    actions.calibrate(
        printer,
        officer=by or factories.supervisor(),
        measured=measured,
        printed_with=printed_with or printer.offsets,
    )


def test_what_was_missed_is_taken_from_the_offsets():
    printer = factories.printer(front_x=5)

    calibrate(printer, (13, -7, -4, 9))

    printer.refresh_from_db()
    assert printer.offsets == (-8, 7, 4, -9)


def test_one_sheet_typed_in_twice_is_put_right_once():
    printer = factories.printer()

    for _ in range(2):
        calibrate(printer, (13, -7, -4, 9), printed_with=(0, 0, 0, 0))

    printer.refresh_from_db()
    assert printer.offsets == (-13, 7, 4, -9)
    assert printer.office.journal.count() == 1


def test_a_sheet_that_was_printed_with_other_offsets_is_refused():
    printer = factories.printer(front_x=5)

    with pytest.raises(Refused, match="Cetak"):
        calibrate(printer, (1, 0, 0, 0), printed_with=(0, 0, 0, 0))

    printer.refresh_from_db()
    assert printer.offsets == (5, 0, 0, 0)


def test_more_than_ten_millimetres_are_refused():
    printer = factories.printer()

    with pytest.raises(Refused, match="10 mm"):
        calibrate(printer, (500, 0, 0, 0))

    printer.refresh_from_db()
    assert printer.offsets == (0, 0, 0, 0)


def test_the_journal_says_what_was_and_what_is():
    printer, head = factories.printer(name="Loket 2"), factories.supervisor()

    calibrate(printer, (13, 0, 0, -5), by=head)

    entry = printer.office.journal.get()
    assert (entry.act, entry.subject, entry.by) == (
        "printer_calibrated",
        "Loket 2",
        head.user,
    )
    assert entry.old == "+0.0 / +0.0 | +0.0 / +0.0 mm"
    assert entry.new == "-1.3 / +0.0 | +0.0 / +0.5 mm"


def test_a_change_writes_down_only_what_is_different():
    printer, head = factories.printer(name="Loket 2"), factories.supervisor()

    actions.change_printer(
        printer, officer=head, name="Loket 3", stock=printer.stock, front_x=0
    )
    actions.change_printer(printer, officer=head, name="Loket 3")

    entry = printer.office.journal.get()
    assert entry.act == "printer_changed"
    assert "Loket 2" in entry.old
    assert "Loket 3" in entry.new
    assert ";" not in entry.new


def test_adding_a_printer_is_written_down():
    head = factories.supervisor()

    printer = actions.add_printer(officer=head, name="Baru", paper="A4")

    assert printer.office == head.office
    assert head.office.journal.get().act == "printer_added"
