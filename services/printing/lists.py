"""Which cards wait for what in the print room."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from services.issuance.models import Card
from services.office.models import Office, Officer
from services.printing.models import Outcome, Print, Printer, PrintRun

# Fewer yellow blanks than this are worth a word: office practice.
FEW_BLANKS = 50


def to_authorise(office: Office) -> QuerySet[Card]:
    return office.cards.to_authorise()


def to_print(office: Office) -> QuerySet[Card]:
    """In force, in no open run, and without a good print, or with an open reprint.

    Cards that the workers have given up stand among those to look at instead.
    """
    return office.cards.to_print()


def to_hand_over(office: Office) -> QuerySet[Card]:
    """In force, and nobody has collected its newest good print yet."""
    return office.cards.to_hand_over()


def to_withdraw(office: Office) -> QuerySet[Card]:
    """Somebody asked for it, and somebody else has to confirm."""
    return office.cards.to_withdraw()


def to_look_at(office: Office) -> QuerySet[Card]:
    """The workers have given them up."""
    return office.cards.stuck()


def all_cards(office: Office) -> QuerySet[Card]:
    return office.cards.all()


def newest_good_print(card: Card) -> Print | None:
    return card.prints.filter(outcome=Outcome.GOOD).order_by("-copy").first()


def certificate_has_ended(officer: Officer) -> bool:
    """Whether they sign by hand only because nobody registered the next one."""
    last = officer.certificates.filter(removed_at=None).first()
    return last is not None and last.has_ended(timezone.now())


def usual_printer(officer: Officer) -> Printer | None:
    """The one this officer printed with last, or the only one of the office."""
    in_use = officer.office.printers.filter(is_active=True)
    mine = PrintRun.objects.filter(by=officer.user, printer=OuterRef("pk"))
    last = Subquery(mine.order_by("-at").values("at")[:1])
    used = in_use.annotate(last=last).filter(last__isnull=False)
    if printer := used.order_by("-last").first():
        return printer
    several = list(in_use[:2])
    return several[0] if len(several) == 1 else None


def in_words(problem: str) -> str:
    """What stopped a worker: our own sentence, or the code name of a fault."""
    if " " in problem:
        return problem
    return _(
        "The portal met a fault of its own (%(problem)s). Try again; if it comes back,"
        " tell the administrator this word."
    ) % {"problem": problem or "?"}
