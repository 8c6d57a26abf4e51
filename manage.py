#!/usr/bin/env python
"""The commands of the portal; `manage.py demo` is the one to start with."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main():
    if sys.argv[1:2] == ["demo"]:
        # The demo is a development server by definition: embedded database, mail
        # in a folder. Everything else asks for its settings (see .env.example).
        os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ak1portal.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The portal does not start: {error}")


if __name__ == "__main__":
    main()
