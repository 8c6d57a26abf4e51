"""How long a card takes to print, measured on one core of this machine."""

import json
import os
import platform
import resource
import time
from importlib.metadata import version
from statistics import median

from django.core.management.base import BaseCommand

from ak1portal import demo_pictures
from services.issuance import card_pdf, samples

PAPERS = {"A": "330x120", "B": "A4"}


class Command(BaseCommand):
    help = "Measure the printing of single cards and of a batch; prints JSON."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--batch", type=int, default=50)
        parser.add_argument("--layout", choices=PAPERS, default="A")
        parser.add_argument("--repeat", type=int, default=10)

    def handle(self, *, batch, layout, repeat, **options):
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        # Other people than in the batch: nothing but the machine is warm.
        singles = [sheet(layout, 1000 + index) for index in range(repeat)]
        sheets = [sheet(layout, index) for index in range(batch)]
        card_pdf.render([sheet(layout, 2000)])
        single = median(seconds([each]) for each in singles)
        whole = seconds(sheets)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        figures = {
            "layout": layout,
            "single_ms": round(single * 1000, 1),
            "batch_ms_per_card": round(whole / batch * 1000, 1),
            "batch_size": batch,
            "peak_rss_mb": round(peak / 1024, 1),
            "python": platform.python_version(),
            "weasyprint": version("weasyprint"),
        }
        self.stdout.write(json.dumps(figures))


def sheet(layout: str, index: int) -> card_pdf.Sheet:
    printed = samples.typical(index, layout=layout, paper=PAPERS[layout])
    photo = demo_pictures.photo(index, printed["sex"])
    return card_pdf.Sheet(printed, photo, logo=None)


def seconds(sheets: list[card_pdf.Sheet]) -> float:
    start = time.perf_counter()
    card_pdf.render(sheets)
    return time.perf_counter() - start
