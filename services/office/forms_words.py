"""Reasons and message texts, as the administrator types them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalForm, PortalModelForm
from services.office import rules, texts
from services.office.models import MessageText, Office, Reason
from services.office.reasons import ITEMS


class ReasonForm(PortalModelForm):
    # Every part, which is no word in the form, is an answer too.
    optional_is_obvious = True

    item = forms.ChoiceField(
        label=_("About"), choices=lambda: list(ITEMS.items()), required=False
    )

    class Meta:
        model = Reason
        fields = ["item", "label", "sentence", "is_active"]
        widgets = {"sentence": forms.Textarea(attrs={"rows": 3, "lang": "id"})}
        help_texts = {
            "label": _("What officers see in the list. A few words."),
            "sentence": _(
                "Indonesian, one or two sentences: what is wrong, and what to do."
            ),
        }

    def __init__(self, *args, office: Office, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office

    def clean(self):
        data = super().clean()
        but = self.instance if self.instance.pk else None
        if "label" in data and (
            reason := rules.bars_reason(
                self.office, item=data.get("item", ""), label=data["label"], but=but
            )
        ):
            self.add_error("label", reason)
        return data


class TextForm(PortalForm):
    """The wording of one occasion, with the places that it knows and no others."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=MessageText._meta.get_field("subject").max_length,
        widget=forms.TextInput(attrs={"lang": "id"}),
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=MessageText._meta.get_field("body").max_length,
        widget=forms.Textarea(attrs={"rows": 14, "lang": "id"}),
    )

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_subject(self):
        return self._known(self.cleaned_data["subject"])

    def clean_body(self):
        """With the line ends of the wordings here, whatever the browser sends."""
        return self._known(self.cleaned_data["body"].replace("\r\n", "\n"))

    def _known(self, words):
        texts.check_text(self.kind, words)
        return words
