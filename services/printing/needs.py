"""What the print room still owes a card: a paper, and the hand it goes into.

The answer follows from prints and reprints, which are the whole past. So it is kept
with the card (`needs_print`, `needs_hand_over`) and written in the transaction of every
act that changes it: authorising owes the first paper, withdrawing and replacing owe
nothing more (services.issuance.actions_cards); all others call `settle`.

The newest good print decides whether a card waits for its holder: an older copy that
nobody fetched is not waited for any more.
"""

from collections.abc import Iterable

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from services.issuance.models import Card
from services.printing.models import Outcome, Print, Reprint

_prints = Print.objects.filter(card=OuterRef("pk")).order_by()
_good = _prints.filter(outcome=Outcome.GOOD)
_newer = Print.objects.filter(
    card=OuterRef("card"), outcome=Outcome.GOOD, copy__gt=OuterRef("copy")
)
_wanted = Reprint.objects.filter(card=OuterRef("pk"), answered_by=None)
_stands = Q(authorised_at__isnull=False, voided_at=None, replaced_at=None)

# In force, in no open run, and without a good print, or with an open reprint.
NEEDS_PRINT = ExpressionWrapper(
    _stands
    & ~Q(Exists(_prints.filter(outcome="")))
    & (~Q(Exists(_good)) | Q(Exists(_wanted))),
    output_field=BooleanField(),
)
# In force, and its newest good print is with us.
NEEDS_HAND_OVER = ExpressionWrapper(
    _stands & Q(Exists(_good.filter(~Exists(_newer), handed_over_at=None))),
    output_field=BooleanField(),
)


def settle(cards: Iterable) -> None:
    """Write down what cards, by their primary keys, need after an act on them.

    They are held first, all in one order: the question that follows sees whatever
    another act on them had done until then.
    """
    chosen = Card.objects.filter(pk__in=list(cards))
    held = chosen.select_for_update(of=("self",)).order_by("pk")
    list(held.values_list("pk", flat=True))
    chosen.update(needs_print=NEEDS_PRINT, needs_hand_over=NEEDS_HAND_OVER)


def wrong() -> QuerySet[Card]:
    """Cards with which something else is kept than what is so: none, ever."""
    asked = Card.objects.annotate(is_wanted=NEEDS_PRINT, is_here=NEEDS_HAND_OVER)
    return asked.exclude(needs_print=F("is_wanted"), needs_hand_over=F("is_here"))
