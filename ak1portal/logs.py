"""What a log line may not say: a card's code, which holds a name, or a row."""

import logging
import re
import threading
import time

# Base32 of a signed record, in an address or anywhere else.
CODE = re.compile(r"[2-7A-Za-z]{60,}")
# What PostgreSQL adds to a mistake: the row, the statement, the place in it.
ROW = re.compile(
    r"\n(?:DETAIL|HINT|CONTEXT|QUERY|LINE \d+):.*?"
    r"(?=\n\n(?:The above exception|During handling)|\Z)",
    re.DOTALL,
)


# Of so many different sentences at once, none is remembered.
MOST_SENTENCES = 1000


class WithoutCodes(logging.Filter):
    """Every line without the codes in it; nothing is held back."""

    def filter(self, record):
        said = record.getMessage()
        if CODE.search(said):
            record.msg, record.args = CODE.sub("…", said), None
        return True


class NotAgain(logging.Filter):
    """The same trouble once a minute, with how often it was: an outage fills no disk.

    A page that says “not available” has its own line; that of Django adds nothing.
    """

    SECONDS = 60

    def __init__(self, now=time.monotonic):
        super().__init__()
        self._now, self._lock, self._said = now, threading.Lock(), {}

    def filter(self, record):
        if getattr(record, "status_code", 0) == 503:
            return False
        if record.levelno < logging.WARNING:
            return True
        said, now = record.getMessage(), self._now()
        with self._lock:
            begun, more = self._said.get(said, (-self.SECONDS, 0))
            if now - begun < self.SECONDS:
                self._said[said] = begun, more + 1
                return False
            if len(self._said) >= MOST_SENTENCES:
                self._said.clear()
            self._said[said] = now, 0
        if more:
            record.msg, record.args = f"{said} ({more} more before)", None
        return True


class WithoutRows(logging.Formatter):
    """Every traceback without what PostgreSQL says of the row, and without codes."""

    def formatException(self, exc_info):  # noqa: N802  the name is logging's
        return CODE.sub("…", ROW.sub("\n…", super().formatException(exc_info)))


# Where every line goes, of the portal and of gunicorn: to systemd, through both.
TO_CONSOLE = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "ak1portal.logs.WithoutRows",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {
        "without_codes": {"()": "ak1portal.logs.WithoutCodes"},
        "not_again": {"()": "ak1portal.logs.NotAgain"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_codes", "not_again"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
