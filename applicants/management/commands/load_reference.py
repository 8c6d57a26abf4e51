"""Load the official regions; run again whenever the list changes."""

from django.core.management.base import BaseCommand
from django.db import connection

from applicants import regions


class Command(BaseCommand):
    help = "Bring the regions in the database up to the shipped list. Safe to repeat."

    def handle(self, **options):
        written = regions.load(connection)
        self.stdout.write(
            self.style.SUCCESS(f"{written} region(s) written, the others were current.")
        )
