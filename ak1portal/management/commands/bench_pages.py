"""How long the server works on each page, and how many queries it asks."""

import json
import statistics
import time
from datetime import timedelta
from ipaddress import ip_address
from itertools import count
from random import randrange
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from ak1portal.benches.many import tidy
from ak1portal.benches.past import MODELS, copy_past
from applicants.models import User
from services.hall.models import HallRule
from services.issuance.models import Application, Card
from services.issuance.workflow import Status
from services.printing.views import LISTS
from services.review.views_queue import LISTS as QUEUES

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
        parser.add_argument(
            "--cards",
            type=int,
            default=0,
            help="Measure the lists of an office that has handed over so many cards:"
            " they are made in one transaction, and nothing is left of them.",
        )

    def handle(self, *, repeat, cards, **options):
        if not settings.DEVELOPMENT:
            raise CommandError("It signs in as demo people: only with DEBUG on.")
        # As in production: nobody keeps a list of the queries.
        with override_settings(DEBUG=False):
            self._measure_all(repeat, cards)

    def _measure_all(self, repeat, cards):
        if cards:
            self.stdout.write(json.dumps(_lists_of(cards, repeat), indent=2))
            return
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


def _lists_of(count: int, repeat: int) -> dict:
    """The lists of the demo's office with a past of `count` cards more."""
    with transaction.atomic():
        begun = time.perf_counter()
        copy_past(_held(), count)
        seeded = time.perf_counter() - begun
        head = _officer("pengantar")
        pages = {page: _measure(head, page, repeat) for page in _lists()}
        transaction.set_rollback(True)
    tidy(*MODELS)
    return {
        "cards": count,
        "seeded_s": round(seeded, 1),
        "slowest_median_ms": max(row["median_ms"] for row in pages.values()),
        "pages": pages,
    }


def _lists() -> list[str]:
    """Every list that holds the past or stands beside it, and what it is asked."""
    cards, queue, prints, search = map(
        reverse, ("cards:list", "review:queue", "cards:register", "review:search")
    )
    held = _held()
    month = timezone.localtime() - timedelta(days=40)
    middle = urlencode({"mulai": month.isoformat()})
    day = timezone.localdate().isoformat()
    return [
        *(f"{cards}?daftar={key}" for key in LISTS),
        f"{cards}?daftar=semua&hal=20",
        f"{cards}?daftar=semua&{middle}",
        f"{cards}?daftar=sahkan&hari={day}",
        f"{cards}?daftar=cetak&kecamatan={held.district}",
        *(f"{queue}?daftar={key}" for key in QUEUES),
        f"{queue}?daftar=selesai&{middle}",
        f"{queue}?daftar=selesai&jenis=renewal",
        f"{queue}?daftar=selesai&kecamatan={held.district}",
        f"{queue}?daftar=selesai&urut=masuk",
        prints,
        f"{prints}?{middle}",
        f"{prints}?bulan={month:%Y-%m}",
        f"{prints}?hasil=spoiled",
        f"{prints}?hasil=open",
        f"{search}?q=BENCH+123",
        f"{search}?q=Contoh+Lama",
        reverse("verification:withdrawn"),
        reverse("cards:stock"),
    ]


def _held() -> Card:
    return Card.objects.filter(
        prints__handed_over_at__isnull=False,
        voided_at=None,
        replaced_at=None,
        application__applicant__user__isnull=False,
    ).first()


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
    with CaptureQueriesContext(connection) as queries:
        response = call()
    asked = len(queries)
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
