"""How long a card takes to print, measured on one core of this machine."""

import io
import json
import os
import platform
import resource
import time
from importlib.metadata import version
from statistics import median

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ak1portal.benches import life
from ak1portal.demo import pictures
from services.cardpress import pdf, samples

PAPERS = {"A": "330x120", "B": "A4"}


class Command(BaseCommand):
    help = "Measure the printing of single cards and of a batch; JSON, a line a layout."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--batch", type=int, default=50)
        parser.add_argument("--layout", choices=PAPERS)
        parser.add_argument("--repeat", type=int, default=10)
        parser.add_argument(
            "--end-to-end",
            type=int,
            default=0,
            help="Measure so many cards from the supervisor's press to the file, by the"
            " real acts; nothing is left of them.",
        )

    def handle(self, *, batch, layout, repeat, end_to_end, **options):
        if end_to_end:
            if not settings.DEVELOPMENT:
                raise CommandError("It invents people: only with DEBUG on.")
            self.stdout.write(json.dumps(life.end_to_end(end_to_end), indent=2))
            return
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        for each in [layout] if layout else PAPERS:
            self.stdout.write(json.dumps(figures(each, batch, repeat)))


def figures(layout: str, batch: int, repeat: int) -> dict:
    """Milliseconds per card; `forms` is how many had to be set for the batch."""
    sheets = [sheet(layout, index) for index in range(batch)]
    pdf.blank.cache_clear()
    pdf.card(sheet(layout, 2000))
    # The forms of the batch are part of its price.
    cards, render = timed(lambda: [pdf.card(each) for each in sheets])
    forms = pdf.blank.cache_info().misses
    assemble = timed(lambda: pdf.assemble(cards, io.BytesIO(), title="AK I"))[1]
    # Other people than in the batch: nothing but the machine is warm.
    singles = [sheet(layout, 1000 + index) for index in range(repeat)]
    single = median(timed(lambda one=one: pdf.card(one))[1] for one in singles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "layout": layout,
        "single_ms": milliseconds(single),
        "batch_ms_per_card": milliseconds((render + assemble) / batch),
        "render_ms_per_card": milliseconds(render / batch),
        "assemble_ms_per_card": milliseconds(assemble / batch),
        "batch_size": batch,
        "forms": forms,
        "peak_rss_mb": round(peak / 1024, 1),
        "python": platform.python_version(),
        "weasyprint": version("weasyprint"),
    }


def sheet(layout: str, index: int) -> pdf.Sheet:
    printed = samples.varied(index, layout=layout, paper=PAPERS[layout])
    photo = pictures.photo(index % 16, printed["sex"])
    return pdf.Sheet(printed, photo, logo=None)


def timed(work) -> tuple:
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
