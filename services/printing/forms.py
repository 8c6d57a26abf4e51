"""What is typed in the print room about many cards: which, and how they came out."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ak1portal.forms import KeyedForm, PortalForm, one_line
from services.issuance.models import Card
from services.issuance.rules_cards import bars_use
from services.office.models import Officer
from services.printing import rules
from services.printing.models import Outcome, Printer, PrintRun

# So many reasons are read; of the others it is enough how many there are.
SENTENCES = 10


class CardsForm(KeyedForm):
    """Cards of one office, picked from a list: ticked ones, and all of a filter.

    `all` holds the tokens of what the filter found when the page was shown: what
    somebody vouches for is what they saw. `bars` says of cards, by their tokens, why
    they may not be among them; when the page comes back, they are no longer chosen.
    """

    printer = forms.ModelChoiceField(
        label=_("Printer"),
        queryset=Printer.objects.none(),
        to_field_name="token",
        required=False,
        empty_label=_("Another one, without offsets"),
        error_messages={
            "invalid_choice": _("This printer is no longer in use. Choose another.")
        },
    )

    def __init__(
        self,
        *args,
        officer: Officer,
        bars: Callable[[list[Card], UUID | None], dict] = lambda cards, key: {},
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.officer, self.bars = officer, bars
        self.fields["printer"].queryset = officer.office.printers.filter(is_active=True)
        # The tokens that are still chosen when the page is shown again.
        self.ticked, self.all = [], []

    def clean(self):
        cleaned = super().clean()
        ticked = self.data.getlist("cards")
        everything = self.data.get("all", "").split()
        cards = self._cards({*ticked, *everything})
        bars = self.bars(cards, cleaned.get("key"))
        left = {card.token for card in cards} - set(bars)
        self.ticked = [token for token in ticked if token in left]
        self.all = [token for token in everything if token in left]
        size = len({*ticked, *everything})
        if reason := rules.bars_run(size):
            self.add_error(None, reason)
        elif len(cards) < size:
            self.add_error(None, _("One of the cards is not in this list any more."))
        if bars:
            self._say(list(bars.values()), len(left))
        return {**cleaned, "cards": cards}

    def _cards(self, tokens) -> list[Card]:
        tokens = [token for token in tokens if token.isalnum()]
        chosen = self.officer.office.cards.filter(token__in=tokens)
        return list(chosen.select_related("office", "application__corrects"))

    def _say(self, reasons, left):
        """Each reason, but not a page of them; then what became of the others."""
        for reason in reasons[:SENTENCES]:
            self.add_error(None, reason)
        more = len(reasons) - SENTENCES
        if more > 0:
            said = ngettext(
                "And %(count)d card more.", "And %(count)d cards more.", more
            )
            self.add_error(None, said % {"count": more})
        others = ngettext(
            "Nothing was done. %(count)d other card is still chosen: press the button"
            " again for it.",
            "Nothing was done. %(count)d other cards are still chosen: press the button"
            " again for them.",
            left,
        )
        nobody = _("Nothing was done, and no card is chosen any more.")
        self.add_error(None, others % {"count": left} if left else nobody)


class ConfirmForm(PortalForm):
    """How the open prints of a run came out: `result-<position>`, and why if spoiled.

    With `rest`, whatever is not marked is good. Of a card that was withdrawn since the
    file was made, the paper can only be spoiled: it comes first, and is marked so.
    """

    def __init__(self, *args, run: PrintRun, **kwargs):
        super().__init__(*args, **kwargs)
        self.prints = list(run.prints.filter(outcome="").select_related("card"))
        self.bars = {entry.position: bars_use(entry.card) for entry in self.prints}
        for entry in self.prints:
            self._ask(entry.position, self.bars[entry.position])

    def _ask(self, position, bar):
        choices = [(Outcome.GOOD, _("good")), (Outcome.SPOILED, _("spoiled"))]
        said = _("%(bar)s Destroy its paper and mark it as spoiled.") % {"bar": bar}
        self.fields[f"result-{position}"] = forms.ChoiceField(
            choices=choices[1:] if bar else choices,
            widget=forms.RadioSelect,
            required=False,
            initial=Outcome.SPOILED if bar else None,
            error_messages={"invalid_choice": said} if bar else None,
        )
        self.fields[f"reason-{position}"] = forms.CharField(
            max_length=200,
            required=False,
            initial=bar,
            validators=[one_line],
            widget=forms.TextInput(attrs={"list": "reasons", "autocomplete": "off"}),
        )

    def clean(self):
        answers = super().clean()
        good, spoiled = set(), {}
        for entry in self.prints:
            name = f"result-{entry.position}"
            result = answers.get(name)
            if not result and "rest" in self.data and name not in self.errors:
                result = self._good(name)
            if result == Outcome.GOOD:
                good.add(entry.pk)
            elif result == Outcome.SPOILED and self._says_why(entry, answers):
                spoiled[entry.pk] = answers[f"reason-{entry.position}"]
        if not (good or spoiled or self.errors):
            self.add_error(None, _("Mark at least one card as good or spoiled."))
        return {"good": good, "spoiled": spoiled}

    def _good(self, name) -> str | None:
        """What `rest` makes of a print that is not marked."""
        field = self.fields[name]
        if field.valid_value(Outcome.GOOD):
            return Outcome.GOOD
        self.add_error(name, field.error_messages["invalid_choice"])
        return None

    def _says_why(self, entry, answers) -> bool:
        name = f"reason-{entry.position}"
        if not answers.get(name) and name not in self.errors:
            said = _("Write why card %(number)s is spoiled.")
            self.add_error(name, said % {"number": entry.card.number})
        return bool(answers.get(name))

    def rows(self) -> list[dict]:
        """What is wrong first, then what was withdrawn, then as the pages lie."""
        rows = [
            {
                "print": entry,
                "bar": self.bars[entry.position],
                "result": self[f"result-{entry.position}"],
                "reason": self[f"reason-{entry.position}"],
            }
            for entry in self.prints
        ]
        return sorted(rows, key=_order)


def _order(row) -> tuple:
    wrong = row["result"].errors or row["reason"].errors
    return not wrong, not row["bar"], row["print"].position
