"""What is done with the yellow blanks outside a print run: delivered, spoiled, counted.

`key` is that of the form: sent twice, it is one movement.
"""

from uuid import UUID

from django.db import transaction

from ak1portal.refusals import refuse_if
from services.office.models import Office, Officer
from services.printing import rules
from services.printing.models import Movement, StockEntry


@transaction.atomic
def receive_blanks(
    office: Office,
    *,
    officer: Officer,
    sheets: int,
    note: str = "",
    key: UUID | None = None,
) -> StockEntry:
    """A delivery of yellow blanks."""
    return _move(
        office,
        officer,
        key,
        lambda: {"movement": Movement.RECEIVED, "sheets": sheets, "note": note},
    )


@transaction.atomic
def spoil_blanks(
    office: Office, *, officer: Officer, sheets: int, note: str, key: UUID | None = None
) -> StockEntry:
    """Blanks that were spoiled outside a print run: damp, torn, a proof."""

    def spoiled() -> dict:
        refuse_if(rules.bars_spoiling_blanks(sheets, office.stock.balance()))
        return {"movement": Movement.SPOILED, "sheets": -sheets, "note": note}

    return _move(office, officer, key, spoiled)


@transaction.atomic
def count_blanks(
    office: Office,
    *,
    officer: Officer,
    counted: int,
    note: str = "",
    key: UUID | None = None,
) -> StockEntry:
    """The monthly count: from here the balance is what was counted."""

    def difference() -> dict:
        sheets = counted - office.stock.balance()
        kind = Movement.COUNTED
        return {"movement": kind, "sheets": sheets, "counted": counted, "note": note}

    return _move(office, officer, key, difference)


def _move(office: Office, officer: Officer, key, facts) -> StockEntry:
    """`facts` are asked for once the books of the office are ours."""
    Office.objects.select_for_update().get(pk=office.pk)
    done = office.stock.filter(key=key).first() if key else None
    return done or StockEntry.objects.create(
        office=office, by=officer.user, key=key, **facts()
    )
