"""One installation: a database, the files that belong to it, and the keys of both.

Its id stands in the database and in the folder of the files, and each key has left a
canary in the database. Web and worker ask before they begin, `/healthz` and
`check_invariants` ask all the time. What does not belong together is never joined by
itself: that is the act of an operator (`manage.py join_files`).

A lone unknown key is refused, a new one beside a known one is welcome. A key that is in
use must stay among `DATA_KEYS` and `CARD_KEYS`.
"""

import hmac
import logging
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, transaction

from ak1portal.disk import DiskRefused, disk
from ak1portal.models import Canary, Installation
from ak1portal.sealed import (
    MARK,
    Unreadable,
    blind_index,
    default_storage,
    numbered_keys,
    seal,
    unseal,
)

WORD = b"canary"

log = logging.getLogger(__name__)


def prove() -> None:
    """Begin where nothing is yet; else raise ImproperlyConfigured for what is wrong."""
    if _is_untouched():
        begin()
    if found := problems():
        raise ImproperlyConfigured(" ".join(found))
    remember_keys()


@transaction.atomic
def begin() -> Installation:
    """A new installation: one id in the database and beside the files."""
    made = Installation.objects.create()
    remember_keys()
    _write_mark(str(made.pk))
    return made


@transaction.atomic
def join() -> Installation:
    """From now on these files and this database belong together, whatever was."""
    made = Installation.objects.first() or begin()
    _write_mark(str(made.pk))
    return made


def problems() -> list[str]:
    """What does not belong together, in sentences for an operator; [] when all does."""
    files = files_problem()
    return [*([files] if files else []), *key_problems()]


def files_problem() -> str | None:
    """Why the files here are not those of this database; None when they are."""
    made, mark = Installation.objects.first(), read_mark()
    if made is None:
        return (
            "The database names no installation. Is it the right DATABASE_URL, and was"
            " its dump restored? If so, join it with its files: manage.py join_files."
        )
    if mark is None:
        return (
            "The folder of the files (VAR_DIR/files) bears no mark of an installation:"
            " it is not the one that belongs to the database. All machines share one"
            " folder. After a restore, join them: manage.py join_files."
        )
    if mark != str(made.pk):
        return (
            "The files (VAR_DIR/files) belong to another installation than the"
            " database (DATABASE_URL)."
        )
    return None


def key_problems() -> list[str]:
    """Which keys are not those of this installation, without a word of any key."""
    kept = {each.name: bytes(each.made) for each in Canary.objects.all()}
    found = []
    for name in kept:
        variable, _, number = name.partition(":")
        if name not in _keys():
            found.append(f"{variable} lacks the key {number}, which is in use.")
        elif not _sings(name, kept[name]):
            which = f"the key {number} in {variable}" if number else f"the {variable}"
            found.append(
                f"This is not {which} that this installation is sealed with; its data"
                " is whole, and opens with the right one."
            )
    return found


def read_mark() -> str | None:
    """The id that stands beside the files; None where there is none."""
    with disk():
        try:
            return default_storage.read_plain(MARK).decode().strip()
        except FileNotFoundError:
            return None


def guarded(application):
    """The WSGI `application`, served only once the installation is proven.

    Where the database or the disk does not answer yet, each request asks again.
    """
    proof = _Proof()
    proof.try_it()

    def guard(environ, start_response):
        if proof.is_given or proof.try_again():
            return application(environ, start_response)
        start_response("503 Service Unavailable", [("Retry-After", "30")])
        return [b""]

    return guard


class _Proof:
    is_given = False

    def try_it(self) -> bool:
        """Raises ImproperlyConfigured; without an answer it is only not given yet."""
        try:
            prove()
        except (OperationalError, InterfaceError, DiskRefused) as error:
            log.warning("installation not proven yet: %s", type(error).__name__)
        else:
            self.is_given = True
        return self.is_given

    def try_again(self) -> bool:
        try:
            return self.try_it()
        except ImproperlyConfigured as error:
            log.error("the portal does not serve: %s", error)
            return False


def _is_untouched() -> bool:
    """Neither people nor files nor a mark: nothing that could be mixed up."""
    return not (
        Installation.objects.exists()
        or get_user_model().objects.exists()
        or read_mark() is not None
    )


def _keys() -> dict[str, bytes]:
    """Name of the canary -> key: DATA_KEYS:1, CARD_KEYS:1, …, INDEX_KEY."""
    keys = {"INDEX_KEY": b""}
    for variable in ("DATA_KEYS", "CARD_KEYS"):
        numbered = numbered_keys(getattr(settings, variable), variable)
        keys |= {f"{variable}:{number}": key for number, key in numbered.items()}
    return keys


def remember_keys() -> None:
    """For keys that are new. The old ones have been proven: see `prove`."""
    kept = set(Canary.objects.values_list("name", flat=True))
    new = [Canary(name=name, made=_sung(name)) for name in _keys() if name not in kept]
    Canary.objects.bulk_create(new, ignore_conflicts=True)


def _sung(name: str) -> bytes:
    variable, _, number = name.partition(":")
    if variable == "INDEX_KEY":
        return blind_index(WORD.decode(), MARK)
    if variable == "DATA_KEYS":
        return seal(WORD, MARK, key_id=int(number))
    public = Ed25519PrivateKey.from_private_bytes(_keys()[name]).public_key()
    return sha256(public.public_bytes_raw()).digest()


def _sings(name: str, made: bytes) -> bool:
    if not name.startswith("DATA_KEYS"):
        return hmac.compare_digest(_sung(name), made)
    try:
        return unseal(made, MARK) == WORD
    except Unreadable:
        return False


def _write_mark(text: str) -> None:
    default_storage.write_plain({MARK: text.encode()})
