"""Sealed columns and files: readable only with keys that are not in the database.

AES-256-GCM with a fresh nonce; the context (which table, column and row) is bound in,
so a sealed value moved to another row does not open. A blind index (HMAC-SHA-256)
finds equal values without opening any. A plain hash would protect nothing: all NIK of
a district and birth date are ten thousand guesses.
"""

import base64
import hashlib
import hmac
import os
import shutil
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from datetime import date
from functools import cache
from io import BytesIO
from typing import cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files import storage
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ak1portal.disk import DiskRefused, disk

NONCE_BYTES = 12
QUARANTINE = "quarantine"
# The file that says whose files these are: where it is not, there is no folder of ours,
# but the place where one was not mounted.
MARK = "installation"


class Unreadable(Exception):
    """The sealed bytes were changed or moved: what they said is lost."""


class MissingFile(Unreadable):
    """There is no such file."""


class WrongKey(Unreadable):
    """It is sealed with a key that we do not have: nothing is lost."""


def in_words(error: Unreadable | DiskRefused) -> str:
    """What staff read of it; the error itself names files and rows."""
    if isinstance(error, DiskRefused):
        return _("The disk of the portal takes no files now. It is tried again.")
    if isinstance(error, MissingFile):
        return _("A file of the card is not where files are kept.")
    if isinstance(error, WrongKey):
        return _("The portal has not been given the key to the files of the card.")
    return _("A file of the card is damaged.")


def seal(plain: bytes, context: str, *, key_id: int | None = None) -> bytes:
    """key id (1 byte), nonce (12 bytes), ciphertext and tag (16 bytes).

    With the first of the DATA_KEYS, unless `key_id` names another.
    """
    key_id = key_id or next(iter(_data_keys()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = _data_keys()[key_id].encrypt(nonce, plain, context.encode())
    return bytes([key_id]) + nonce + sealed


def unseal(sealed: bytes, context: str) -> bytes:
    """The plain bytes. Raises Unreadable; never returns what was tampered with."""
    sealed = bytes(sealed)
    if not sealed:
        raise Unreadable(context)
    key = _data_keys().get(sealed[0])
    if key is None:
        raise WrongKey(context)
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return key.decrypt(nonce, body, context.encode())
    except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
        raise Unreadable(context) from None


def blind_index(value: str, purpose: str) -> bytes:
    """32 bytes that are equal where the values are; another purpose, other bytes."""
    return hmac.digest(_index_key(), f"{purpose}|{value}".encode(), hashlib.sha256)


class SealedStorage(FileSystemStorage):
    """Files sealed on disk; the file's name is bound in, so files cannot be swapped.

    A file is written beside its place and renamed into it, so there is never half one.
    """

    def _save(self, name, content):
        content.seek(0)
        self._put({name: content.read()})
        return name

    def _put(self, plain: dict[str, bytes]) -> None:
        """Name -> bytes; sealed and on the disk, all of them, when this returns."""
        self.must_be_here()
        # Storage separates names from paths; the name is what the row will keep.
        self.write_plain(
            {name: seal(content, f"file|{name}") for name, content in plain.items()}
        )

    def write_plain(self, written: dict[str, bytes]) -> None:
        """Name -> bytes as they are; whole and on the disk when this returns.

        All are written before the first is waited for, and a folder is waited for
        once: the disk does in one go what it would do for each.
        """
        folders = {os.path.dirname(self.path(name)) for name in written}
        own = f"{os.getpid()}-{threading.get_ident()}.part"
        parts = {f"{self.path(name)}.{own}": name for name in written}
        with disk():
            try:
                for folder in folders:
                    _make(folder)
                _write(parts, written)
                for part, name in parts.items():
                    os.replace(part, self.path(name))
            except BaseException:
                # A full disk: what was begun must not fill it further.
                for part in parts:
                    with suppress(OSError):
                        os.remove(part)
                raise
            for folder in folders:
                _sync_folder(folder)

    def _open(self, name, mode="rb"):
        return File(BytesIO(unseal(self._read(name), f"file|{name}")), name=name)

    def _read(self, name: str) -> bytes:
        """What lies there, sealed, brought back if it was set aside."""
        with disk():
            try:
                return self.read_plain(name)
            except FileNotFoundError:
                self.must_be_here()
                if not self.bring_back(name):
                    raise MissingFile(name) from None
                return self.read_plain(name)

    def read_plain(self, name: str) -> bytes:
        """What lies there as it is. Raises OSError."""
        with open(self.path(name), "rb") as file:
            return file.read()

    def must_be_here(self) -> None:
        """Raise DiskRefused where the folder of our files is not: no mount, no disk."""
        with disk():
            os.stat(self.path(MARK))

    def delete(self, name):
        with disk():
            super().delete(name)

    def delete_after_commit(self, name: str) -> None:
        """Delete a file that no row points at once this act is done.

        Not before: a rolled back act keeps it. What the disk refuses then undoes
        nothing any more; the sweep takes the file.
        """

        # Django asks for the name of what fails; a partial has none.
        def delete():
            self.delete(name)

        transaction.on_commit(delete, robust=True)

    def set_aside(self, name: str) -> None:
        """Move a file that nobody seems to need into the quarantine of today."""
        aside = self.path(f"{QUARANTINE}/{timezone.localdate():%Y-%m-%d}/{name}")
        with disk():
            _make(os.path.dirname(aside))
            with suppress(FileNotFoundError):
                os.rename(self.path(name), aside)

    def bring_back(self, name: str) -> bool:
        """Whether a file was set aside, and is in its place again."""
        with disk():
            for day in self._quarantined():
                with suppress(FileNotFoundError):
                    aside = self.path(f"{QUARANTINE}/{day}/{name}")
                    os.stat(aside)
                    _make(os.path.dirname(self.path(name)))
                    os.rename(aside, self.path(name))
                    return True
        return False

    def set_aside_of(self, folder: str) -> list[str]:
        """The folders of the quarantine that hold files of `folder`, as names."""
        with disk():
            days = [f"{QUARANTINE}/{day}/{folder}" for day in self._quarantined()]
        return [day for day in days if self.exists(day)]

    def forget_set_aside(self, *, before: date) -> None:
        """Delete what was set aside before a day."""
        for day in self._quarantined():
            if day < before.isoformat():
                shutil.rmtree(self.path(f"{QUARANTINE}/{day}"), ignore_errors=True)

    def _quarantined(self) -> list[str]:
        """The days on which something was set aside, the latest first."""
        try:
            return sorted(os.listdir(self.path(QUARANTINE)), reverse=True)
        except FileNotFoundError:
            return []

    def write(self, name: str, plain: bytes) -> str:
        """Save bytes under a name of our own making and return it."""
        return self.save(name, ContentFile(plain))

    def keep(self, folder: str, plain: bytes, ending: str) -> str:
        """Save bytes under the hash of what they are; the same bytes are saved once."""
        name = _named(folder, plain, ending)
        return name if self.exists(name) else self.write(name, plain)

    def keep_all(self, folder: str, plain: Sequence[bytes], ending: str) -> list[str]:
        """As `keep`, of several at once; their names in the same order."""
        names = [
            f"{folder}/{hashlib.sha256(one).hexdigest()}.{ending}" for one in plain
        ]
        self._put(
            {
                name: one
                for name, one in zip(names, plain, strict=True)
                if not self.exists(name)
            }
        )
        return names

    def url(self, name):
        raise NotImplementedError("Sealed files are served by views.")


def _named(folder: str, plain: bytes, ending: str) -> str:
    return f"{folder}/{hashlib.sha256(plain).hexdigest()}.{ending}"


def _make(folder: str) -> None:
    os.makedirs(folder, mode=0o700, exist_ok=True)


def _write(parts: dict[str, str], written: dict[str, bytes]) -> None:
    """Every part whole and on the disk."""
    with ExitStack() as opened:
        files = []
        for part, name in parts.items():
            files.append(opened.enter_context(open(part, "wb")))
            files[-1].write(written[name])
            files[-1].flush()
        for file in files:
            os.fsync(file.fileno())


def _sync_folder(path: str) -> None:
    """A rename is on the disk only when its folder is."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _data_keys() -> dict[int, AESGCM]:
    return _read_data_keys(settings.DATA_KEYS)


def _index_key() -> bytes:
    return _key(settings.INDEX_KEY, "INDEX_KEY")


@cache
def _read_data_keys(text: str) -> dict[int, AESGCM]:
    keys = numbered_keys(text, "DATA_KEYS")
    return {key_id: AESGCM(key) for key_id, key in keys.items()}


def numbered_keys(text: str, name: str) -> dict[int, bytes]:
    """Keys of 32 bytes by their numbers, 1 to 255, in their order: “2:base64,1:…”.

    Raises ImproperlyConfigured, naming the variable `name`.
    """
    keys = {}
    for part in text.split(","):
        key_id, _, key = part.strip().partition(":")
        if not key_id.isdigit() or not 0 < int(key_id) < 256:
            raise ImproperlyConfigured(f"{name} must look like 2:base64,1:base64.")
        keys[int(key_id)] = _key(key, name)
    return keys


@cache
def _key(text: str, name: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(f"{name} must hold 32 bytes in base64.")
    return key


# Django's own, known for what the settings make it.
default_storage = cast(SealedStorage, storage.default_storage)
