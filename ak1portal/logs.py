"""What a log line may not say: a card's code, which holds a name, or a row."""

import logging
import re

# Base32 of a signed record, in an address or anywhere else.
CODE = re.compile(r"[2-7A-Za-z]{60,}")
# What PostgreSQL adds to a mistake: the row, the statement, the place in it.
ROW = re.compile(
    r"\n(?:DETAIL|HINT|CONTEXT|QUERY|LINE \d+):.*?"
    r"(?=\n\n(?:The above exception|During handling)|\Z)",
    re.DOTALL,
)


class WithoutCodes(logging.Filter):
    """Every line without the codes in it; nothing is held back."""

    def filter(self, record):
        said = record.getMessage()
        if CODE.search(said):
            record.msg, record.args = CODE.sub("…", said), None
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
    "filters": {"without_codes": {"()": "ak1portal.logs.WithoutCodes"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_codes"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
