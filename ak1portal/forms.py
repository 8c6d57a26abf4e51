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

Printed answers are one line of Latin letters: what the card's typeface cannot draw is
refused where it is typed, not in the print room.
"""

import re
import uuid
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import phonenumbers
from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ak1portal.text import tidy


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


class Tidied:
    """A form that reads every answer as it was meant (ak1portal.text.tidy).

    Before any field sees it, so that a new field cannot forget; passwords stay as they
    were typed.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self._tidied(self.data)

    def _tidied(self, sent):
        kept = {
            self.add_prefix(name)
            for name, field in self.fields.items()
            if isinstance(field.widget, forms.PasswordInput)
        }
        lists = sent.lists() if hasattr(sent, "lists") else _each_in_a_list(sent)
        return MultiValueDict(
            {
                name: [
                    tidy(value)
                    if isinstance(value, str) and name not in kept
                    else value
                    for value in values
                ]
                for name, values in lists
            }
        )


def _each_in_a_list(sent):
    return [
        (name, value if isinstance(value, list) else [value])
        for name, value in sent.items()
    ]


class _Portal(Tidied):
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
        # A month may be written as a word, and pasted with spaces.
        for part, size, most in (("day", 2, 4), ("month", 2, 12), ("year", 4, 6)):
            box = {"inputmode": "numeric", "size": size, "maxlength": most}
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


# “Mei”, “agu”, “August”: as people write a month, and the number of it.
_MONTH_NAMES = (
    "januari jan january|februari feb february peb pebruari|maret mar march|"
    "april apr|mei may|juni jun june|juli jul july|agustus agu ags agt aug august|"
    "september sep sept|oktober okt oct october|november nov nopember nop|"
    "desember des dec december"
)
MONTHS = {
    name: str(number)
    for number, names in enumerate(_MONTH_NAMES.split("|"), start=1)
    for name in names.split()
}


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
        parts[1] = MONTHS.get(parts[1].lower().rstrip("."), parts[1])
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
        if re.search(r"[^\d\s()+./‒–—-]", value) or not (
            phonenumbers.is_valid_number(number) or _may_be_mobile(number)
        ):
            raise self._error()
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def prepare_value(self, value):
        """A stored Indonesian number as it is spoken; anything typed stays as it is."""
        if isinstance(value, str) and re.fullmatch(r"\+62\d{8,13}", value):
            number = phonenumbers.parse(value)
            return phonenumbers.format_number(
                number, phonenumbers.PhoneNumberFormat.NATIONAL
            )
        return value

    def _error(self):
        return ValidationError(self.error_messages["invalid"], code="invalid")


def _may_be_mobile(number) -> bool:
    """Indonesian, and as long as mobile numbers are: operators give out new ones before
    any table knows them."""
    digits = str(number.national_number)
    return number.country_code == 62 and bool(re.fullmatch(r"8[0-9]{8,12}", digits))


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


class MeasureField(forms.IntegerField):
    """A length in centimetres or a weight in kilograms, with its unit or without.

    “165”, “165 cm”, “165,5”, “1,65 m” for `unit` "cm"; “55”, “55 kg” for "kg". Cleans
    to a whole number, halves upwards.
    """

    def __init__(self, *, unit: str, **kwargs):
        self.unit = unit
        attrs = {"inputmode": "decimal", "autocomplete": "off", "size": 6}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            value = self._whole(value.strip().lower().rstrip("."))
        return super().to_python(value)

    def _whole(self, text: str) -> str:
        written = re.fullmatch(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?\s*(cm|m|kg)?", text)
        unit = (written[3] or self.unit) if written else ""
        if not written or (unit != self.unit and (unit, self.unit) != ("m", "cm")):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number = Decimal(f"{written[1]}.{written[2] or 0}")
        if unit == "m":
            number *= 100
        return str(int(number.to_integral_value(ROUND_HALF_UP)))


class RupiahInput(forms.TextInput):
    template_name = "ak1/rupiah.html"


MANY = {"juta": 1_000_000, "jt": 1_000_000, "ribu": 1000, "rb": 1000}


class RupiahField(forms.IntegerField):
    """Whole rupiah: “2.500.000”, “Rp 2.500.000,00”, “2,5 juta”. Cleans to int."""

    default_error_messages = {
        "required": _("Enter an amount in rupiah, for example 2.500.000."),
        "invalid": _("Enter an amount in rupiah, for example 2.500.000."),
    }
    # One figure behind the comma or full stop, or two: three would be thousands.
    MILLIONS = re.compile(
        r"(?:rp)?\.?\s*([0-9]{1,4}(?:[.,][0-9]{1,2})?)\s*(juta|jt|ribu|rb)",
        re.IGNORECASE,
    )
    WRITTEN = re.compile(
        r"(?:rp)?\.?\s*([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?:00|-|--))?",
        re.IGNORECASE,
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
            if millions := self.MILLIONS.fullmatch(value.strip()):
                number = Decimal(millions[1].replace(",", "."))
                value = str(int(number * MANY[millions[2].lower()]))
            elif written := self.WRITTEN.fullmatch(value.strip()):
                value = written[1].replace(".", "")
            else:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value):
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value
