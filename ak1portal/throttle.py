"""How often a stranger may ask: allauth's limiter, with the portal's own rates.

Keys first, addresses second: the counter hall and every mobile carrier share one
address among many people.
"""

# The public wrapper of allauth limits neither GET requests nor other apps' actions;
# the version is pinned, and tests hold what is promised here.
from allauth.core.internal import ratelimit

RATES = {
    "status": "60/m/ip,10/5m/key,20/d/key",
    "verification": "60/m/ip",
    "withdrawn": "60/m/ip",
    "forgery": "10/m/ip,100/d/ip",
    "report": "60/m/ip",
    "employer": "30/m/ip,5/d/key",
    "ticket": "20/d/key",
    "claim": "60/m/ip,10/5m/key,20/d/key",
}


def throttle(request, action: str, *, key: str | None = None) -> None:
    """Count one try. Raises allauth's RateLimited, shown as 429, when too many."""
    ratelimit.consume(
        request,
        app="ak1portal",
        action=action,
        config=RATES,
        key=key,
        limit_get=True,
        raise_exception=True,
    )
