"""Collect the msgids of the house into its one catalogue, and compile it.

    DEBUG=1 uv run manage.py makemessages

Django's own command with the house's choices made, so that two people get the same
file: sorted, one line a message, no places in the code, no dates. A new msgid comes
in empty rather than guessed from its neighbour. English needs no catalogue: the
msgids are the English. GNU gettext must be installed.
"""

import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import makemessages
from django.core.management.utils import popen_wrapper

LANGUAGE = "id"
CHOICES = {
    "locale": [LANGUAGE],
    "no_location": True,
    "no_obsolete": True,
    "no_wrap": True,
}
# Nothing in there is read on a page.
ELSEWHERE = ("locale", "static", "tests", "var")
DATES = re.compile(r'^"(?:POT-Creation|PO-Revision)-Date: .*\n', re.MULTILINE)


class Command(makemessages.Command):
    help = "Bring the Indonesian catalogue up to date with the code, and compile it."
    msgmerge_options = [
        "--quiet",
        "--backup=none",
        "--update",
        "--sort-output",
        "--no-fuzzy-matching",
    ]

    def handle(self, *args, **options):
        ignored = [*options["ignore_patterns"], *ELSEWHERE]
        super().handle(*args, **{**options, **CHOICES, "ignore_patterns": ignored})
        folder = Path(settings.LOCALE_PATHS[0]) / LANGUAGE / "LC_MESSAGES"
        catalogue = folder / "django.po"
        catalogue.write_text(DATES.sub("", catalogue.read_text("utf-8")), "utf-8")
        command = ["msgfmt", "--check-format", "-o", folder / "django.mo", catalogue]
        _output, errors, status = popen_wrapper([str(part) for part in command])
        if status:
            raise CommandError(errors)
