"""How the portal asks: base classes of all forms, and the answers Indonesians write.

A page shows a form with `{% include "components/_form.html" with form=form label=… %}`.
A page that needs more than one button writes the form tag itself:

    {% load crispy_forms_tags %}
    <form method="post" novalidate>
      {% csrf_token %}
      {% crispy form %}
      <div class="actions">…</div>
    </form>

`{% crispy form %}` shows the error summary and every field in the template pack `ak1`
(templates/ak1/); it never writes the form tag. `novalidate`, because the browser's own
messages are neither ours nor in the page's language. What was typed is never lost: a
field that does not understand an answer shows it again as it was written.
"""

import re
import uuid
from datetime import date

import phonenumbers
from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def posted(request):
    """What a form is bound to: the answers of a POST, however empty; else None."""
    return request.POST if request.method == "POST" else None


def sent_files(request, name: str) -> MultiValueDict | None:
    """The files of a POST, for the form; None where there are none.

    A request that is longer than we take is not read into memory at all. Its file
    stands here under `name` with nothing but its size, so that the form can say so.
    """
    if request.method != "POST" or request.FILES:
        return request.FILES or None
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    is_read = length <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    return None if is_read else MultiValueDict({name: [TooLong(length)]})


class TooLong:
    """A file that was not read, because it is `size` bytes long."""

    name = "file"

    def __init__(self, size: int):
        self.size = size


def one_line(text: str) -> None:
    """Refuse what the card's typeface cannot draw and what no keyboard types.

    Line breaks, control and direction characters, and other scripts than Latin; the
    identity card itself is written in Latin letters.
    """
    for letter in text:
        if not letter.isprintable() or not (
            ord(letter) < 0x250 or letter in PUNCTUATION
        ):
            raise ValidationError(
                _("Write this on one line, with Latin letters, digits and signs."),
                code="one_line",
            )


PUNCTUATION = "‐‑‒–—‘’‚“”„•…′″ʻʼ×€"


class _Portal:
    """What all forms share."""

    # Screen readers announce a `required` field that is still empty as an error.
    use_required_attribute = False
    # Search and filter forms: nobody expects to fill in everything there.
    optional_is_obvious = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field) is forms.CharField and not isinstance(
                field.widget, forms.Textarea
            ):
                field.validators = [*field.validators, one_line]
            # The summary above the form must say which answer is missing.
            said = field.error_messages.get("required")
            if said is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = format_lazy(
                    _("Fill in “{label}”."), label=field.label or ""
                )

    def layout(self):
        """A crispy Layout where fields stand in groups; None: one after another."""
        return None

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = self.layout()
        # A field that the layout forgot is shown rather than silently not asked.
        helper.render_unmentioned_fields = True
        return helper


class PortalForm(_Portal, forms.Form):
    """A form that belongs to no model."""


class PortalModelForm(_Portal, forms.ModelForm):
    """A form of one model. It cleans; an action saves."""


class KeyedForm(PortalForm):
    """A form that creates or decides something: sent twice, it acts once.

    The key is drawn when the page is shown and stays the same when the form comes back
    with errors, so the second click carries the key of the first.
    """

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={
            "required": _("This page is out of date. Open it again."),
            "invalid": _("This page is out of date. Open it again."),
        },
    )


class SplitDateInput(forms.MultiWidget):
    """Day, month and year in three boxes: no calendar to scroll back twenty years."""

    template_name = "ak1/split_date.html"
    LABELS = (_("Day"), _("Month"), _("Year"))

    def __init__(self, autocomplete="", attrs=None):
        parts = {}
        for part, size in (("day", 2), ("month", 2), ("year", 4)):
            box = {"inputmode": "numeric", "size": size, "maxlength": size}
            box["autocomplete"] = f"{autocomplete}-{part}" if autocomplete else "off"
            parts[part] = forms.TextInput(attrs=box)
        super().__init__(parts, attrs)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, label in zip(
            context["widget"]["subwidgets"], self.LABELS, strict=True
        ):
            part["label"] = label
        return context

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else ["", "", ""]


class SplitDateField(forms.Field):
    """A date written as day, month, year. Cleans to `datetime.date` or None.

    `autocomplete="bday"` lets the browser fill in the person's own date of birth.
    """

    default_error_messages = {
        "required": _("Enter the date, for example 17 8 2001."),
        "incomplete": _("Enter the day, the month and the year."),
        "invalid": _("Enter a real date, for example 17 8 2001."),
        "short_year": _("Write the year with four digits, for example 2001."),
    }

    def __init__(self, *, autocomplete="", **kwargs):
        kwargs.setdefault("widget", SplitDateInput(autocomplete))
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, date) or value is None:
            return value
        parts = [(part or "").strip() for part in value]
        if not any(parts):
            return None
        if not all(parts):
            raise self._error("incomplete")
        if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
            raise self._error("invalid")
        if len(parts[2]) != 4:
            raise self._error("short_year")
        day, month, year = map(int, parts)
        try:
            return date(year, month, day)
        except ValueError:
            raise self._error("invalid") from None

    def _error(self, code):
        return ValidationError(self.error_messages[code], code=code)


class DigitsInput(forms.TextInput):
    """One box for a long number, set in digits of one width (NIK, registration number).

    Roomier than the number, because people paste it with spaces and dots.
    """

    def __init__(self, length, attrs=None):
        own = {
            "class": "digits-input",
            "inputmode": "numeric",
            "autocomplete": "off",
            "spellcheck": "false",
            "size": length + 4,
            "maxlength": length * 2,
        }
        super().__init__({**own, **(attrs or {})})


class PhoneField(forms.CharField):
    """A telephone number as people write it (08…, 62…, +62…). Cleans to E.164."""

    default_error_messages = {
        "required": _("Enter a telephone number, for example 0812 3456 7890."),
        "invalid": _("Enter a real telephone number, for example 0812 3456 7890."),
    }

    def __init__(self, **kwargs):
        attrs = {"type": "tel", "autocomplete": "tel", "size": 20}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return value
        try:
            number = phonenumbers.parse(re.sub(r"^\s*62", "+62", value), "ID")
        except phonenumbers.NumberParseException:
            raise self._error() from None
        # Letters would be read as keys of a telephone (0800-AK-SATU).
        if re.search(r"[^\d\s()+./-]", value) or not phonenumbers.is_valid_number(
            number
        ):
            raise self._error()
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def prepare_value(self, value):
        """A stored Indonesian number as it is spoken; anything typed stays as it is."""
        if isinstance(value, str) and re.fullmatch(r"\+62\d{8,12}", value):
            number = phonenumbers.parse(value)
            return phonenumbers.format_number(
                number, phonenumbers.PhoneNumberFormat.NATIONAL
            )
        return value

    def _error(self):
        return ValidationError(self.error_messages["invalid"], code="invalid")


class YearField(forms.IntegerField):
    """A year of somebody's life, not in the future. Cleans to int."""

    default_error_messages = {
        "required": _("Enter the year, for example 2019."),
        "invalid": _("Write the year with four digits, for example 2019."),
        "future": _("Enter a year that is not in the future."),
    }
    EARLIEST = 1940

    def __init__(self, **kwargs):
        attrs = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "size": 4,
            "maxlength": 4,
        }
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        if not self.EARLIEST <= value <= 9999:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if value > timezone.localdate().year:
            raise ValidationError(self.error_messages["future"], code="future")


class RupiahInput(forms.TextInput):
    template_name = "ak1/rupiah.html"


class RupiahField(forms.IntegerField):
    """Whole rupiah: “2.500.000”, “2500000”, “Rp 2.500.000,00”. Cleans to int."""

    default_error_messages = {
        "required": _("Enter an amount in rupiah, for example 2.500.000."),
        "invalid": _("Enter an amount in rupiah, for example 2.500.000."),
    }
    WRITTEN = re.compile(
        r"(?:rp)?\.?\s*([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?:00|-))?", re.IGNORECASE
    )

    def __init__(self, **kwargs):
        attrs = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "size": 14,
            "maxlength": 24,
        }
        kwargs.setdefault("widget", RupiahInput(attrs=attrs))
        # PostgreSQL's integer holds no more.
        super().__init__(min_value=0, max_value=2_147_483_647, **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            written = self.WRITTEN.fullmatch(value.strip())
            if not written:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            value = written[1].replace(".", "")
        return super().to_python(value)

    def prepare_value(self, value):
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value
