"""“Tanda tangan saya”: the certificate with which a supervisor signs cards."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ak1portal.audience import for_supervisors
from ak1portal.forms import posted
from services.signing import actions
from services.signing.forms import CertificateForm
from services.signing.models import Signature

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters("passphrase", "password")
@get_or_post
@for_supervisors
def certificate(request):
    """What is registered, how long it is good for, and the form for the next one."""
    officer = request.officer
    form = CertificateForm(posted(request), request.FILES or None, officer=officer)
    if form.is_valid():
        actions.add_certificate(officer, credential=form.cleaned_data["credential"])
        messages.success(
            request,
            _("Registered. From now on, the cards you authorise are signed with it."),
        )
        return redirect("signing:certificate")
    now = timezone.now()
    current = officer.certificates.filter(removed_at=None).first()
    context = {
        "form": form,
        "certificate": current,
        "has_ended": current and current.has_ended(now),
        "ends_soon": current and current.ends_soon(now),
        "waiting": officer.office.cards.filter(
            authorised_by=request.user,
            signature=Signature.ELECTRONIC,
            finished_at=None,
            voided_at=None,
        ).count(),
    }
    return TemplateResponse(request, "signing/certificate.html", context)


@require_POST
@for_supervisors
def remove_certificate(request):
    actions.remove_certificate(request.officer)
    messages.success(request, _("Taken back. From now on you sign by hand."))
    return redirect("signing:certificate")
