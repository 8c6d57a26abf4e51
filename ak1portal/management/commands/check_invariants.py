"""What must be true after everything, whatever happened in between."""

import hashlib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import Count, F, Max, Min, Q, Window
from django.db.models.functions import Lag

from ak1portal import database, installation
from ak1portal.disk import DiskRefused
from ak1portal.sealed import MissingFile, Unreadable, WrongKey
from applicants.models import DocumentPage
from services.hall.models import Ticket
from services.issuance import register
from services.issuance.models import Application, Card, RegisterEvent
from services.issuance.workflow import Status
from services.printing import needs
from services.printing.models import Print
from services.signing import record


class Command(BaseCommand):
    help = "Ask the questions an auditor asks; exit 1 and name what is not so."

    def handle(self, **options):
        try:
            with database.patient(connection, settings.DIRECT_DATABASE_URL):
                # With another key what is sealed says nothing, elsewhere are all files.
                found = installation.problems() or [*everything()]
        except DiskRefused as error:
            raise CommandError(f"The files cannot be read now: {error}.") from None
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"{len(found)} thing(s) are not as they must be.")
        self.stdout.write(self.style.SUCCESS("Everything is as it must be."))


def everything():
    for question in (numbers, cards, codes, prints, needed, lines, tickets, files):
        yield from question()


def numbers():
    """Serials run 1, 2, 3 … without a gap, for every office and year.

    A corrected card has the serial of the one it replaced.
    """
    series = Card.objects.values("office__region_code", "year").annotate(
        first=Min("serial"),
        last=Max("serial"),
        count=Count("serial", distinct=True),
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


def codes():
    """The code of every authorised card is signed, and says what the card says."""
    for card in Card.objects.exclude(code=None).select_related("office"):
        try:
            said = record.read(card.code)
        except record.NotARecordError:
            yield f"The code of card {card.number} is not signed by our keys."
            continue
        if (said.number, said.revision, said.expires_on) != (
            record.folded(card.number),
            card.revision,
            card.expires_on,
        ):
            yield f"The code of card {card.number} says something else."


def prints():
    """Every printed card was authorised; copies run 1, 2, 3 … without a gap."""
    good = Print.objects.filter(outcome="good")
    for entry in good.filter(card__authorised_at=None).select_related("card"):
        yield f"Printed without an authorisation: {entry.card.number}"
    copies = good.values("card__number", "card__revision").annotate(
        last=Max("copy"), count=Count("pk")
    )
    for row in copies:
        if row["last"] != row["count"]:
            yield f"Copies of card {row['card__number']} have a gap."
    of_the_run = Q(office=F("run__office"), at=F("run__at"))
    for entry in Print.objects.exclude(of_the_run).select_related("card"):
        yield f"The register has a print of {entry.card.number} of another run."


def needed():
    """What is kept with a card as still to be done is what its prints say."""
    for card in needs.wrong().order_by("number", "revision").iterator():
        yield f"Card {card.number} does not stand in the lists where it should."


def lines():
    """A registration opens and closes by turns, and nobody has two that are open."""
    of_a_number = ["card__office_id", "card__year", "card__serial"]
    events = (
        RegisterEvent.objects.exclude(card=None)
        .filter(kind__in=register.OPENS + register.CLOSES)
        .annotate(opens=Q(kind__in=register.OPENS))
    )
    before = Window(Lag("opens"), partition_by=of_a_number, order_by="pk")
    wrong = Q(before=F("opens")) | Q(before=None, opens=False)
    for event in events.annotate(before=before).filter(wrong).select_related("card"):
        yield f"The register opens or closes {event.card.number} twice."
    last = events.order_by(*of_a_number, "-pk").distinct(*of_a_number)
    people = (
        RegisterEvent.objects.filter(pk__in=last.values("pk"))
        .filter(kind__in=register.OPENS)
        .order_by()
        .values("card__application__applicant")
        .annotate(count=Count("pk"), number=Max("card__number"))
    )
    for row in people.filter(count__gt=1):
        yield f"Whoever has card {row['number']} is in the register twice."


def tickets():
    """Numbers in the hall run 1, 2, 3 … for every office, day and series."""
    series = Ticket.objects.values("office__region_code", "day", "series").annotate(
        last=Max("number"), count=Count("pk")
    )
    for row in series.order_by("office__region_code", "day", "series"):
        if row["last"] != row["count"]:
            yield (
                f"Queue numbers {row['series']} of {row['office__region_code']} on"
                f" {row['day']} have a gap."
            )


def files():
    """Every picture opens, and is the one that was saved."""
    for page in DocumentPage.objects.iterator():
        try:
            if hashlib.sha256(page.read()).digest() != bytes(page.sha256):
                yield f"Changed on disk: {page.file}"
        except Unreadable as error:
            yield f"{_kind(error)}: {page.file}"
    for card in Card.objects.iterator():
        try:
            card.read_photo()
            card.printed  # noqa: B018  opening it is the question
            if card.finished_at and not _is_named(card.page_file, card.read_page()):
                yield f"Changed on disk: {card.page_file}"
            if card.signed_file and not _is_named(
                card.signed_file, card.read_document()
            ):
                yield f"Changed on disk: {card.signed_file}"
        except Unreadable as error:
            yield f"{_kind(error)}: card {card.number}"


def _kind(error: Unreadable) -> str:
    if isinstance(error, MissingFile):
        return "Missing"
    if isinstance(error, WrongKey):
        return "Sealed with a key that is not here"
    return "Damaged"


def _is_named(name: str, content: bytes) -> bool:
    """Whether a file is named by the hash of what is in it."""
    return hashlib.sha256(content).hexdigest() in name
