"""What is typed about a printer: how it is fed, and by how much it misses."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalForm, PortalModelForm
from services.office.models import Office
from services.printing import rules
from services.printing.actions_printers import OFFSETS
from services.printing.models import Printer


class MillimetreField(forms.CharField):
    """Millimetres with one decimal, as people write them. Cleans to whole tenths."""

    default_error_messages = {
        "required": _("Enter a number of millimetres; 0 if it is exact."),
        "invalid": _("Write millimetres with one decimal, for example 1,3 or -0,7."),
    }
    WRITTEN = re.compile(r"([+−–-]?)\s*([0-9]{1,4})(?:[.,]([0-9]))?\s*(?:mm)?")

    def __init__(self, **kwargs):
        attrs = {"inputmode": "text", "autocomplete": "off", "size": 6}
        super().__init__(max_length=12, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value):
        if isinstance(value, int):
            return value
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        written = self.WRITTEN.fullmatch(value)
        if not written:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        sign, whole, tenth = written.groups()
        tenths = int(whole) * 10 + int(tenth or 0)
        return -tenths if sign and sign != "+" else tenths

    def run_validators(self, value):
        """Those of CharField count letters."""

    def prepare_value(self, value):
        return number_format(value / 10, 1) if isinstance(value, int) else value


class OffsetField(MillimetreField):
    def validate(self, value):
        super().validate(value)
        if value is not None and (reason := rules.bars_offset(value)):
            raise ValidationError(reason, code="too_far")


class PrinterForm(PortalModelForm):
    """One printer of `office`; its offsets in millimetres."""

    front_x = OffsetField(label=_("Front: move to the right (mm)"))
    front_y = OffsetField(label=_("Front: move down (mm)"))
    back_x = OffsetField(label=_("Back: move to the right (mm)"))
    back_y = OffsetField(label=_("Back: move down (mm)"))

    class Meta:
        model = Printer
        fields = ["name", "paper", "stock", "flip", "tray_note", *OFFSETS, "is_active"]
        labels = {
            "name": _("Name"),
            "paper": _("Paper"),
            "stock": _("Stock"),
            "flip": _("Two-sided: the sheet is turned on the"),
            "tray_note": _("Tray, and how to lay in"),
            "is_active": _("In use"),
        }
        help_texts = {
            "name": _(
                "As people at the office call it, for example “Printer loket 2”."
            ),
            "tray_note": _(
                "Shown with every print run, for example “Rear tray, yellow side up”."
            ),
            "flip": _(
                "As the printer is set. If the back comes out upside down, choose the"
                " other one."
            ),
        }
        error_messages = {"name": {"required": _("Enter a name for the printer.")}}
        widgets = {
            "paper": forms.RadioSelect,
            "stock": forms.RadioSelect,
            "flip": forms.RadioSelect,
        }

    def __init__(self, *args, office: Office, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office
        for name in ("paper", "stock", "flip"):
            field = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]
        if self.instance.pk is None:
            del self.fields["is_active"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        same = self.office.printers.filter(name__iexact=name)
        if same.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("A printer of this name exists already."))
        return name


class CalibrationForm(PortalForm):
    """By how much a sheet missed that was printed with the offsets `printed_with`."""

    printed_with = forms.CharField(widget=forms.HiddenInput)
    front_x = MillimetreField(label=_("Front: too far to the right (mm)"))
    front_y = MillimetreField(label=_("Front: too far down (mm)"))
    back_x = MillimetreField(label=_("Back: too far to the right (mm)"))
    back_y = MillimetreField(label=_("Back: too far down (mm)"))

    def __init__(self, *args, printer: Printer, **kwargs):
        now = " ".join(map(str, printer.offsets))
        super().__init__(*args, initial={"printed_with": now}, **kwargs)

    def clean_printed_with(self) -> tuple[int, ...]:
        written = self.cleaned_data["printed_with"]
        if not re.fullmatch(r"(-?\d{1,4} ){3}-?\d{1,4}", written):
            raise ValidationError(_("This page is out of date. Open it again."))
        return tuple(map(int, written.split()))

    def clean(self):
        answers = super().clean()
        had = dict(zip(OFFSETS, answers.get("printed_with", ()), strict=False))
        for name in had:
            missed = answers.get(name)
            if missed is not None and (reason := rules.bars_offset(had[name] - missed)):
                self.add_error(name, reason)
        return {**answers, "measured": tuple(answers.get(name) for name in OFFSETS)}
