"""What is typed about the yellow blanks."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import KeyedForm
from services.office.models import Office
from services.printing import rules

# More than any office buys in a year.
MOST = 50_000


class SheetsField(forms.IntegerField):
    default_error_messages = {
        "required": _("Enter a number of sheets."),
        "invalid": _("Write a whole number of sheets, for example 100."),
        "min_value": _("Enter at least %(limit_value)s."),
        "max_value": _("Enter at most %(limit_value)s."),
    }

    WRITTEN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+")

    def __init__(self, *, min_value: int = 1, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "size": 6}
        box = forms.TextInput(attrs=attrs)
        super().__init__(min_value=min_value, max_value=MOST, widget=box, **kwargs)

    def to_python(self, value):
        """1.000 is a thousand here; Django would read one."""
        if isinstance(value, str) and value.strip():
            if not self.WRITTEN.fullmatch(value.strip()):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            value = value.replace(".", "")
        return super().to_python(value)


class ReceiveForm(KeyedForm):
    sheets = SheetsField(label=_("Sheets received"))
    note = forms.CharField(
        label=_("Delivery note or supplier"), max_length=200, required=False
    )


class SpoilForm(KeyedForm):
    sheets = SheetsField(label=_("Sheets spoiled"))
    note = forms.CharField(
        label=_("What happened"),
        max_length=200,
        error_messages={"required": _("Write what happened to the sheets.")},
    )

    def __init__(self, *args, office: Office, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office

    def clean(self):
        answers = super().clean()
        sheets, key = answers.get("sheets"), answers.get("key")
        if sheets and key and not self.office.stock.filter(key=key).exists():
            reason = rules.bars_spoiling_blanks(sheets, self.office.stock.balance())
            if reason:
                self.add_error("sheets", reason)
        return answers


class CountForm(KeyedForm):
    counted = SheetsField(label=_("Sheets in the cupboard"), min_value=0)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
