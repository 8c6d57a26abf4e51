"""How a private picture leaves the portal: shown to this person, kept by nobody."""

from django.http import HttpResponse


def picture_response(picture: bytes, *, kind: str = "image/jpeg") -> HttpResponse:
    """The bytes of a picture; opened on its own it can run nothing (ASVS 3.2.1)."""
    return HttpResponse(
        picture,
        headers={
            "Content-Type": kind,
            "Content-Disposition": "inline",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
