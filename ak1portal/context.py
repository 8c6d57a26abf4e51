"""What every template may know: who is at the desk, and where the demo's mail lands."""

from django.conf import settings


def person(request):
    """`officer`: the officer who is signed in, or None."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"officer": None}
    officer = getattr(user, "officer", None)
    return {"officer": officer if officer and officer.is_active else None}


def demo(request):
    """`demo_mail`: the folder that mail is written to, where none is really sent."""
    return {
        "demo_mail": settings.DEVELOPMENT and getattr(settings, "EMAIL_FILE_PATH", None)
    }
