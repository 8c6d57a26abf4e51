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
    """Anybody, signed in or not."""
    view.audience = "public"
    return login_not_required(view)


def for_everyone(view):
    """Anybody who is signed in, whatever they are here for."""
    view.audience = "everyone"
    return view


def for_newcomers(view):
    """A signed-in job seeker, who may not have told us who they are yet."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if _officer_of(request.user):
            raise PermissionDenied
        request.applicant = getattr(request.user, "applicant", None)
        return view(request, *args, **kwargs)

    wrapper.audience = "newcomers"
    return wrapper


def for_applicants(view):
    """`request.applicant` is the job seeker; who has not said who they are does so."""

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
    """Who decides at the counter. `request.officer` is the person at the desk."""
    return _only_for("officers", (OFFICER, SUPERVISOR), view)


def for_supervisors(view):
    """Who authorises and prints."""
    return _only_for("supervisors", (SUPERVISOR,), view)


def for_readers(view):
    """Who may read a case of their office: the counter, and the auditor."""
    return _only_for("readers", (OFFICER, SUPERVISOR, AUDITOR), view)


def for_auditors(view):
    """The journal: the auditor, and the administrator whose acts stand in it."""
    return _only_for("auditors", (AUDITOR, ADMINISTRATOR), view)


def for_administrators(view):
    """Officers and office settings."""
    return _only_for("administrators", (ADMINISTRATOR,), view)


def for_staff(view):
    """Anybody who works at the office."""
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
