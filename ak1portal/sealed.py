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
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import cache
from io import BytesIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

NONCE_BYTES = 12
ORPHAN_AGE = timedelta(days=1)


class Unreadable(Exception):
    """The sealed bytes were changed, moved, or sealed with a key we do not have."""


def seal(plain: bytes, context: str) -> bytes:
    """key id (1 byte), nonce (12 bytes), ciphertext and tag (16 bytes)."""
    key_id = next(iter(_data_keys()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = _data_keys()[key_id].encrypt(nonce, plain, context.encode())
    return bytes([key_id]) + nonce + sealed


def unseal(sealed: bytes, context: str) -> bytes:
    """The plain bytes. Raises Unreadable; never returns what was tampered with."""
    sealed = bytes(sealed)
    key = _data_keys().get(sealed[0]) if sealed else None
    if key is None:
        raise Unreadable(context)
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
        """Name -> bytes; on the disk, all of them, when this returns.

        All are written before the first is waited for, and a folder is waited for
        once: the disk does in one go what it would do for each.
        """
        folders = {os.path.dirname(self.path(name)) for name in plain}
        for folder in folders:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        with ExitStack() as opened:
            written = {}
            for name, content in plain.items():
                # Storage separates names from paths; the name is what the row keeps.
                part = f"{self.path(name)}.{os.getpid()}.part"
                file = opened.enter_context(open(part, "wb"))
                file.write(seal(content, f"file|{name}"))
                file.flush()
                written[name] = file
            for file in written.values():
                os.fsync(file.fileno())
        for name, file in written.items():
            os.replace(file.name, self.path(name))
        for folder in folders:
            _sync_folder(folder)

    def _open(self, name, mode="rb"):
        try:
            with open(self.path(name), "rb") as file:
                sealed = file.read()
        except FileNotFoundError:
            raise Unreadable(name) from None
        return File(BytesIO(unseal(sealed, f"file|{name}")), name=name)

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
    keys = {}
    for part in text.split(","):
        key_id, _, key = part.strip().partition(":")
        if not key_id.isdigit() or not 0 < int(key_id) < 256:
            raise ImproperlyConfigured("DATA_KEYS must look like 2:base64,1:base64.")
        keys[int(key_id)] = AESGCM(_key(key, "DATA_KEYS"))
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


def sweep(folder: str, wanted: set[str]) -> int:
    """Delete the files of a folder that no row wants and that are a day old.

    A day, because a row may be about to be written. Returns how many went.
    """
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    old = timezone.now() - ORPHAN_AGE
    orphans = [
        path
        for path in (f"{folder}/{name}" for name in names)
        if path not in wanted and default_storage.get_modified_time(path) < old
    ]
    for path in orphans:
        default_storage.delete(path)
    return len(orphans)
