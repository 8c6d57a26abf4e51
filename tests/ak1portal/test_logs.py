import logging

import pytest
from django.db import IntegrityError, transaction

from ak1portal.logs import WithoutCodes, WithoutRows
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
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_codes"]
    assert {
        name: facts.get("handlers", [])
        for name, facts in settings.LOGGING["loggers"].items()
        if facts.get("handlers")
    } == {}


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
