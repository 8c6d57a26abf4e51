"""Tables to take along: what comes out of a spreadsheet is what went in."""

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from ak1portal import tables
from ak1portal.refusals import Refused
from ak1portal.tables import harmless, table_response

# A response that is closed looks after the connection.
pytestmark = pytest.mark.django_db

HEAD = ["Nomor", "Nama"]
# What a spreadsheet spoils when it may guess: numbers, dates, formulas, zeros, errors.
TEXTS = [
    "33010000012711260001",
    "0007-2026",
    "007",
    "1E10",
    "=1+1",
    "+62812",
    "-",
    "@a",
    "'a",
    "TRUE",
    "#REF!",
    ' Siti ; "Aminah"\n2',
]


def bytes_of(response) -> bytes:
    content = b"".join(response.streaming_content)
    response.close()
    return content


def sheet_of(response):
    return openpyxl.load_workbook(io.BytesIO(bytes_of(response))).active


@pytest.mark.parametrize("text", TEXTS)
def test_text_stays_text_in_a_workbook(text):
    sheet = sheet_of(table_response("xlsx", "x", HEAD, [[text, "a"]]))

    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet[2]] == [
        (text, "s", "@"),
        ("a", "s", "@"),
    ]


def test_numbers_and_days_are_themselves_and_the_head_stands():
    at = datetime(2026, 11, 27, 23, 30, tzinfo=ZoneInfo("Asia/Jayapura"))
    rows = [[7, date(2026, 1, 31), at, None]]
    sheet = sheet_of(table_response("xlsx", "x", ["a", "b", "c", "d"], rows))

    assert [cell.value for cell in sheet[1]] == ["a", "b", "c", "d"]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[2]] == [
        *(7, datetime(2026, 1, 31), datetime(2026, 11, 27, 23, 30), None)
    ]
    assert [cell.is_date for cell in sheet[2]] == [False, True, True, False]


def test_a_letter_that_no_workbook_can_hold_is_left_out():
    sheet = sheet_of(table_response("xlsx", "x", HEAD, [["a\x0bb", ""]]))

    assert sheet["A2"].value == "ab"


def test_a_workbook_has_an_end_and_says_so(monkeypatch):
    monkeypatch.setattr(tables, "MOST_LINES", 2)

    assert sheet_of(table_response("xlsx", "x", HEAD, [["a", "b"]] * 2)).max_row == 3
    with pytest.raises(Refused, match="CSV"):
        table_response("xlsx", "x", HEAD, [["a", "b"]] * 3)
    rows = bytes_of(table_response("csv", "x", HEAD, [["a", "b"]] * 3))
    assert rows.count(b"a;b") == 3


@pytest.mark.parametrize("text", ["=1+1", "+62", "-x", "@a", "\tx", "\rx"])
def test_no_text_of_a_csv_is_a_formula(text):
    assert harmless(text) == f"'{text}"


def test_csv_is_for_a_spreadsheet_of_this_country():
    rows = [[7, date(2026, 1, 31), datetime(2026, 1, 31, 8, 5), None, "Siti;Aminah"]]
    response = table_response("nonsense", "x", ["a"], rows)
    text = bytes_of(response).decode()

    assert text.startswith("\ufeffa\r\n")
    assert list(csv.reader(text.splitlines()[1:], delimiter=";")) == [
        ["7", "2026-01-31", "2026-01-31 08:05", "", "Siti;Aminah"]
    ]


@pytest.mark.parametrize("form", tables.FORMS)
def test_nobody_on_the_way_keeps_a_table(form):
    response = table_response(form, "daftar", HEAD, [])

    assert response["Content-Disposition"] == f'attachment; filename="daftar.{form}"'
    assert response["Cache-Control"] == "private, no-store"
    response.close()
