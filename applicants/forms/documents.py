"""A file that is sent, and how a photo is cut."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ak1portal.forms import PortalForm


class UploadForm(PortalForm):
    """One file; `clean_with` makes safe pictures of it or says what is wrong."""

    # Not `required`, so that `clean_with` says in its own words that none was chosen.
    optional_is_obvious = True

    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args, clean_with, accept, longest_side, **kwargs):
        self.clean_with = clean_with
        super().__init__(*args, **kwargs)
        # static/js/upload.js makes a larger picture that small before it travels.
        self.fields["file"].widget.attrs.update(
            {"accept": accept, "data-shrink": longest_side}
        )

    def clean_file(self):
        file = self.files.get(self.add_prefix("file"))
        return self.clean_with(file)


class CropForm(PortalForm):
    """Where the photo is cut: zoom 100 to 300 percent, place in percent of the room."""

    zoom = forms.IntegerField(label=_("Closer"), min_value=100, max_value=300)
    x = forms.IntegerField(label=_("Left – right"), min_value=0, max_value=100)
    y = forms.IntegerField(label=_("Up – down"), min_value=0, max_value=100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (low, high) in {
            "zoom": (100, 300),
            "x": (0, 100),
            "y": (0, 100),
        }.items():
            self.fields[name].widget = forms.NumberInput(
                attrs={"type": "range", "min": low, "max": high, "step": 1}
            )
