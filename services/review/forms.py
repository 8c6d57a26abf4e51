"""What an officer marks and writes while a case lies on the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import KeyedForm


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

    def __init__(self, *args, items, verdicts=(), act="", **kwargs):
        super().__init__(*args, **kwargs)
        self.items, self.act = items, act
        marked = {v.item: v.reason for v in verdicts if not v.is_fine}
        for item in items:
            self.fields[f"fix_{item.key}"] = forms.BooleanField(
                label=_("Needs correction"), required=False, initial=item.key in marked
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
        """(item, its mark, its reason) for the template."""
        return [
            (item, self[f"fix_{item.key}"], self[f"reason_{item.key}"])
            for item in self.items
        ]


class GreenForm(KeyedForm):
    """The tokens of the cases whose names were compared; "tokens", one for each."""

    def clean(self):
        cleaned = super().clean()
        tokens = [each for each in self.data.getlist("tokens") if each.isalnum()]
        if not tokens:
            self.add_error(None, _("Tick the cases whose names you have compared."))
        return {**cleaned, "tokens": tokens}
