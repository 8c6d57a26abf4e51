"""The check without a network: one page, what keeps it, the keys and the list.

The page says nothing about who opened it, so that a device may keep it.
"""

import base64
import hashlib
import json
import re

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ak1portal.audience import public
from ak1portal.devices import with_camera
from ak1portal.throttle import throttle
from services.office.models import Office
from services.signing import record
from services.verification.withdrawn import signed_list

TEMPLATE = "verification/offline.html"
WORKER = "js/verify-worker.js"
# Whoever has it asks whether it is still the newest; nobody else keeps it.
REVALIDATE = "no-cache"


@require_safe
@public
@with_camera
def page(request):
    response = TemplateResponse(request, TEMPLATE)
    response["Cache-Control"] = REVALIDATE
    return response


@require_safe
@public
def worker(request):
    """The service worker: which files it keeps, and then its own code.

    Served from /periksa/, because a worker governs what lies below its own address.
    Its version is what page and files say, in the reader's language: when one changes,
    the browser installs all of them anew.
    """
    # Without the request: nothing of the person who asks is on the page.
    html = render_to_string(TEMPLATE)
    files = _files_of(html)
    kept = {
        "version": _version(html, [*files, static(WORKER)]),
        "page": reverse("verification:offline"),
        "files": files,
    }
    script = (
        f"self.kept = {json.dumps(kept)};\n"
        f"importScripts({json.dumps(static(WORKER))});\n"
    )
    response = HttpResponse(script, content_type="text/javascript")
    response["Cache-Control"] = REVALIDATE
    return response


def _files_of(html: str) -> list[str]:
    """The addresses of all style sheets, scripts and pictures of the page."""
    asked_for = re.findall(r'(?:src|href)="([^"]+)"', html)
    return sorted({url for url in asked_for if url.startswith(settings.STATIC_URL)})


def _version(html: str, files: list[str]) -> str:
    said = hashlib.sha256(html.encode())
    for url in files:
        # In production the name of a file says what is in it, and none is found here.
        if path := finders.find(url.removeprefix(settings.STATIC_URL)):
            with open(path, "rb") as file:
                said.update(file.read())
        said.update(url.encode())
    return said.hexdigest()[:16]


@require_safe
@public
def keys(request):
    """Which keys sign, and which offices there are; asked for again at every visit."""
    return JsonResponse(
        {
            "keys": {
                str(key_id): base64.b64encode(key).decode()
                for key_id, key in record.public_keys().items()
            },
            "offices": {
                office.region_code: {
                    "name": office.name,
                    "government": office.government,
                    "phone": office.phone,
                    "zone": office.time_zone,
                }
                for office in Office.objects.all()
            },
        },
        headers={"Cache-Control": REVALIDATE},
    )


@require_safe
@public
def withdrawn(request):
    """The signed list of withdrawn numbers; a file that may also travel by hand."""
    throttle(request, "withdrawn")
    response = HttpResponse(
        signed_list(timezone.now()), content_type="text/plain; charset=utf-8"
    )
    response["Cache-Control"] = REVALIDATE
    return response
