"""What a worker finds due here: decisions to carry out, earlier answers to forget."""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from ak1portal import disk
from ak1portal.refusals import Refused
from ak1portal.sweeping import sweep
from services.issuance.workflow import OPEN
from services.review.actions_decide import carry_out
from services.review.earlier import forget
from services.review.models import Decision, Earlier, EarlierPage

TRY_AGAIN = timedelta(seconds=30)

log = logging.getLogger(__name__)


@transaction.atomic
def carry_out_decision() -> bool:
    """Carry out the decision that has waited longest; False when none is due.

    One that cannot be carried out says why, lies on the officer's desk, and holds up
    no other.
    """
    due = Decision.objects.filter(carry_out_at__lte=timezone.now(), problem="")
    # The case is held, as by everybody else who changes something about it.
    held = due.select_related("application", "officer")
    decision = held.select_for_update(skip_locked=True, of=("application",)).first()
    if decision is None:
        return False
    try:
        carry_out(decision)
    except DatabaseError:
        raise
    except Exception as error:
        if disk.is_refusal(error):  # nobody's mistake: it is carried out a little later
            later = timezone.now() + TRY_AGAIN
            Decision.objects.filter(pk=decision.pk).update(carry_out_at=later)
            log.warning("decision waits: %s", disk.said(error))  # type: ignore[arg-type]
            return True
        reason = str(error) if isinstance(error, Refused) else type(error).__name__
        Decision.objects.filter(pk=decision.pk).update(problem=reason[:200])
        log.warning("decision not carried out: %s", type(error).__name__)
    return True


def forget_earlier_answers() -> None:
    """Of applications that ended without an officer: the person withdrew them."""
    for earlier in Earlier.objects.exclude(application__status__in=OPEN):
        forget(earlier.application)
    sweep("earlier", EarlierPage.objects.all(), "file")


ALWAYS = [carry_out_decision]
HOURLY = [forget_earlier_answers]
PROMPT = {}
