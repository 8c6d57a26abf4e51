"""What an officer marks and writes while a case lies on the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import KeyedForm


class VerdictsForm(KeyedForm):
    """For every item: a mark when it must be corrected, and what the applicant reads.

    An item without a mark is in order. `verdicts()` gives item key -> reason, "" where
    it is in order.
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
            )

    def clean(self):
        data = super().clean()
        for item in self.items:
            if data.get(f"fix_{item.key}") and not data.get(f"reason_{item.key}"):
                self.add_error(
                    f"reason_{item.key}", _("Write what the applicant should correct.")
                )
        if self.act == "approve" and not data.get("name_agrees"):
            self.add_error(
                "name_agrees",
                _("Compare the name on the documents, then tick this box."),
            )
        if self.act == "reject" and not data.get("note"):
            self.add_error("note", _("Write the reason; the applicant will read it."))
        return data

    def verdicts(self) -> dict[str, str]:
        data = self.cleaned_data
        return {
            item.key: data[f"reason_{item.key}"] if data[f"fix_{item.key}"] else ""
            for item in self.items
        }

    def rows(self):
        """(item, its mark, its reason) for the template."""
        return [
            (item, self[f"fix_{item.key}"], self[f"reason_{item.key}"])
            for item in self.items
        ]
