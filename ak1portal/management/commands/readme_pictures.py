"""The pictures of README, taken of the demo: a card and the page of a case."""

import io
import shutil
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pypdfium2
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse
from PIL import Image

from applicants.models import User
from services.issuance.models import Application, Card
from services.issuance.workflow import Status

WIDTH = 1000
# A page with pictures should come quickly on a bad line too.
MOST_BYTES = 60_000
HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Take the pictures of README from the demo and write them to --out (WebP)."

    def add_arguments(self, parser):
        parser.add_argument(
            "--out", type=Path, default=settings.BASE_DIR / "static/img"
        )

    def handle(self, *, out, **options):
        if not settings.DEVELOPMENT:
            raise CommandError("It signs in as demo people: only with DEBUG on.")
        self._keep(out / "readme-card.webp", _card())
        self._keep(out / "readme-case.webp", _case())

    def _keep(self, path, picture):
        picture.thumbnail((WIDTH, WIDTH * 2))
        for quality in (85, 75, 65, 50):
            file = io.BytesIO()
            picture.save(file, "WEBP", quality=quality, method=6)
            if file.tell() <= MOST_BYTES:
                break
        path.write_bytes(file.getvalue())
        self.stdout.write(f"{path.name}: {file.tell() / 1000:.0f} kB")


def _card() -> Image.Image:
    """The first page of a card that was finished."""
    card = Card.objects.exclude(finished_at=None).order_by("created_at").first()
    if card is None:
        raise CommandError("The demo has no finished card: manage.py demo --prepare")
    with pypdfium2.PdfDocument(card.read_page()) as document:
        return document[0].render(scale=2).to_pil().convert("RGB")


def _case() -> Image.Image:
    """What an officer sees of a case that waits."""
    # Of the development group: only whoever works on the portal takes pictures.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    handed_in = Application.objects.exclude(receipt=None).order_by("submitted_at")
    case = handed_in.filter(status=Status.SUBMITTED).first() or handed_in.first()
    client = Client(HTTP_HOST=HOST)
    client.force_login(User.objects.get(email="petugas@demo.ak1.test"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    handler = StaticFilesHandler(get_wsgi_application())
    with make_server(HOST, 0, handler, _Server, _Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        origin = f"http://{HOST}:{server.server_port}"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--headless", "--no-sandbox", "--disable-gpu"],
            )
            context = browser.new_context(
                viewport={"width": 1280, "height": 860}, locale="id-ID"
            )
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": origin}]
            )
            page = context.new_page()
            page.goto(origin + reverse("review:detail", args=[case.token]))
            page.wait_for_load_state("networkidle")
            shot = page.screenshot()
            browser.close()
        server.shutdown()
    return Image.open(io.BytesIO(shot)).convert("RGB")


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *args):
        """Addresses hold tokens, and nobody reads them here."""
