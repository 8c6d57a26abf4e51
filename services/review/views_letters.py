"""Messages that did not get through: somebody must call, or try again.

A message's address is only hinted at on a case: enough to ask whether it still works.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ak1portal.audience import for_officers, for_readers
from services.issuance import letters
from services.review import actions, lists
from services.review.views import find_case

PER_PAGE = 50


@require_safe
@for_readers
def given_up(request):
    found = lists.letters_given_up(request.officer.office)
    page = Paginator(found.select_related("application__applicant"), PER_PAGE).get_page(
        request.GET.get("hal")
    )
    rows = [(letter.application, letters.fate(letter)) for letter in page]
    return TemplateResponse(
        request, "review/letters.html", {"page": page, "rows": rows}
    )


@require_POST
@for_officers
def try_again(request, token):
    """All messages of one case that were given up."""
    application = find_case(request, token)
    for letter in application.letters.given_up():
        actions.try_letter_again(letter, officer=request.officer)
    messages.success(request, _("The messages are tried again now."))
    return redirect("review:letters")
