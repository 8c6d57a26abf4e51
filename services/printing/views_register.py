"""The register of prints, to read and to take along."""

from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from ak1portal.audience import for_readers
from ak1portal.paging import page_of
from ak1portal.tables import table_response
from services.office.journal import note
from services.printing.register import Register

PER_PAGE = 50


@require_safe
@for_readers
def register(request):
    register = Register(request.officer.office, request.GET)
    page = page_of(register.prints, request.GET, PER_PAGE, by="-at")
    context = {"register": register, "page": page}
    return TemplateResponse(request, "cards/register.html", context)


@require_safe
@for_readers
def download(request):
    """What the page shows, all of it: it may be years. `bentuk` is csv or xlsx."""
    register = Register(request.officer.office, request.GET)
    asked = filter(None, (register.month, register.printer[:8], register.result))
    note(request.officer, "print_register", " · ".join(asked) or "–")
    form = request.GET.get("bentuk", "")
    return table_response(form, register.name, register.head, register.rows())
