"""/ambil-alih/: a record that was made at the counter becomes somebody's own.

A claim code is kept as its blind index and shown once, on the answer to the press.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ak1portal.audience import for_newcomers
from ak1portal.forms import posted
from ak1portal.throttle import throttle
from applicants import actions, rules
from services.desk.forms import ClaimForm
from services.issuance.models import Application


@require_http_methods(["GET", "HEAD", "POST"])
@for_newcomers
@never_cache
def claim(request):
    """Receipt, code and birth date; a wrong one gets one answer, whichever it is."""
    bar = rules.bars_taking_over(request.user)
    form = ClaimForm(posted(request))
    if not bar and form.is_valid():
        if _take_over(request, **form.cleaned_data):
            messages.success(request, _("This is your record now."))
            return redirect("issuance:tasks")
        form.add_error(
            None,
            _(
                "These do not belong together, or the code is not good any more. Look"
                " at your receipt again, or ask the office for a new code."
            ),
        )
    context = {"form": form, "bar": bar, "here": request.path}
    return TemplateResponse(request, "desk/claim.html", context)


def _take_over(request, *, receipt, code, birth_date) -> bool:
    throttle(request, "claim", key=receipt)
    application = (
        Application.objects.filter(receipt=receipt, applicant__birth_date=birth_date)
        .select_related("applicant")
        .first()
    )
    return application is not None and actions.take_over(
        application.applicant, code=code, by=request.user
    )
