"""What is typed about a card by somebody who saw it."""

from datetime import timedelta

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import KeyedForm, PhoneField, PortalForm, SplitDateField
from applicants import uploads
from services.office.models import Office
from services.verification.codes import code_in, is_number
from services.verification.lookup import origin_of

# Nothing of it is a word.
VERBATIM = {"autocomplete": "off", "spellcheck": "false"}


class CheckForm(PortalForm):
    """The code of a card. Cleans to a code or token, as it stands in the link."""

    code = forms.CharField(
        label=_("Link or code of the card"),
        help_text=_("Capitals, spaces and hyphens do not matter."),
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
        if code := code_in(typed):
            return code
        if is_number(typed):
            raise ValidationError(
                _(
                    "This is a number. A number alone cannot be checked, because"
                    " anybody can copy it onto another paper. Scan the square code"
                    " (QR) of the card, or ask the holder for its link."
                )
            )
        raise ValidationError(
            _(
                "This is not the code of a card. It is the last part of the link in"
                " the square code (QR): scan it again and paste the whole link."
            )
        )


class ReportForm(KeyedForm):
    """A card that looks forged: what was seen, where, and how to ask back."""

    seen = forms.CharField(
        label=_("Code, link or number on the card"),
        help_text=_("Paste the link from the square code (QR), or type the number."),
        max_length=400,
        widget=forms.TextInput(attrs=VERBATIM),
        error_messages={"required": _("Enter the code or number you saw.")},
    )
    office = forms.ModelChoiceField(
        label=_("Office named on the card"),
        queryset=Office.objects.all(),
        required=False,
        empty_label=_("Choose an office"),
    )
    where = forms.CharField(
        label=_("Where did you see it?"),
        help_text=_("For example: with a job application to a factory in Cilacap."),
        max_length=200,
        error_messages={"required": _("Write where you saw the card.")},
    )
    seen_on = SplitDateField(label=_("When did you see it?"))
    wrong = forms.CharField(
        label=_("What looks wrong?"),
        help_text=_(
            "For example: the photo is glued over, or the check says that the code is"
            " not ours."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what looks wrong.")},
    )
    photo = forms.FileField(
        label=_("A photo of the card"),
        help_text=_("JPG or PNG. Only the office sees it."),
        required=False,
        allow_empty_file=True,  # applicants.uploads says it in its own words
        widget=forms.FileInput(
            attrs={
                "accept": "image/jpeg,image/png",
                "data-shrink": uploads.DOCUMENT_SIDE,
            }
        ),
    )
    name = forms.CharField(label=_("Your name"), max_length=100, required=False)
    phone = PhoneField(label=_("Telephone"), required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Write an e-mail address, like nama@contoh.id.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        seen = self.data.get("seen") if self.is_bound else self.initial.get("seen")
        self.office, self.card = origin_of(seen or "")
        offices = Office.objects.all()[:2]
        if self.office is None and len(offices) == 1:
            self.office = offices[0]
        if self.office:
            del self.fields["office"]  # nobody is asked what we know

    def layout(self):
        asked = [name for name in ("seen", "office", "photo") if name in self.fields]
        return Layout(
            "key",
            Fieldset(_("The card"), *asked),
            Fieldset(_("What happened"), "where", "seen_on", "wrong"),
            Fieldset(_("May we ask back?"), "name", "phone", "email"),
        )

    def clean_seen_on(self):
        day = self.cleaned_data["seen_on"]
        # A day in hand, because the country has three clocks.
        if day and day > timezone.localdate() + timedelta(days=1):
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self):
        """Adds the office and the card; then, if all is well, opens the photo."""
        answers = super().clean()
        answers["card"] = self.card
        answers["office"] = self.office or answers.get("office")
        if not answers["office"] and not self.has_error("office"):
            self.add_error(
                "office",
                _("Choose the office that is named on the card, or the nearest one."),
            )
        if answers.get("photo") and not self.errors:
            answers["photo"] = self._clean_photo(answers["photo"])
        return answers

    def _clean_photo(self, file):
        """The first page, made safe; the file is opened in a process of its own."""
        try:
            pages = uploads.clean_document(file)
        except ValidationError as error:
            self.add_error("photo", error)
            return None
        return pages[0]

    @property
    def told(self) -> dict:
        """What is kept of the answers, as text, without what was left empty."""
        answers = self.cleaned_data
        kept = {
            name: answers.get(name)
            for name in ("seen", "where", "seen_on", "wrong", "name", "phone", "email")
        }
        return {name: str(answer) for name, answer in kept.items() if answer}


class CloseForm(PortalForm):
    note = forms.CharField(
        label=_("What did you find, and what was done?"),
        help_text=_("Only the office reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you found.")},
    )
