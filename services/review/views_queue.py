"""The queue: lists that an officer can trust, and many green cases at once."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from ak1portal.audience import for_officers, for_readers
from ak1portal.paging import counted, how_many, page_of
from services.issuance.actions import today_at
from services.review import actions_decide, checks, lists
from services.review.filters import QueueFilter
from services.review.forms import GreenForm

LISTS = {
    "menunggu": (gettext_lazy("Waiting"), lists.waiting),
    "diperiksa": (gettext_lazy("Being checked"), lists.on_desks),
    "dikembalikan": (gettext_lazy("Sent back"), lists.sent_back),
    "selesai": (gettext_lazy("Decided"), lists.decided),
}
PER_PAGE = 50
# As many as can be compared without losing the thread; and how far to look for them.
GREEN, LOOKED_AT = 10, 60


@require_safe
@for_readers
def queue(request):
    """One of the lists; which one, its filter and its order stand in the URL."""
    office, now = request.officer.office, timezone.now()
    chosen = request.GET.get("daftar", "menunggu")
    chosen = chosen if chosen in LISTS else "menunggu"
    rows = LISTS[chosen][1](office, now).select_related(
        "applicant", "office", "reviewer__officer", "decision"
    )
    filtered = QueueFilter(rows, office, chosen, request.GET, now)
    page = page_of(filtered.rows, request.GET, PER_PAGE, by=filtered.by)
    grouped = chosen == "menunggu" and filtered.is_by_promise
    context = {
        "chosen": chosen,
        "lists": [
            (key, title, how_many(counted(cases(office, now))))
            for key, (title, cases) in LISTS.items()
        ],
        "page": page,
        "groups": lists.by_urgency(page, now) if grouped else [("", list(page))],
        "filtered": filtered,
        "now": now,
        "on_desk": lists.desk_of(request.officer).first(),
        "lost_letters": lists.letters_given_up(office).count(),
        "decisions": lists.decisions_of(request.officer),
    }
    return TemplateResponse(request, "review/queue.html", context)


@require_safe
@for_officers
def green(request):
    """The waiting cases in which every check is in order, to compare side by side."""
    return _green(request, GreenForm())


def _green(request, form):
    office, now = request.officer.office, timezone.now()
    waiting = lists.waiting(office, now).select_related("applicant", "office")
    found = []
    for application in waiting[:LOOKED_AT]:
        if checks.bars_green(application, today_at(office)) is None:
            found.append(application)
        if len(found) == GREEN:
            break
    rows = [(one, checks.to_compare(one)) for one in found]
    ticked = form.data.getlist("tokens") if form.is_bound else []
    context = {
        "here": reverse("review:green"),
        "rows": rows,
        "ticked": ticked,
        "form": form,
        "now": now,
    }
    return TemplateResponse(request, "review/green.html", context)


@require_POST
@for_officers
def approve_green(request):
    """Each ticked case by itself: what cannot be approved stays as it is."""
    form = GreenForm(request.POST)
    if not form.is_valid():
        return _green(request, form)
    cases = lists.sent_in(request.officer.office).select_related("applicant", "office")
    ticked = list(cases.filter(token__in=form.cleaned_data["tokens"]))
    left = actions_decide.approve_several(
        ticked, officer=request.officer, key=form.cleaned_data["key"]
    )
    for application, reason in left:
        messages.warning(
            request,
            _("%(name)s was left as it is. %(reason)s")
            % {"name": application.applicant.name, "reason": reason},
        )
    if done := len(ticked) - len(left):
        messages.success(
            request,
            ngettext("Approved: %(n)d case.", "Approved: %(n)d cases.", done)
            % {"n": done},
        )
    return redirect("review:queue")
