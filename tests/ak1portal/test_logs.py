import logging

import pytest

from ak1portal.logs import WithoutCodes

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
