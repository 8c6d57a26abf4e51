"""The signed list of cards that are not good any more, for checks without a network.

Plain text, signed as it stands, so that nobody has to agree on how to write JSON:

    AK-1 ditarik 1
    dibuat 2026-11-22T06:00:00Z
    kunci 2
    3301<tab>3301 000001 221126<tab>1<tab>void
    …
    tanda-tangan <base64 of the Ed25519 signature over all lines before this one>

Region, number (in the letters of a record), revision, and void or replaced. Cards whose
date has passed are left out: their own record says so. That a holder has found work is
left out as well: it is no fault of the paper, and a list of numbers for everybody is no
place for it.
"""

import base64
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from services.issuance.models import Card
from services.signing import record

HEADING = "AK-1 ditarik 1"


def signed_list(now: datetime) -> str:
    """The list as of `now`. Signed with the key that is in use."""
    key_id = next(iter(record.public_keys()))
    made_at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [HEADING, f"dibuat {made_at}", f"kunci {key_id}", *_entries(now)]
    text = "".join(f"{line}\n" for line in lines)
    _key_id, signature = record.sign(text.encode())
    return f"{text}tanda-tangan {base64.b64encode(signature).decode()}\n"


def _entries(now: datetime) -> list[str]:
    # The day of the last office in the country to end it.
    today = (now - timedelta(days=1)).date()
    facts = ("office__region_code", "number", "revision", "voided_at")
    cards = cards_on(today).values_list(*facts)
    return sorted(
        f"{region}\t{record.folded(number)}\t{revision}\t"
        f"{'void' if voided_at else 'replaced'}"
        for region, number, revision, voided_at in cards
    )


def cards_on(today) -> QuerySet[Card]:
    """What is not good any more although its date has not passed."""
    gone = Q(voided_at__isnull=False) | Q(replaced_at__isnull=False)
    return Card.objects.filter(gone, code__isnull=False, expires_on__gte=today)
