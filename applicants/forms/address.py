"""Where somebody lives: four lists of regions, each below the one before."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalForm
from applicants import regions
from applicants.models import Applicant, Region


def _digits(length: int) -> dict:
    """The look of a box for a few digits."""
    return {"inputmode": "numeric", "maxlength": length, "size": length}


def _choose(sentence) -> dict:
    """Nothing chosen, or something that lies in another region: the same to do."""
    return {"required": sentence, "invalid_choice": sentence}


class AddressForm(PortalForm):
    """The four levels of the region depend on each other; any may be still empty.

    Without JavaScript the button “show the choices” sends the form back with the next
    list filled in.
    """

    LEVELS = ("province", "regency", "district", "village")

    street = forms.CharField(
        label=_("Street, number or hamlet"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Give your street or hamlet.")},
    )
    rt = forms.CharField(
        label=_("RT"),
        required=False,
        validators=[RegexValidator(r"^[0-9]{1,3}\Z", _("RT: up to three digits."))],
        widget=forms.TextInput(attrs=_digits(3)),
    )
    rw = forms.CharField(
        label=_("RW"),
        required=False,
        validators=[RegexValidator(r"^[0-9]{1,3}\Z", _("RW: up to three digits."))],
        widget=forms.TextInput(attrs=_digits(3)),
    )
    province = forms.ModelChoiceField(
        label=_("Province"),
        queryset=Region.objects.none(),
        empty_label=_("Choose"),
        error_messages=_choose(_("Choose your province.")),
    )
    regency = forms.ModelChoiceField(
        label=_("Regency or city"),
        queryset=Region.objects.none(),
        empty_label=_("Choose"),
        error_messages=_choose(_("Choose your regency or city.")),
    )
    district = forms.ModelChoiceField(
        label=_("District (kecamatan)"),
        queryset=Region.objects.none(),
        empty_label=_("Choose"),
        error_messages=_choose(_("Choose your district.")),
    )
    village = forms.ModelChoiceField(
        label=_("Village (desa/kelurahan)"),
        queryset=Region.objects.none(),
        empty_label=_("Choose"),
        error_messages=_choose(_("Choose your village.")),
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        required=False,
        validators=[RegexValidator(r"^[0-9]{5}\Z", _("Postal code: five digits."))],
        widget=forms.TextInput(attrs=_digits(5)),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        above = ""
        for level in self.LEVELS:
            field = self.fields[level]
            field.queryset = (
                regions.children(above)
                if above is not None
                else (Region.objects.none())
            )
            field.widget.attrs["data-region"] = level
            above = self._chosen(level, field.queryset)

    def _chosen(self, level, queryset) -> str | None:
        """The code chosen at this level, when it lies in what was chosen above."""
        code = (
            self.data.get(self.add_prefix(level))
            if self.is_bound
            else self.initial.get(level)
        )
        # What is no number is no code, and a NUL byte would even stop the query.
        is_code = bool(code) and code.isascii() and code.isdigit()
        return code if is_code and queryset.filter(pk=code).exists() else None

    def clean(self):
        data = super().clean()
        for level in self.LEVELS[:-1]:
            data.pop(level, None)
        return data

    @staticmethod
    def answers(applicant: Applicant) -> dict:
        """The initial values that show what this person told before."""
        chain = regions.lineage(applicant.village_id) if applicant.village_id else []
        return {
            "street": applicant.street,
            "rt": applicant.rt,
            "rw": applicant.rw,
            "postal_code": applicant.postal_code,
            **dict(zip(AddressForm.LEVELS, chain, strict=False)),
        }
