"""How the portal says no.

A rule that bars an act answers with a reason. An action raises that reason as
`Refused`, which undoes its transaction, and the middleware shows it as a page.
No view catches it.
"""

import logging
import sys

from allauth.core.exceptions import RateLimited
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from ak1portal import disk
from ak1portal.account import MailDidNotLeaveError
from ak1portal.installation import key_problems
from ak1portal.sealed import MissingFile, Unreadable, WrongKey
from ak1portal.sent import sent_by

TRY_AGAIN_SECONDS = 60

log = logging.getLogger(__name__)


class Refused(Exception):
    """The act is not allowed now. The message is for the person who tried it."""


def refuse_if(reason: str | None) -> None:
    """Raise `Refused` with `reason`, unless there is none."""
    if reason:
        raise Refused(reason)


class RefusalMiddleware:
    """Turns what a view could not do into a page that says so and the way back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        if _leads_to_sign_in(response) and (sent := sent_by(request)) and sent.fields:
            # The session ended while somebody was typing.
            return _send_again(request, "403_signed_out.html", sent)
        return response

    def process_template_response(self, request, response):
        """A page that shows a form with something wrong in it answers 422."""
        context = response.context_data or {}
        forms = [value for value in context.values() if isinstance(value, BaseForm)]
        if response.status_code == 200 and any(form.errors for form in forms):
            response.status_code = 422
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            sent = sent_by(request)
            page = {"reason": exception, "typed": sent.sentences if sent else ()}
            return render(request, "409.html", page, status=409)
        if isinstance(exception, RateLimited):
            return render(request, "429.html", status=429)
        if isinstance(exception, MailDidNotLeaveError):
            return _mail_did_not_leave(request)
        if _is_gone(exception):
            return _unavailable(exception)
        if disk.is_refusal(exception):
            return _disk_refused(request, exception)
        if isinstance(exception, Unreadable):
            return _unreadable(request, exception)
        if isinstance(exception, Http404):
            return render(request, "404.html", status=404)
        return None


def _mail_did_not_leave(request):
    # The session knows of a code that nobody has; the one before stays good.
    request.session.modified = False
    page = render(request, "503_mail.html", status=503)
    page["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return page


def _unreadable(request, exception):
    """Missing, damaged, or whole and sealed with a key that is not here."""
    log.error("%s: %s", type(exception).__name__, exception)
    if isinstance(exception, WrongKey) or key_problems():
        page = render(request, "503_key.html", status=503)
        page["Retry-After"] = str(TRY_AGAIN_SECONDS)
        return page
    is_missing = isinstance(exception, MissingFile)
    return render(request, "410.html", {"is_missing": is_missing}, status=410)


def _disk_refused(request, error):
    """Nothing is lost and nothing was kept: whoever sent something sends it again."""
    log.error("disk refused: %s", disk.said(error))
    sent = request is not None and request.method == "POST"
    page = render(request, "503_disk.html", {"sent": sent}, status=503)
    page["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return page


def _is_gone(error) -> bool:
    """psycopg2 says a plain DatabaseError where the server went away midway."""
    return isinstance(error, OperationalError | InterfaceError) or (
        type(error) is DatabaseError
    )


def _unavailable(error):
    """Without the request: the menu would ask the database who is signed in."""
    # Only the kind of error: its text may quote the row.
    log.error("database unavailable: %s", type(error).__name__)
    page = render(None, "503.html", status=503)
    page["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return page


def server_error(request):
    """A mistake of ours; or the database was gone before any view ran (sessions)."""
    error = sys.exc_info()[1]
    if _is_gone(error):
        return _unavailable(error)
    if disk.is_refusal(error):
        return _disk_refused(None, error)
    return render(None, "500.html", status=500)


def bad_request(request, exception=None):
    """More fields or bytes than any form of ours has, or a host that is not us."""
    return render(None, "400.html", status=400)


def csrf_failure(request, reason=""):
    """The page was open too long, or cookies are off: say so, and how to go on."""
    return _send_again(request, "403_csrf.html", sent_by(request))


def _leads_to_sign_in(response) -> bool:
    return response.status_code == 302 and response.url.startswith(
        f"{reverse(settings.LOGIN_URL)}?"
    )


def _send_again(request, template, sent):
    """The page with what was typed; no cache may keep it."""
    page = render(request, template, {"sent": sent}, status=403)
    add_never_cache_headers(page)
    return page
