"""What is typed in the print room about one card: reprint, hand-over, withdrawal."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalForm
from applicants.uploads import DOCUMENT_SIDE, MAX_BYTES, UploadProblem
from services.printing.letters import clean_letter
from services.printing.models import ReprintReason


class ReprintForm(PortalForm):
    """Why a card is printed once more. `too_long`: of how many bytes the request was,
    when it was so long that its file was not even read."""

    reason = forms.ChoiceField(
        label=_("Why is it printed again?"),
        choices=[
            (ReprintReason.LOST, _("It was lost (with a letter from the police)")),
            (ReprintReason.DAMAGED, _("It is damaged")),
            (ReprintReason.MISPRINT, _("It was misprinted")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the card is printed again.")},
    )
    police_letter = forms.CharField(
        label=_("Lost: number of the police letter"),
        help_text=_("As it stands on the letter, for example SKTLK/12/XI/2026."),
        max_length=60,
        required=False,
    )
    letter = forms.FileField(
        label=_("Lost: photo or scan of the police letter"),
        help_text=_("JPG, PNG or PDF, at most two pages."),
        required=False,
        widget=forms.FileInput(
            attrs={
                "accept": "image/jpeg,image/png,application/pdf",
                "data-shrink": DOCUMENT_SIDE,
            }
        ),
    )
    old_card_returned = forms.BooleanField(
        label=_("Damaged or misprinted: the old card was returned"), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    optional_is_obvious = True

    def __init__(self, *args, too_long: int = 0, **kwargs):
        super().__init__(*args, **kwargs)
        self.too_long = too_long

    def clean(self):
        answers = super().clean()
        reason = answers.get("reason")
        if reason == ReprintReason.LOST:
            self._clean_lost(answers)
        elif reason and not answers.get("old_card_returned"):
            self.add_error(
                "old_card_returned",
                _("Take the old card back first, and tick this box."),
            )
        if reason != ReprintReason.LOST:
            answers["letter"] = None
        return answers

    def _clean_lost(self, answers):
        if not answers.get("police_letter") and "police_letter" not in self.errors:
            self.add_error(
                "police_letter", _("Write the number of the letter from the police.")
            )
        # Django's own field would say in its own words that a file is empty.
        self.errors.pop("letter", None)
        try:
            if self.too_long:
                found = filesizeformat(self.too_long)
                limit = filesizeformat(MAX_BYTES)
                raise UploadProblem("too_large", found=found, limit=limit)
            answers["letter"] = clean_letter(self.files.get("letter"))
        except UploadProblem as problem:
            self.add_error("letter", problem)


def too_long(request) -> int:
    """The bytes of a request whose file was not read into memory; 0 of all others."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    read = request.FILES or length <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    return 0 if read else length


class HandOverForm(PortalForm):
    to = forms.CharField(
        label=_("Handed over to"),
        max_length=100,
        error_messages={"required": _("Enter who received the card.")},
    )
    identity_seen = forms.ChoiceField(
        label=_("Identity seen"),
        choices=[
            ("KTP", _("KTP of the holder")),
            ("KK", _("Family card and another paper of the holder")),
            ("Kuasa", _("Letter of authority and KTP of the person who collects")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you were shown.")},
    )


class VoidForm(PortalForm):
    reason = forms.CharField(
        label=_("Why is the card withdrawn?"),
        help_text=_("The holder will read this. The number is never used again."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why the card is withdrawn.")},
    )
