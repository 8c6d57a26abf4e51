import logging

import pytest
from django.db import IntegrityError, transaction

from ak1portal.logs import NotAgain, WithoutCodes, WithoutRows
from applicants.models import User

CODE = "AEAAE" * 30


@pytest.mark.parametrize(
    ("message", "arguments", "written"),
    [
        ("Not Found: %s", (f"/periksa/{CODE}/",), "Not Found: /periksa/…/"),
        (f"GET /periksa/lapor/?kode={CODE.lower()}", (), "GET /periksa/lapor/?kode=…"),
        ("letter sent: %d", (3,), "letter sent: 3"),
        ("/periksa/" + "0" * 26, (), "/periksa/" + "0" * 26),
    ],
)
def test_a_code_never_stands_in_a_line(message, arguments, written):
    line = logging.LogRecord("x", logging.INFO, "", 0, message, arguments, None)

    assert WithoutCodes().filter(line) is True
    assert line.getMessage() == written


def test_every_line_of_the_portal_passes_the_filter(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == [
        "without_codes",
        "not_again",
    ]
    assert {
        name: facts.get("handlers", [])
        for name, facts in settings.LOGGING["loggers"].items()
        if facts.get("handlers")
    } == {}


def line(words, level=logging.ERROR, **facts):
    record = logging.LogRecord("x", level, "", 0, words, (), None)
    record.__dict__.update(facts)
    return record


def written(filter_, *lines):
    return [one.getMessage() for one in lines if filter_.filter(one)]


def test_the_same_trouble_is_written_once_a_minute_with_how_often_it_was():
    clock = iter([*range(10), *range(60, 63), 120])
    quiet = NotAgain(lambda: next(clock))

    gone = [line("database unavailable: OperationalError") for _time in range(14)]

    assert written(quiet, *gone) == [
        "database unavailable: OperationalError",
        "database unavailable: OperationalError (9 more before)",
        "database unavailable: OperationalError (2 more before)",
    ]


def test_an_outage_of_two_minutes_is_a_handful_of_lines():
    """145,000 requests, each of which is answered with a 503."""
    tick = (at / 1208 for at in range(145_000))
    quiet = NotAgain(lambda: next(tick))

    lines = 0
    for number in range(145_000):
        lines += quiet.filter(line("database unavailable: OperationalError"))
        page = f"Service Unavailable: /permohonan/{number}/"
        lines += quiet.filter(line(page, status_code=503))

    assert lines <= 3


def test_other_troubles_and_what_is_none_are_all_written():
    quiet = NotAgain(lambda: 0.0)

    assert written(
        quiet,
        *[line("letter sent", logging.INFO)] * 3,
        line("a card failed"),
        line("a letter failed"),
        line("a letter failed"),
        line("Not Found: /x", status_code=404),
    ) == ["letter sent"] * 3 + ["a card failed", "a letter failed", "Not Found: /x"]


@pytest.mark.django_db
def test_a_traceback_says_nothing_of_the_row():
    address = f"{'sri'}.contoh@contoh.test"  # the traceback quotes this very source
    User.objects.create_user(address)

    with pytest.raises(IntegrityError) as met, transaction.atomic():
        User.objects.create_user(address)
    said = WithoutRows().formatException((met.type, met.value, met.tb))

    assert address in str(met.value)
    assert "duplicate key value" in said
    assert "The above exception was the direct cause" in said
    assert address not in said
