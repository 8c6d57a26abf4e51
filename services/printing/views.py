"""The lists of the print room, and what is done with many cards at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ak1portal.audience import for_readers, for_supervisors
from ak1portal.paging import counted, how_many, page_of
from applicants.models import Region
from services.issuance import actions_cards, rules_cards
from services.issuance.actions import today_at
from services.issuance.models import Card
from services.issuance.validity import Validity, validity
from services.office.models import Officer
from services.printing import actions, lists, rules
from services.printing.filters import Filtered
from services.printing.forms import CardsForm
from services.printing.models import Print, PrintRun

# The lists of the print room, in the order of the day.
LISTS = {
    "sahkan": (gettext_lazy("To authorise"), lists.to_authorise),
    "cetak": (gettext_lazy("To print"), lists.to_print),
    "serahkan": (gettext_lazy("To hand over"), lists.to_hand_over),
    "tarik": (gettext_lazy("To withdraw"), lists.to_withdraw),
    "tangani": (gettext_lazy("To look at"), lists.to_look_at),
    "semua": (gettext_lazy("All cards"), lists.all_cards),
}
# Where cards are picked, and the moment whose day the filter asks for.
PICKED = {"sahkan": "created_at", "cetak": "authorised_at"}
# Who has waited longest comes first; of all cards, the newest.
ORDER = {**PICKED, "tarik": "void_asked_at", "semua": "-created_at"}
PER_PAGE = 50
RUNS = 5


@dataclass(frozen=True)
class Row:
    """A card as it stands in a list; `bar` is why it stays there."""

    card: Card
    validity: Validity
    bar: str | None
    district: str
    ticked: bool


class CardList:
    """One of the lists as the URL asks for it: which one, its filters, its page."""

    def __init__(self, request, chosen: str, form: CardsForm | None = None):
        self.officer: Officer = request.officer
        self.office = request.officer.office
        self.query, self.chosen, self.form = request.GET, chosen, form

    @cached_property
    def filtered(self) -> Filtered | None:
        if self.chosen not in PICKED:
            return None
        cards = LISTS[self.chosen][1](self.office)
        return Filtered(cards, self.office, PICKED[self.chosen], self.query)

    @property
    def by(self) -> str:
        """The moment that sorts the list."""
        return ORDER.get(self.chosen, "created_at")

    @cached_property
    def cards(self) -> QuerySet[Card]:
        if self.filtered:
            cards = self.filtered.cards
        else:
            cards = LISTS[self.chosen][1](self.office)
        return cards.select_related(
            "office",
            "application__corrects",
            "approved_by__officer",
            "authorised_by__officer",
            "void_asked_by__officer",
        ).order_by(self.by, "-pk" if self.by.startswith("-") else "pk")

    @cached_property
    def page(self):
        return page_of(self.cards, self.query, PER_PAGE, by=self.by)

    def rows(self) -> list[Row]:
        """The page; before it, what is still ticked and stands elsewhere by now."""
        ticked = set(self.form.ticked) if self.form else set()
        here = list(self.page)
        moved = ticked - {card.token for card in here}
        elsewhere = list(self.cards.filter(token__in=moved)) if moved else []
        cards, today = [*elsewhere, *here], today_at(self.office)
        codes = {card.district for card in cards}
        districts = dict(Region.objects.filter(pk__in=codes).values_list("pk", "name"))
        return [
            Row(
                card,
                validity(card, today),
                self._bar(card),
                districts.get(card.district, ""),
                card.token in ticked,
            )
            for card in cards
        ]

    def _bar(self, card) -> str | None:
        if self.chosen == "sahkan":
            return rules_cards.bars_authorisation(card, self.officer)
        return lists.in_words(card.finish_problem) if self.chosen == "tangani" else None

    def everything(self) -> list[str]:
        """The tokens that “all of this filter” means: as they were when it was shown.

        Not what this officer may not authorise, and no more than go at once.
        """
        if self.form and self.form.all:
            return self.form.all
        cards = self.cards
        if self.chosen == "sahkan" and not self.office.one_person_office:
            cards = cards.exclude(approved_by=self.officer.user)
        return list(cards.values_list("token", flat=True)[: PrintRun.MAX_CARDS])


@require_safe
@for_readers
def cards(request):
    """One of the lists; which one stands in the URL, and so do filters and page."""
    chosen = request.GET.get("daftar", "sahkan")
    return _page(request, chosen if chosen in LISTS else "sahkan")


def _page(request, chosen, form=None):
    office, officer = request.officer.office, request.officer
    shown = CardList(request, chosen, form)
    picks = officer.supervises and chosen in PICKED
    context = {
        "here": f"{reverse('cards:list')}?daftar={chosen}",
        "chosen": chosen,
        "lists": _lists(office),
        "page": shown.page,
        "rows": shown.rows(),
        "filtered": shown.filtered,
        "picks": picks,
        "form": form or (_form(officer) if picks else None),
        "everything": shown.everything() if picks else [],
        "runs": _runs(office),
        "stuck_runs": office.print_runs.stuck() if chosen == "tangani" else [],
        "blanks": office.stock.balance() if office.counts_blanks else None,
        "few_blanks": lists.FEW_BLANKS,
        "signs_by_hand": chosen == "sahkan" and lists.certificate_has_ended(officer),
    }
    return TemplateResponse(request, "cards/list.html", context)


def _lists(office) -> list[tuple]:
    stuck = {"tangani": office.print_runs.stuck().count()}
    return [
        (key, title, how_many(counted(cards_of(office)) + stuck.get(key, 0)))
        for key, (title, cards_of) in LISTS.items()
    ]


def _form(officer) -> CardsForm:
    return CardsForm(officer=officer, initial={"printer": lists.usual_printer(officer)})


def _runs(office):
    """What waits to be confirmed first, then the newest."""
    prints = Print.objects.filter(run=OuterRef("pk")).order_by().values("run")
    size = Subquery(prints.annotate(size=Count("pk")).values("size"))
    runs = office.print_runs.annotate(size=size)
    return runs.select_related("by__officer").order_by(
        F("closed_at").desc(nulls_first=True), "-at"
    )[: 2 * RUNS]


@require_POST
@for_supervisors
def authorise(request):
    """Authorise the chosen cards, and print them at once if asked: all or none."""
    officer = request.officer

    def bars(chosen, key):
        found = {
            card.token: rules_cards.bars_authorisation(card, officer)
            for card in chosen
            # What the first click authorised is no mistake of the second.
            if card.authorised_by_id != officer.user_id
        }
        return {token: bar for token, bar in found.items() if bar}

    form = CardsForm(request.POST, officer=officer, bars=bars)
    if not form.is_valid():
        return _page(request, "sahkan", form)
    chosen = form.cleaned_data["cards"]
    actions_cards.authorise_many(chosen, officer=officer)
    messages.success(request, _("Authorised: %(count)d.") % {"count": len(chosen)})
    if "print" in request.POST:
        return redirect(_print(form))
    return redirect(f"{reverse('cards:list')}?{request.GET.urlencode()}")


@require_POST
@for_supervisors
def print_cards(request):
    """Make a print run of the chosen cards; the second click finds the same one."""
    officer = request.officer

    def bars(chosen, key):
        # In this order: what stands in the way may be the run of the first click.
        found = rules.unprintable(chosen, officer.office)
        started = officer.office.print_runs.filter(by=officer.user, key=key)
        return {} if started else found

    form = CardsForm(request.POST, officer=officer, bars=bars)
    if not form.is_valid():
        return _page(request, "cetak", form)
    return redirect(_print(form))


def _print(form) -> PrintRun:
    answers = form.cleaned_data
    return actions.print_cards(
        answers["cards"],
        officer=form.officer,
        key=answers["key"],
        printer=answers["printer"],
    )
