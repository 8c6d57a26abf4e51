import json
import subprocess
import sys

from django.conf import settings


def test_the_bench_prints_a_line_of_json_for_each_layout():
    """In a process of its own, for it keeps itself on one core."""
    command = [sys.executable, "manage.py", "bench_card", "--batch=3", "--repeat=1"]
    shown = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={"DEBUG": "1", "DATABASE_URL": "postgres://nobody@localhost/none"},
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    lines = [json.loads(line) for line in shown.splitlines()]
    assert [line["layout"] for line in lines] == ["A", "B"]
    measured = [
        "single_ms",
        "batch_ms_per_card",
        "render_ms_per_card",
        "assemble_ms_per_card",
        "forms",
        "peak_rss_mb",
    ]
    assert [(line[name] > 0) for line in lines for name in measured] == [True] * 12
    assert [line["batch_size"] for line in lines] == [3, 3]
