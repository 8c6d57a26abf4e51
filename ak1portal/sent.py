"""What somebody sent and we did not take: kept on the next page, to be sent again.

Nothing is stored for it. The answers go back into the page that says why, in hidden
fields; passwords and files do not.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """`left_out`: whether something must be chosen or typed anew."""

    path: str
    fields: tuple[tuple[str, str], ...]
    left_out: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was written, as against ticked or chosen: it took somebody's time."""
        return tuple(value for _name, value in self.fields if " " in value.strip())


def sent_by(request) -> Sent | None:
    """What our own page sent; None when there is nothing to be sent again.

    From a page of somebody else nothing is taken over: the button that sends it again
    would do what the token of the form is there to prevent.
    """
    if request.method != "POST" or not _comes_from_us(request):
        return None
    names = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    kept = [name for name in names if "password" not in name]
    return Sent(
        path=request.get_full_path(),
        fields=tuple(
            (name, value) for name in kept for value in request.POST.getlist(name)
        ),
        left_out=len(kept) < len(names) or bool(request.FILES),
    )


def _comes_from_us(request) -> bool:
    """Browsers say where a form comes from, and no page can make them say it wrong."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return f"{sender}/".startswith(f"{request.scheme}://{request.get_host()}/")
