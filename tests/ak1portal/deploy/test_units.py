"""The units of systemd: locked up, and no request is lost while they restart."""

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings

from tests.ak1portal.deploy.servers import DEPLOY, Door, Nginx, Web, program, until
from tests.servers import url_of_this_database

UNITS = ("ak1-web.service", "ak1-worker@.service")
REQUESTS = 1000
VISITORS = 8


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_hardened(name):
    said = subprocess.run(  # noqa: S603
        [program("systemd-analyze", "systemd"), "security", "--offline=true"]
        + ["--no-pager", "--threshold=25", DEPLOY / name],
        capture_output=True,
        text=True,
        check=False,
    )

    exposure = re.search(r"exposure level for \S+: ([\d.]+)", said.stdout)
    assert said.returncode == 0, said.stdout
    assert float(exposure[1]) <= 2.5


@pytest.mark.parametrize("name", UNITS)
@pytest.mark.parametrize("line", ["ExecReload", "MemoryMax", "TasksMax", "LimitNOFILE"])
def test_a_unit_can_be_reloaded_and_has_limits(name, line):
    assert f"\n{line}=" in (DEPLOY / name).read_text()


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_writes_where_the_example_of_variables_says(name):
    unit = (DEPLOY / name).read_text()
    example = (settings.BASE_DIR / ".env.example").read_text()

    assert "\nVAR_DIR=/var/lib/ak1\n" in example
    assert "\nStateDirectory=ak1\n" in unit


@pytest.fixture
def portal(tmp_path):
    """nginx, the door and gunicorn, as the shipped files put them together."""
    door, nginx = Door(tmp_path), Nginx(tmp_path)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ak1portal.settings",
        "DEBUG": "1",
        "ALLOWED_HOSTS": "*",
        "DATABASE_URL": url_of_this_database(),
        "VAR_DIR": str(tmp_path),
    }
    web = Web(door, environment)
    web.start()
    nginx.start()
    yield nginx, web
    web.stop()
    nginx.stop()
    door.close()


@pytest.mark.django_db(transaction=True)
def test_no_request_of_a_thousand_fails_while_the_portal_restarts_and_reloads(portal):
    nginx, web = portal
    met = []

    def visit(_visitor):
        with nginx.visitor() as ask:
            for _request in range(REQUESTS // VISITORS):
                met.append(ask("/saya/"))

    with ThreadPoolExecutor(VISITORS) as visitors:
        visits = [visitors.submit(visit, number) for number in range(VISITORS)]
        for asked, again in ((100, web.restart), (600, web.reload)):
            until(lambda asked=asked: len(met) >= asked, "nobody is answered")
            again()
        for done in visits:
            done.result()

    assert met == [302] * REQUESTS
