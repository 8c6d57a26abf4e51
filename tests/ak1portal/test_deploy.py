"""The files of ak1portal/deploy, read by the program they are for."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
MISSING = "no nginx was found: sudo apt install nginx-light"


@pytest.mark.skipif(not NGINX and not os.environ.get("CI"), reason=MISSING)
def test_nginx_reads_its_configuration_and_writes_down_no_code(tmp_path):
    assert NGINX, MISSING
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=ak1"]
        + ["-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"],
        check=True,
        capture_output=True,
    )
    site = (settings.BASE_DIR / "ak1portal" / "deploy" / "nginx.conf").read_text()
    site = site.replace("/etc/ssl/ak1/", f"{tmp_path}/")
    site = site.replace("/var/log/nginx/", f"{tmp_path}/")
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error.log;"
        f" events {{}} http {{ {site} }}"
    )

    read = subprocess.run(
        [NGINX, "-t", "-c", whole], capture_output=True, text=True, check=False
    )

    assert read.returncode == 0, read.stderr
    assert "access_log" in site
    assert "$request " not in site
    assert "$request_uri" not in site.split("server {")[1]
