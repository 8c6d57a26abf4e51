"""The search of the counter. Posted, never a link: what is typed is about a person.

A search is posted, never a link: a NIK or a name has no place in a URL or a log.
"""

from django import forms
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ak1portal.audience import for_readers
from ak1portal.forms import PortalForm, posted
from services.office.journal import note
from services.review.search import HINT, find


class SearchForm(PortalForm):
    words = forms.CharField(
        label=_("Name, date of birth, receipt, card number or NIK"),
        help_text=HINT,
        max_length=120,
        error_messages={"required": HINT},
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
@never_cache
def search(request):
    """One box; the newest application of everybody it may mean."""
    form = SearchForm(posted(request))
    context = {"form": form}
    if form.is_valid():
        found = find(form.cleaned_data["words"], request.officer.office)
        if found.hint:
            form.add_error("words", found.hint)
        else:
            # That somebody searched is written down; what they typed is not.
            note(request.officer, "search", str(len(found.applications)))
            context |= {
                "found": found,
                "rows": [
                    (one, getattr(one, "card", None)) for one in found.applications
                ],
            }
    return TemplateResponse(request, "review/search.html", context)
