"""What an officer marks and writes while a case lies on the desk."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import KeyedForm, PortalForm
from services.issuance import items


class VerdictsForm(KeyedForm):
    """For every item: a mark when it must be corrected, and what the applicant reads.

    An item without a reason is in order; a reason counts as a mark, ticked or not.
    `verdicts()` gives item key -> reason, "" where it is in order.
    """

    note = forms.CharField(
        label=_("Message to the applicant"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    name_agrees = forms.BooleanField(
        label=_("The name on the documents is the name in the data."), required=False
    )

    def __init__(self, *args, case_items, verdicts=(), reasons=(), act="", **kwargs):
        super().__init__(*args, **kwargs)
        self.items, self.act = case_items, act
        # What the office often writes; kept as the sentence that the applicant reads.
        self.sentences = {reason.token: reason.sentence for reason in reasons}
        marked = {v.item: v.reason for v in verdicts if not v.is_fine}
        for item in case_items:
            self.fields[f"fix_{item.key}"] = forms.BooleanField(
                label=_("Needs correction"), required=False, initial=item.key in marked
            )
            choices = [
                (reason.token, reason.label)
                # Its own first, then what fits every item.
                for reason in sorted(reasons, key=lambda one: not one.item)
                if reason.item in ("", item.key)
            ]
            self.fields[f"often_{item.key}"] = forms.ChoiceField(
                label=_("Often asked for"),
                choices=[("", _("choose …")), *choices],
                required=False,
            )
            self.fields[f"reason_{item.key}"] = forms.CharField(
                label=_("What is to be corrected?"),
                max_length=500,
                required=False,
                initial=marked.get(item.key, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self):
        data = super().clean()
        for item in self.items:
            chosen = self.sentences.get(data.get(f"often_{item.key}"), "")
            written = data.get(f"reason_{item.key}", "")
            data[f"reason_{item.key}"] = " ".join(filter(None, (chosen, written)))
            if data.get(f"fix_{item.key}") and not data.get(f"reason_{item.key}"):
                self.add_error(
                    f"reason_{item.key}", _("Write what the applicant should correct.")
                )
        check = {
            "approve": self._clean_approval,
            "send_back": self._clean_sending_back,
            "reject": self._clean_rejection,
        }.get(self.act)
        if check and not self.errors:
            check(data)
        return data

    # What the actions refuse as well: said here, nothing that was typed is lost.

    def _clean_approval(self, data):
        if self._is_marked(data):
            self.add_error(
                None,
                _(
                    "Something is marked for correction: send it back, or clear the"
                    " mark."
                ),
            )
        if not data["name_agrees"]:
            self.add_error(
                "name_agrees",
                _("Compare the name on the documents, then tick this box."),
            )

    def _clean_sending_back(self, data):
        if not self._is_marked(data) and not data["note"]:
            self.add_error(
                "note",
                _("Mark at least one item, or write what should be corrected."),
            )

    def _clean_rejection(self, data):
        if not data["note"]:
            self.add_error("note", _("Write the reason; the applicant will read it."))

    def _is_marked(self, data) -> bool:
        return any(data[f"reason_{item.key}"] for item in self.items)

    def verdicts(self) -> dict[str, str]:
        data = self.cleaned_data
        return {item.key: data[f"reason_{item.key}"] for item in self.items}

    def rows(self):
        """The fields of each item, for the template."""
        return [
            Marked(
                item,
                self[f"fix_{item.key}"],
                self[f"often_{item.key}"],
                self[f"reason_{item.key}"],
                [
                    (token, label, self.sentences[token])
                    for token, label in self.fields[f"often_{item.key}"].choices[1:]
                ],
            )
            for item in self.items
        ]


@dataclass(frozen=True)
class Marked:
    """One item of a case with the fields beside it.

    `reasons`: (token, short name, the sentence that the applicant reads).
    """

    item: items.Item
    mark: forms.BoundField
    often: forms.BoundField
    reason: forms.BoundField
    reasons: list[tuple[str, str, str]]


class NoteForm(PortalForm):
    text = forms.CharField(
        label=_("Note for colleagues"),
        help_text=_("The applicant never sees it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class GreenForm(KeyedForm):
    """The tokens of the cases whose names were compared; "tokens", one for each."""

    def clean(self):
        cleaned = super().clean()
        tokens = [each for each in self.data.getlist("tokens") if each.isalnum()]
        if not tokens:
            self.add_error(None, _("Tick the cases whose names you have compared."))
        return {**cleaned, "tokens": tokens}
