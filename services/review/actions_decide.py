"""A decision, the moment in which it can be taken back, and its effect.

An unmarked item is in order. The officer marks what must be corrected; at the decision
one verdict per section and document is written down with name and time. That keeps a
good case at one tick (the name on the documents) and one press.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ak1portal.refusals import Refused, refuse_if
from services.issuance import items
from services.issuance.actions import today_at
from services.issuance.models import Application
from services.office.models import Officer
from services.review import actions, checks, rules
from services.review.models import Decision, DecisionAct


@transaction.atomic
def decide(
    application: Application,
    *,
    officer: Officer,
    act: DecisionAct,
    verdicts: Mapping[str, str],
    note: str = "",
    key: UUID,
) -> None:
    """Write down what is decided; it has its effect in settings.UNDO_SECONDS.

    The same key again is the same decision. Where nothing can be taken back (0), the
    effect is part of this act.
    """
    application.lock()
    if application.has_done(key) or _is_waiting(application, key):
        return
    refuse_if(rules.bars_decision(application, officer))
    if act == DecisionAct.APPROVE:
        refuse_if(rules.bars_approval(application, verdicts))
    elif act == DecisionAct.SEND_BACK:
        refuse_if(rules.bars_sending_back(verdicts, note))
    now = timezone.now()
    decision = Decision.objects.create(
        application=application,
        officer=officer,
        act=act,
        verdicts=dict(verdicts),
        note=note,
        key=key,
        at=now,
        carry_out_at=now + timedelta(seconds=settings.UNDO_SECONDS),
    )
    if not settings.UNDO_SECONDS:
        carry_out(decision)


@transaction.atomic
def approve_green(application: Application, *, officer: Officer, key: UUID) -> None:
    """Approve a case in which every check is green, without opening it first.

    The officer has compared the names. Refused, with nothing changed, when it is not
    green any more or on the desk of somebody else.
    """
    if application.has_done(key) or _is_waiting(application, key):
        return
    actions.take(application, officer=officer)
    refuse_if(checks.bars_green(application, today_at(application.office)))
    verdicts = {item.key: "" for item in items.of(application)}
    decide(
        application,
        officer=officer,
        act=DecisionAct.APPROVE,
        verdicts=verdicts,
        key=key,
    )


def approve_several(
    applications: Iterable[Application], *, officer: Officer, key: UUID
) -> list[tuple[Application, str]]:
    """Approve each by itself; those that stay as they are, with the reason."""
    left = []
    for application in applications:
        try:
            # One form, many cases: a key for each, the same when it is sent again.
            own = uuid5(key, application.token)
            approve_green(application, officer=officer, key=own)
        except Refused as reason:
            left.append((application, str(reason)))
    return left


@transaction.atomic
def undo(application: Application, *, officer: Officer) -> None:
    """Take a decision back: the case lies on the desk again, with its marks."""
    application.lock()
    refuse_if(rules.bars_undoing(application, officer))
    decision = application.decision
    decision.delete()
    application.refresh_from_db()
    actions.keep_marks(
        application,
        officer,
        decision.verdicts,
        note=decision.note,
        name_agrees=decision.act == DecisionAct.APPROVE,
    )


@transaction.atomic
def carry_out(decision: Decision) -> None:
    """Let a decision on a case that its caller has locked have its effect.

    Nothing happens when it was taken back. Raises Refused when it can no longer be so;
    then nothing has changed.
    """
    standing = Decision.objects.filter(pk=decision.pk)
    if not standing.delete()[0]:
        return
    application = Application.objects.get(pk=decision.application_id)
    officer = decision.officer
    facts = {"officer": officer, "verdicts": decision.verdicts, "key": decision.key}
    if decision.act == DecisionAct.APPROVE:
        actions.approve(application, **facts)
    elif decision.act == DecisionAct.SEND_BACK:
        actions.send_back(application, note=decision.note, **facts)
    else:
        actions.reject(application, note=decision.note, **facts)


def _is_waiting(application: Application, key) -> bool:
    return Decision.objects.filter(application=application, key=key).exists()
