"""Other processes of the demo, so that all cores fill its office.

Nothing here imports an app: this is what such a process reads first.
"""

import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django
from django.conf import settings
from django.db import connection


def hands(public_url: str) -> ProcessPoolExecutor:
    """As many as there are cores; their cards say `public_url`."""
    return ProcessPoolExecutor(
        max_workers=os.cpu_count(),
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(os.getpid(), public_url),
    )


def _begin(parent, public_url):
    # Ctrl-C is for the command, which ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    django.setup()
    settings.PUBLIC_URL = public_url
    in_a_hurry()


def in_a_hurry() -> None:
    """Invented data may be lost in a power cut: nobody waits for the disk.

    With DEBUG on, Django writes down every query; here they are many thousands.
    """
    settings.DEBUG = False
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def _end_with(parent):
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
