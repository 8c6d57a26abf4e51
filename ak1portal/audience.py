"""Who a page is for. Every view wears exactly one of these.

LoginRequiredMiddleware already closes every page; `public` is what opens one. A
wrong role meets 403; a stranger's file is not found at all, because every object is
fetched through its owner or its office.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

# Kept here as plain words, because this module knows no app: services.office.Role.
OFFICER, SUPERVISOR, AUDITOR, ADMINISTRATOR = (
    "officer",
    "supervisor",
    "auditor",
    "administrator",
)


def public(view):
    """Decorator: the view is for anybody, signed in or not."""
    view.audience = "public"
    return login_not_required(view)


def for_everyone(view):
    """Decorator: the view is for anybody who is signed in."""
    view.audience = "everyone"
    return view


def for_newcomers(view):
    """Decorator: for a signed-in job seeker who may not be registered yet."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if _officer_of(request.user):
            raise PermissionDenied
        request.applicant = getattr(request.user, "applicant", None)
        return view(request, *args, **kwargs)

    wrapper.audience = "newcomers"
    return wrapper


def for_applicants(view):
    """Decorator: for registered job seekers; sets `request.applicant`.

    Who has not said yet who they are is sent to say so.
    """

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if _officer_of(request.user):
            raise PermissionDenied
        request.applicant = getattr(request.user, "applicant", None)
        if request.applicant is None:
            return redirect("applicants:identity")
        return view(request, *args, **kwargs)

    wrapper.audience = "applicants"
    return wrapper


def for_officers(view):
    """Decorator: for officers and supervisors; sets `request.officer`."""
    return _only_for("officers", (OFFICER, SUPERVISOR), view)


def for_supervisors(view):
    """Decorator: for supervisors, who authorise and print."""
    return _only_for("supervisors", (SUPERVISOR,), view)


def for_readers(view):
    """Decorator: for officers, supervisors and auditors, who may read a case."""
    return _only_for("readers", (OFFICER, SUPERVISOR, AUDITOR), view)


def for_auditors(view):
    """Decorator: for auditors and administrators, who read the journal."""
    return _only_for("auditors", (AUDITOR, ADMINISTRATOR), view)


def for_administrators(view):
    """Decorator: for administrators: officers and office settings."""
    return _only_for("administrators", (ADMINISTRATOR,), view)


def for_staff(view):
    """Decorator: for anybody who works at an office."""
    return _only_for("staff", (OFFICER, SUPERVISOR, AUDITOR, ADMINISTRATOR), view)


def _officer_of(user):
    """The officer that this user is today; who has left is a job seeker like any."""
    officer = getattr(user, "officer", None)
    return officer if officer and officer.is_active else None


def _only_for(name, roles, view):
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        officer = _officer_of(request.user)
        if officer is None or officer.role not in roles:
            raise PermissionDenied
        request.officer = officer
        return view(request, *args, **kwargs)

    wrapper.audience = name
    return wrapper


class PrivatePagesMiddleware:
    """Pages of signed-in people are kept by no cache (shared phones, counter PCs)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_store=True)
        return response
