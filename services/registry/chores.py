"""What a worker finds due in the lives of cards, once an hour: each thing once.

Days are those of the card's own office. A card that fails is named and does not stop
the others.
"""

import logging
from collections.abc import Callable, Iterable

from django.db import DatabaseError

from services.issuance.actions import today_at
from services.issuance.models import Card
from services.office.models import Office
from services.registry import actions_clock, lists

log = logging.getLogger(__name__)


def remind() -> None:
    """Letters: a report is due."""
    for office in Office.objects.all():
        _each(lists.to_remind(office, today_at(office)), actions_clock.remind)


def warn() -> None:
    """Letters: the card will lapse."""
    for office in Office.objects.exclude(lapse_days=None):
        _each(lists.to_warn(office, today_at(office)), actions_clock.warn)


def lapse() -> None:
    """Cards whose holder was told and has not reported."""
    for office in Office.objects.exclude(lapse_days=None):
        _each(_alone(lists.to_lapse(office, today_at(office))), actions_clock.lapse)


def end() -> None:
    """Cards, and the old balance, whose time is over."""
    for office in Office.objects.all():
        _each(_alone(lists.to_end(office, today_at(office))), actions_clock.end)
        actions_clock.end_old_balance(office)


def _alone(cards: Iterable[Card]):
    return ((card,) for card in cards)


def _each(found: Iterable[tuple], act: Callable) -> None:
    """The list is read first: what is done changes it."""
    for what in list(found):
        try:
            act(*what)
        except DatabaseError:
            raise
        except Exception as error:
            log.warning("%s failed: %s", act.__name__, type(error).__name__)


ALWAYS = []
HOURLY = [remind, warn, lapse, end]
PROMPT = {}
