"""What is asked about work that was found, and at the desk of the register."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import KeyedForm, PortalForm, SplitDateField
from applicants import codes
from services.issuance.models import Card, Inactive
from services.registry.actions import KBLI
from services.registry.models import Receiver
from services.verification.codes import code_in, is_number
from services.verification.lookup import card_of

# Work may be agreed on before it begins, but not for ever.
DAYS_AHEAD = 90


class _StartForm(PortalForm):
    """Since when somebody works: not before the card, and not in a far future."""

    def __init__(self, *args, card: Card, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.card, self.today = card, today

    def clean_started_on(self):
        day = self.cleaned_data["started_on"]
        if day < self.card.issued_on:
            raise ValidationError(
                _("The card was issued on %(day)s; enter a day from then on."),
                params={"day": date_format(self.card.issued_on, "j F Y")},
            )
        if day > self.today + timedelta(days=DAYS_AHEAD):
            raise ValidationError(_("This day is too far ahead. Enter a nearer one."))
        return day


class PlacementForm(_StartForm):
    """Work that was found. The fields are the arguments of `actions.place`."""

    employer = forms.CharField(
        label=_("Where do you work? Name of the company, office or person"),
        max_length=100,
        error_messages={"required": _("Enter the name of the employer.")},
    )
    receiver = forms.ChoiceField(
        label=_("What kind of employer is it?"),
        choices=Receiver,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of employer it is.")},
    )
    sector = forms.ChoiceField(
        label=_("What does the employer do?"),
        help_text=_("The main thing the employer makes or does."),
        choices=lambda: [
            ("", _("Choose one")),
            *((s.code, str(s)) for s in codes.sectors(KBLI).values()),
        ],
        error_messages={"required": _("Choose what the employer does.")},
    )
    job_title = forms.CharField(
        label=_("What is the job called?"),
        help_text=_("For example: sewing operator, cashier, driver."),
        max_length=100,
        error_messages={"required": _("Enter what the job is called.")},
    )
    job_group = forms.ChoiceField(
        label=_("Which group of jobs is it in?"),
        choices=lambda: [("", _("Choose one")), *codes.job_group_choices()],
        error_messages={"required": _("Choose the group of jobs.")},
    )
    kind = forms.ChoiceField(
        label=_("Where is the work?"),
        choices=codes.PlacementKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the work is.")},
    )
    started_on = SplitDateField(label=_("First day of work"))


class DeskPlacementForm(PlacementForm):
    """The same questions, asked of somebody who stands at the counter."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["employer"].label = _("Name of the company, office or person")


class HiredForm(KeyedForm, _StartForm):
    """What an employer without an account tells: nothing about the holder but when."""

    company = forms.CharField(
        label=_("Name of your company or office"),
        max_length=100,
        error_messages={"required": _("Enter the name of your company or office.")},
    )
    contact = forms.CharField(
        label=_("Your name and telephone number or e-mail"),
        help_text=_("Only the labour office reads this, if it has a question."),
        max_length=150,
        error_messages={"required": _("Enter how the office can reach you.")},
    )
    started_on = SplitDateField(label=_("First day of work"))


class EmployerForm(PortalForm):
    """The card that an employer has in hand. Cleans to the Card itself."""

    code = forms.CharField(
        label=_("Link or code of the card"),
        help_text=_("Scan the square code (QR) on the card, and paste the link here."),
        max_length=400,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "off",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Type or paste the link or code of the card.")},
    )

    def clean_code(self):
        typed = self.cleaned_data["code"]
        code = code_in(typed)
        card = card_of(code) if code else None
        if card:
            return card
        if not code and is_number(typed):
            raise ValidationError(
                _(
                    "This is a number. A number can be copied by anybody, so we ask for"
                    " the code: scan the square code (QR) of the card."
                )
            )
        raise ValidationError(
            _("This is not the code of a card of ours. Scan the card once more.")
        )


class RemovalForm(PortalForm):
    """At the desk: why the holder looks for work no more."""

    why = forms.ChoiceField(
        label=_("Why?"),
        choices=[
            (why.value, why.label)
            for why in (Inactive.REQUEST, Inactive.MOVED, Inactive.DIED)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )


class NumberForm(PortalForm):
    """A card by its registration number, as anybody types it."""

    optional_is_obvious = True
    nomor = forms.CharField(
        label=_("Registration number of the card"),
        help_text=_("Spaces and full stops do not matter."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"class": "digits-input", "autocomplete": "off", "size": 26}
        ),
        error_messages={"required": _("Type the number that stands on the card.")},
    )
