"""An authority that issues certificates, and a token that holds keys."""

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from pkcs11 import Attribute
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from tests.authority import Authority

SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")
SOFTHSM_UTIL = shutil.which("softhsm2-util")
HAS_TOKEN = bool(SOFTHSM.exists() and SOFTHSM_UTIL)
MISSING = "no SoftHSM was found: sudo apt install softhsm2"
PIN = "271828"


def pytest_collection_modifyitems(items):
    """Without SoftHSM its tests are skipped, but never where CI decides."""
    if HAS_TOKEN or os.environ.get("CI"):
        return
    for item in items:
        if "token" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def authority():
    return Authority()


class Token:
    """A token in a file, which the library reads as if it were a chip."""

    def __init__(self, folder):
        (folder / "tokens").mkdir()
        told = f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n"
        (folder / "softhsm2.conf").write_text(told)
        # Read once by each process, when it loads the library.
        os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
        subprocess.run(
            [SOFTHSM_UTIL, "--init-token", "--free", "--label", "ak1"]
            + ["--pin", PIN, "--so-pin", "31415926"],
            check=True,
            capture_output=True,
        )
        self._token = pkcs11.lib(str(SOFTHSM)).get_token(token_label="ak1")

    def put(self, label, *, key=None, certificate=None):
        """Lay a key or a certificate on the token."""
        kept = {Attribute.TOKEN: True, Attribute.LABEL: label}
        with self._token.open(rw=True, user_pin=PIN) as session:
            if key:
                form = serialization.PrivateFormat.TraditionalOpenSSL
                der = key.private_bytes(
                    serialization.Encoding.DER, form, serialization.NoEncryption()
                )
                session.create_object({**decode_rsa_private_key(der), **kept})
            if certificate:
                der = certificate.public_bytes(serialization.Encoding.DER)
                session.create_object({**decode_x509_certificate(der), **kept})

    @contextmanager
    def pin(self, other):
        """A token with another PIN, for a while."""
        self._change_pin(PIN, other)
        yield
        self._change_pin(other, PIN)

    def _change_pin(self, old, new):
        with self._token.open(rw=True, user_pin=old) as session:
            session.set_pin(old, new)

    def wipe(self):
        with self._token.open(rw=True, user_pin=PIN) as session:
            for found in list(session.get_objects({Attribute.TOKEN: True})):
                found.destroy()


@pytest.fixture(scope="session")
def chip(tmp_path_factory):
    if not HAS_TOKEN:
        pytest.fail(f"CI is set, and {MISSING}")
    return Token(tmp_path_factory.mktemp("token"))


@pytest.fixture
def token(chip, settings):
    """The office's token, empty, and a portal that knows how to use it."""
    settings.PKCS11_MODULE = str(SOFTHSM)
    settings.PKCS11_TOKEN, settings.PKCS11_PIN = "ak1", PIN
    yield chip
    chip.wipe()
