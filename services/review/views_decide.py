"""What an officer does with a case: take it, mark it, decide it, pass it on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ak1portal.audience import for_officers
from services.issuance import items
from services.review import actions, actions_decide
from services.review.forms import VerdictsForm
from services.review.models import DecisionAct
from services.review.views import case_page, find_case


@require_POST
@for_officers
def take_next(request):
    """“Ambil berikutnya”: the next case, and no other officer gets the same."""
    return _next_case(request)


def _next_case(request):
    application = actions.take_next(officer=request.officer)
    if application is None:
        messages.info(request, _("Nobody is waiting. The queue is empty."))
        return redirect("review:queue")
    return redirect("review:detail", application.token)


@require_POST
@for_officers
def take(request, token):
    application = find_case(request, token)
    actions.take(application, officer=request.officer)
    return redirect("review:detail", token)


@require_POST
@for_officers
def release(request, token):
    actions.release(find_case(request, token), officer=request.officer)
    messages.success(request, _("The application is back in the queue."))
    return redirect("review:queue")


@require_POST
@for_officers
def hand_over(request, token):
    application = find_case(request, token)
    people = request.officer.office.officers
    to = get_object_or_404(people, token=request.POST.get("to", ""))
    actions.hand_over(application, to=to, by=request.officer)
    messages.success(
        request,
        _("%(applicant)s is now on the desk of %(officer)s.")
        % {"applicant": application.applicant.name, "officer": to.name},
    )
    return redirect("review:queue")


@require_POST
@for_officers
def renew(request, token):
    """Asked by the page while somebody works on it: 204, or 409 when it is lost."""
    application = find_case(request, token)
    is_theirs = actions.renew(application, officer=request.officer)
    return HttpResponse(status=204 if is_theirs else 409)


@require_POST
@for_officers
def keep(request, token):
    application, form = _verdicts(request, token, "keep")
    if not form.is_valid():
        return case_page(request, application, form)
    actions.keep(
        application,
        officer=request.officer,
        verdicts=form.verdicts(),
        note=form.cleaned_data["note"],
        name_agrees=form.cleaned_data["name_agrees"],
    )
    messages.success(request, _("Your marks are kept. Nothing is decided yet."))
    return redirect("review:detail", token)


@require_POST
@for_officers
def approve(request, token):
    return _decide(request, token, DecisionAct.APPROVE)


@require_POST
@for_officers
def send_back(request, token):
    return _decide(request, token, DecisionAct.SEND_BACK)


@require_POST
@for_officers
def reject(request, token):
    return _decide(request, token, DecisionAct.REJECT)


def _decide(request, token, act):
    """Then the next case opens by itself; what was decided stands above it."""
    application, form = _verdicts(request, token, act.value)
    if not form.is_valid():
        return case_page(request, application, form)
    actions_decide.decide(
        application,
        officer=request.officer,
        act=act,
        verdicts=form.verdicts(),
        note=form.cleaned_data["note"],
        key=form.cleaned_data["key"],
    )
    return _next_case(request)


@require_POST
@for_officers
def undo(request, token):
    application = find_case(request, token)
    actions_decide.undo(application, officer=request.officer)
    messages.success(request, _("Taken back. Nothing was decided and nobody was told."))
    return redirect("review:detail", token)


def _verdicts(request, token, act):
    application = find_case(request, token)
    form = VerdictsForm(
        request.POST,
        case_items=items.of(application),
        reasons=application.office.reasons.filter(is_active=True),
        act=act,
    )
    return application, form
