"""How long the server works on each page, and how many queries it asks."""

import json
import statistics
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applicants.models import User
from services.issuance.models import Application, Card
from services.issuance.workflow import Status

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = (
        "Ask every page --repeat times, warm, and print milliseconds and queries. Fill"
        " the demo first: manage.py demo --prepare --reset --people 1000."
    )

    def add_arguments(self, parser):
        parser.add_argument("--repeat", type=int, default=20)

    def handle(self, *, repeat, **options):
        if not settings.DEVELOPMENT:
            raise CommandError("It signs in as demo people: only with DEBUG on.")
        rows = {}
        for audience, client, pages in self._audiences():
            for page in pages:
                rows[f"{audience} {page}"] = _measure(client, page, repeat)
        slowest = max(rows.values(), key=lambda row: row["median_ms"])["median_ms"]
        result = {
            "applications": Application.objects.count(),
            "slowest_median_ms": slowest,
            "pages": rows,
        }
        self.stdout.write(json.dumps(result, indent=2))

    def _audiences(self):
        card = Card.objects.filter(authorised_at__isnull=False).first()
        draft = Application.objects.filter(
            applicant__user__email="pelamar@demo.ak1.test"
        ).latest("created_at")
        sent = Application.objects.filter(status=Status.SUBMITTED).first()
        done = Application.objects.filter(status=Status.APPROVED).first()
        yield (
            "public",
            Client(HTTP_HOST=HOST),
            [
                reverse("home"),
                reverse("account_login"),
                reverse("account_signup"),
                reverse("issuance:status"),
                reverse("verification:start"),
                reverse("verification:card", args=[card.token]),
            ],
        )
        yield (
            "seeker",
            _client(draft.applicant.user),
            [
                reverse("issuance:detail", args=[draft.token]),
                reverse("issuance:preview", args=[draft.token]),
                reverse("issuance:check", args=[draft.token]),
                *(
                    reverse(f"applicants:{name}")
                    for name in (
                        "profile",
                        "identity",
                        "general",
                        "address",
                        "education",
                        "training",
                        "languages",
                        "experience",
                        "wishes",
                    )
                ),
                reverse("applicants:upload", args=["ktp"]),
            ],
        )
        yield (
            "seeker",
            _client(done.applicant.user),
            [
                reverse("issuance:tasks"),
                reverse("issuance:detail", args=[done.token]),
                reverse("issuance:confirmation", args=[done.token]),
            ],
        )
        yield (
            "officer",
            _officer("petugas"),
            [
                reverse("review:queue"),
                reverse("review:queue") + "?daftar=selesai",
                reverse("review:detail", args=[sent.token]),
                reverse("cards:list") + "?daftar=semua",
                reverse("cards:detail", args=[card.token]),
            ],
        )
        yield (
            "administrator",
            _officer("admin"),
            [
                reverse("office:settings"),
                reverse("office:officers"),
                reverse("office:journal"),
            ],
        )


def _officer(name) -> Client:
    return _client(User.objects.get(email=f"{name}@demo.ak1.test"))


def _client(user) -> Client:
    client = Client(HTTP_HOST=HOST)
    client.force_login(user)
    return client


def _measure(client, page, repeat) -> dict:
    """Median and slowest of `repeat` warm calls in milliseconds, and the queries."""
    client.get(page)
    reset_queries()  # DEBUG keeps the last few thousand only, and then counts wrong
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page)
    if response.status_code != 200:
        raise CommandError(f"{page} answered {response.status_code}.")
    times = []
    for _call in range(repeat):
        begun = time.perf_counter()
        client.get(page)
        times.append((time.perf_counter() - begun) * 1000)
    return {
        "median_ms": round(statistics.median(times), 1),
        "max_ms": round(max(times), 1),
        "queries": len(queries),
        "kB": round(len(response.content) / 1000, 1),
    }
