"""How long the server works on each page, and how many queries it asks."""

import json
import statistics
import time
from ipaddress import ip_address
from itertools import count
from random import randrange

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, reset_queries
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applicants.models import User
from services.hall.models import HallRule
from services.issuance.models import Application, Card
from services.issuance.workflow import Status

HOST = "127.0.0.1"
SECTIONS = (
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
        for audience, client, pages in _audiences():
            for page in pages:
                rows[f"{audience} {page}"] = _measure(client, page, repeat)
        seekers = [
            row["median_ms"]
            for page, row in rows.items()
            if page.startswith(("public ", "seeker ", "holder "))
        ]
        result = {
            "applications": Application.objects.count(),
            "slowest_seeker_median_ms": max(seekers),
            "slowest_median_ms": max(row["median_ms"] for row in rows.values()),
            "pages": rows,
        }
        self.stdout.write(json.dumps(result, indent=2))


def _audiences():
    """(who, their client, the pages they open all day)

    What nobody in this demo has yet is left out.
    """
    # One that waits for its authorisation, where there is one.
    card = Card.objects.order_by(F("authorised_at").asc(nulls_first=True)).first()
    held = Card.objects.filter(
        prints__handed_over_at__isnull=False,
        voided_at=None,
        application__applicant__user__isnull=False,
    ).first()
    asked = held.application if held else None
    draft = Application.objects.filter(
        applicant__user__email="pelamar@demo.ak1.test"
    ).latest("created_at")
    sent = Application.objects.filter(status=Status.SUBMITTED).first()
    yield (
        "public",
        Client(HTTP_HOST=HOST),
        [
            *_pages("home", "account_login", "account_signup", "issuance:status"),
            *_pages("verification:start", "verification:offline", "hall:halls"),
            *_pages("registry:employers"),
            *_of(held, "verification:card"),
            reverse("hall:screen", args=[HallRule.objects.first().screen_token]),
        ],
    )
    yield (
        "seeker",
        _client(draft.applicant.user),
        [
            *_pages(*(f"applicants:{name}" for name in SECTIONS)),
            reverse("applicants:upload", args=["ktp"]),
            *_of(draft, "issuance:detail", "issuance:preview", "issuance:check"),
            reverse("hall:take", args=[draft.office.region_code]),
        ],
    )
    if held:
        yield (
            "holder",
            _client(asked.applicant.user),
            [
                *_pages("issuance:tasks", "issuance:cards"),
                *_of(asked, "issuance:detail", "issuance:confirmation"),
                *_of(held, "registry:card"),
            ],
        )
    yield (
        "officer",
        _officer("petugas"),
        [
            *_pages("review:queue", "review:green", "desk:start", "desk:new"),
            *_pages("counter:desk", "register:home", "cards:register"),
            reverse("review:queue") + "?daftar=selesai",
            *_of(sent, "review:detail"),
            reverse("cards:list") + "?daftar=semua",
            *_of(card, "cards:detail"),
        ],
    )
    yield (
        "administrator",
        _officer("admin"),
        _pages("office:settings", "office:officers", "office:journal"),
    )


def _of(thing, *names) -> list[str]:
    """The pages of one application or card; none where there is none."""
    return [reverse(name, args=[thing.token]) for name in names] if thing else []


def _pages(*names) -> list[str]:
    return [reverse(name) for name in names]


def _officer(name) -> Client:
    return _client(User.objects.get(email=f"{name}@demo.ak1.test"))


def _client(user) -> Client:
    client = Client(HTTP_HOST=HOST)
    client.force_login(user)
    return client


def _measure(client, page, repeat) -> dict:
    """Median and slowest of `repeat` warm calls in milliseconds, and the queries."""
    # Each call comes from another address, so that none is one too many.
    strangers = map(ip_address, count(randrange(10 << 24, 11 << 24)))  # noqa: S311

    def call():
        return client.get(page, REMOTE_ADDR=str(next(strangers)))

    call()
    reset_queries()  # DEBUG keeps the last few thousand only, and then counts wrong
    with CaptureQueriesContext(connection) as queries:
        response = call()
    asked = len(queries)  # before the next request empties the list
    if response.status_code != 200:
        raise CommandError(f"{page} answered {response.status_code}.")
    times = []
    for _call in range(repeat):
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    return {
        "median_ms": round(statistics.median(times), 1),
        "max_ms": round(max(times), 1),
        "queries": asked,
        "kB": round(len(response.content) / 1000, 1),
    }
