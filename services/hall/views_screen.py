"""The screen in the hall: numbers and counters, never a name.

Whoever has its link sees what everybody in the hall sees.

The screen of the hall knows numbers and counters only; its link is a secret that the
office can renew.
"""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_safe

from ak1portal.audience import public
from services.hall import lists
from services.hall.models import HallRule


@require_safe
@public
@never_cache
def screen(request, token):
    return render(request, "hall/screen.html", _shown(token))


@require_safe
@public
@cache_control(no_cache=True)
@conditional_page
def screen_part(request, token):
    """What changes on the screen, for its script; 304 while nothing has changed."""
    return render(request, "hall/_screen.html", _shown(token))


def _shown(token) -> dict:
    rule = get_object_or_404(
        HallRule.objects.select_related("office"), screen_token=token
    )
    board = lists.board(rule.office)
    last, *earlier = board.calls or [None]
    return {
        "rule": rule,
        "office": rule.office,
        "board": board,
        "last": last,
        "earlier": earlier,
    }
