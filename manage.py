#!/usr/bin/env python
"""The commands of the portal; `manage.py demo` is the one to start with."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from ak1portal.demo import mark

OWN_FOLDER = Path(__file__).resolve().parent / "var"


def main():
    choose_settings()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ak1portal.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The portal does not start: {error}")


def choose_settings():
    """Those of the demo, where a command cannot mean anything else.

    The demo is a development server by definition: embedded database, mail in a folder.
    Everything else asks for its settings (see .env.example).
    """
    folder = Path(os.environ.get("VAR_DIR", OWN_FOLDER))
    if sys.argv[1:2] == ["demo"]:
        if not mark.production_variables(os.environ):
            os.environ.setdefault("DEBUG", "1")
    elif mark.is_for_the_demo(os.environ, folder):
        os.environ["DEBUG"] = "1"
        print(f"For the demo in {folder}, with its settings.", file=sys.stderr)


if __name__ == "__main__":
    main()
