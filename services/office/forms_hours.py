"""The week of an office and its holidays, as the administrator types them."""

import re
from datetime import time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalForm, PortalModelForm, SplitDateField
from services.office import hours, rules
from services.office.models import Holiday, Office

SPANS = 2


class ClockField(forms.Field):
    """A time as offices write it: 8, 8.00, 08:00, 0800. Cleans to `time` or None."""

    default_error_messages = {"invalid": _("Write a time of day, for example 08.00.")}
    WRITTEN = re.compile(r"([0-9]{1,2})(?:[.:]?([0-9]{2}))?")

    def __init__(self, **kwargs):
        attrs = {"size": 5, "maxlength": 5, "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), required=False, **kwargs)

    def to_python(self, value):
        value = (value or "").strip()
        if not value:
            return None
        try:
            hour, minute = self.WRITTEN.fullmatch(value).groups()
            return time(int(hour), int(minute or 0))
        except (AttributeError, ValueError):
            raise self._error() from None

    def prepare_value(self, value):
        return f"{value:%H.%M}" if isinstance(value, time) else value

    def _error(self):
        return ValidationError(self.error_messages["invalid"], code="invalid")


class WeekForm(PortalForm):
    """Two spans for each day of the week; `week()` gives what was typed as a Week."""

    optional_is_obvious = True

    def __init__(self, *args, week: hours.Week, **kwargs):
        super().__init__(*args, **kwargs)
        for day in WEEKDAYS:
            spans = [*week.get(day, ()), *[(None, None)] * SPANS]
            for place in range(SPANS):
                opens, closes = _boxes(day, place)
                self.fields[opens] = ClockField(
                    label=_("opens"), initial=spans[place][0]
                )
                self.fields[closes] = ClockField(
                    label=_("closes"), initial=spans[place][1]
                )

    def rows(self):
        """(day of the week, its spans as pairs of boxes) for the template."""
        return [
            (
                name,
                [[self[box] for box in _boxes(day, place)] for place in range(SPANS)],
            )
            for day, name in WEEKDAYS.items()
        ]

    def week(self) -> hours.Week:
        return {day: spans for day in WEEKDAYS if (spans := self._spans(day))}

    def clean(self):
        data = super().clean()
        for day, name in WEEKDAYS.items():
            for place in range(SPANS):
                self._clean_span(name, *_boxes(day, place))
            if hours.overlap(self._spans(day)):
                self.add_error(
                    _boxes(day, 1)[0],
                    _("%(day)s: the two times overlap.") % {"day": name},
                )
        return data

    def _clean_span(self, day, opens, closes):
        """Half a span is none, and neither is one that ends before it begins."""
        if opens in self.errors or closes in self.errors:
            return
        first, last = self.cleaned_data[opens], self.cleaned_data[closes]
        if (first is None) != (last is None):
            self.add_error(
                opens if first is None else closes,
                _("%(day)s: fill in both times, or neither.") % {"day": day},
            )
        elif first and hours.is_reversed((first, last)):
            self.add_error(closes, _("%(day)s: closes before it opens.") % {"day": day})

    def _spans(self, day) -> tuple[hours.Span, ...]:
        """The whole spans of a day that have no fault of their own."""
        found = [
            tuple(self.cleaned_data.get(box) for box in _boxes(day, place))
            for place in range(SPANS)
        ]
        return hours.in_order(span for span in found if None not in span)


def _boxes(day: int, place: int) -> tuple[str, str]:
    """The names of the two boxes of a span."""
    return f"opens_{day}_{place}", f"closes_{day}_{place}"


class HolidayForm(PortalModelForm):
    day = SplitDateField(label=_("Closed on"))

    class Meta:
        model = Holiday
        fields = ["day", "name"]
        labels = {"name": _("Name of the holiday")}

    def __init__(self, *args, office: Office, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office

    def clean_day(self):
        day = self.cleaned_data["day"]
        if reason := rules.bars_holiday(self.office, day):
            raise ValidationError(reason, code="twice")
        return day
