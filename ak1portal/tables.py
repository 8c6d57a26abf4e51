"""A table to take along: rows in, an answer out, as CSV or as a workbook (XLSX).

A value is a text, a number, a date, a moment in the office's own zone, or None. In a
workbook text stays text, whatever it looks like: a spreadsheet takes a long number of a
card for a quantity and `0007-2026` for a date when it opens CSV.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from tempfile import NamedTemporaryFile

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from ak1portal.refusals import Refused

FORMS = ("csv", "xlsx")
# Half a minute of one worker, and more than anybody reads; CSV takes any number.
MOST_LINES = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT, DAY, MOMENT = "@", "DD-MM-YYYY", "DD-MM-YYYY HH:MM"

Value = str | int | date | datetime | None


def table_response(
    form: str, name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]
) -> HttpResponseBase:
    """The table as a download `name`.csv or `name`.xlsx; nobody on the way keeps it.

    `form` is one of FORMS, anything else is CSV. CSV is sent line by line. Raises
    Refused for a workbook of more than MOST_LINES rows.
    """
    response: HttpResponseBase
    if form == "xlsx":
        response = FileResponse(_workbook(head, rows), content_type=XLSX)
    else:
        form = "csv"
        response = StreamingHttpResponse(
            _csv_lines(head, rows), content_type="text/csv; charset=utf-8"
        )
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


def harmless(value: str) -> str:
    """A text that no spreadsheet takes for a formula when it opens CSV."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _csv_lines(head, rows) -> Iterator[str]:
    """Separated by semicolons, because the comma is the decimal sign in Indonesia, and
    with the mark by which a spreadsheet knows UTF-8."""
    write = csv.writer(_Echo(), delimiter=";").writerow
    yield "\ufeff" + write(head)
    for row in rows:
        yield write(map(_written, row))


def _written(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else str(value or "")


class _Echo:
    """What csv writes into: it hands the line back instead of keeping it."""

    def write(self, line):
        return line


def _workbook(head, rows):
    """An open temporary file, which goes when it is closed."""
    # A fifth of a second, which most requests need not wait for.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet()

    def cell(value):
        if isinstance(value, str):
            made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
            # Else a text that begins with "=" would be a formula.
            made.data_type, made.number_format = "s", TEXT
        elif isinstance(value, datetime):
            made = WriteOnlyCell(sheet, value.replace(tzinfo=None))
            made.number_format = MOMENT
        else:
            made = WriteOnlyCell(sheet, value)
            if isinstance(value, date):
                made.number_format = DAY
        return made

    for column, words in enumerate(head, 1):
        width = max(14, len(words) + 4)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    heading = [cell(words) for words in head]
    for each in heading:
        each.font = Font(bold=True)
    sheet.append(heading)
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115  FileResponse closes it
    try:
        for count, row in enumerate(rows, 1):
            if count > MOST_LINES:
                raise Refused(_too_many())
            sheet.append([cell(value) for value in row])
    except BaseException:
        # Only a workbook that was saved clears away what it wrote on the way.
        with file:
            book.save(file)
        raise
    book.save(file)
    file.seek(0)
    return file


def _too_many() -> str:
    return _(
        "An Excel file takes at most 100,000 lines. Choose fewer, for example one"
        " month, or take the CSV."
    )
