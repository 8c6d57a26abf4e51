"""A print run: how far it is, its file, how each card came out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ak1portal.audience import for_supervisors
from ak1portal.refusals import refuse_if
from services.office.journal import note
from services.office.models import Heartbeat
from services.printing import actions, lists, rules
from services.printing.forms import ConfirmForm
from services.printing.models import Outcome, PrintRun

# Two answers a card, and Django takes a thousand fields.
PER_PAGE = 100


@require_safe
@for_supervisors
def run(request, token):
    return _page(request, _run(request, token))


def _page(request, run, form=None):
    prints = run.prints.select_related("card", "confirmed_by__officer")
    context = {
        "here": run.get_absolute_url(),
        "run": run,
        "bar_fetch": rules.bars_fetching(run),
        "bar_cancel": rules.bars_cancelling(run),
        "left_out": prints.filter(outcome=Outcome.LEFT_OUT),
        "done": _done(run),
    }
    if run.closed_at:
        context["prints"] = prints
    elif run.ready_at:
        form = form or ConfirmForm(run=run)
        rows = Paginator(form.rows(), PER_PAGE).get_page(request.GET.get("hal"))
        context |= {"form": form, "page": rows}
    else:
        context["problem"] = lists.in_words(run.problem) if run.is_stuck else ""
        context["waits"] = not run.is_stuck
        context["nobody_works"] = not _somebody_works()
    return TemplateResponse(request, "cards/run.html", context)


def _done(run: PrintRun) -> dict:
    """How many cards, how many of them drawn, and how they came out."""
    drawn = Q(card__finished_at__isnull=False) | ~Q(outcome="")
    return run.prints.aggregate(
        all=Count("pk"),
        drawn=Count("pk", filter=drawn),
        open=Count("pk", filter=Q(outcome="")),
        **{
            outcome: Count("pk", filter=Q(outcome=outcome))
            for outcome in (Outcome.GOOD.value, Outcome.SPOILED.value)
        },
    )


def _somebody_works() -> bool:
    since = timezone.now() - Heartbeat.ALIVE_FOR
    return Heartbeat.objects.filter(seen_at__gte=since).exists()


@require_safe
@for_supervisors
def print_pdf(request, token):
    """The file of the run, byte for byte the same until the run is closed."""
    run = _run(request, token)
    refuse_if(rules.bars_fetching(run))
    note(request.officer, "print_pdf", run.token)
    return pdf_response(run.read_file(), f"ak1-{run.token[:8]}.pdf")


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Shown in the browser, from where it is printed; kept by nobody."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@for_supervisors
def confirm(request, token):
    """Write down how the marked cards came out; with `rest`, all others are good."""
    run = _run(request, token)
    refuse_if(rules.bars_confirming(run))
    form = ConfirmForm(request.POST, run=run)
    if not form.is_valid():
        return _page(request, run, form)
    actions.confirm(run, officer=request.officer, **form.cleaned_data)
    messages.success(
        request,
        _("Written down: %(good)d good, %(spoiled)d spoiled.")
        % {name: len(marked) for name, marked in form.cleaned_data.items()},
    )
    return redirect(run)


@require_POST
@for_supervisors
def cancel(request, token):
    """Give a run up that has no file; its cards can be printed in another one."""
    run = _run(request, token)
    actions.cancel(run, officer=request.officer)
    messages.success(request, _("The run is given up. Its cards wait to be printed."))
    return redirect(run)


@require_POST
@for_supervisors
def try_run_again(request, token):
    run = _run(request, token)
    actions.try_run_again(run, officer=request.officer)
    return redirect(run)


def _run(request, token) -> PrintRun:
    """A run of the officer's own office; another office's is not found."""
    return get_object_or_404(
        request.officer.office.print_runs.select_related("office", "by__officer"),
        token=token,
    )
