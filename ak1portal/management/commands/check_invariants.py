"""What must be true after everything, whatever happened in between."""

import hashlib

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Max, Min

from ak1portal.sealed import Unreadable
from applicants.models import DocumentPage
from services.issuance.models import Application, Card
from services.issuance.workflow import Status


class Command(BaseCommand):
    help = "Ask the questions an auditor asks; exit 1 and name what is not so."

    def handle(self, **options):
        found = [*numbers(), *cards(), *files()]
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"{len(found)} thing(s) are not as they must be.")
        self.stdout.write(self.style.SUCCESS("Everything is as it must be."))


def numbers():
    """Serials run 1, 2, 3 … without a gap, for every office and year."""
    series = Card.objects.values("office__region_code", "year").annotate(
        first=Min("serial"), last=Max("serial"), count=Count("serial")
    )
    for row in series:
        if (row["first"], row["last"]) != (1, row["count"]):
            yield f"Numbers of {row['office__region_code']}/{row['year']} have a gap."


def cards():
    """A card for every approved application and for no other; a history for both."""
    for application in Application.objects.filter(status=Status.APPROVED, card=None):
        yield f"Approved without a card: {application.receipt}"
    for card in Card.objects.exclude(application__status=Status.APPROVED):
        yield f"Card {card.number} without an approval."
    for application in Application.objects.exclude(status=Status.DRAFT):
        last = application.steps.last()
        if last is None or last.to_status != application.status:
            yield f"The history of {application.receipt} does not end where it is."


def files():
    """Every picture opens, and is the one that was saved."""
    for page in DocumentPage.objects.iterator():
        try:
            if hashlib.sha256(page.read()).digest() != bytes(page.sha256):
                yield f"Changed on disk: {page.file}"
        except Unreadable:
            yield f"Unreadable: {page.file}"
    for card in Card.objects.iterator():
        try:
            card.read_photo()
            card.printed  # noqa: B018  opening it is the question
        except Unreadable:
            yield f"Unreadable: card {card.number}"
