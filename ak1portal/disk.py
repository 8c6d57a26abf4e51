"""The disk says no: one kind of trouble, whatever the system calls it.

It is full, read-only, closed to us, broken, or was not mounted. That is no lost file
and nobody's mistake: nothing was kept, nothing is marked, and it is tried again.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

# What a disk says that holds for every file on it.
REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ENODEV}


class DiskRefused(Exception):
    """The disk said no. The text is what the system calls it, and names no file."""


@contextmanager
def disk() -> Iterator[None]:
    """Whatever the disk refuses inside is a DiskRefused."""
    try:
        yield
    except OSError as error:
        raise DiskRefused(said(error)) from None


def said(error: OSError | DiskRefused) -> str:
    """What the system calls it, without any path: “ENOSPC”."""
    if isinstance(error, DiskRefused):
        return str(error)
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


def is_refusal(error: BaseException) -> bool:
    """Whether a disk said no, that of the files or any other."""
    is_known = isinstance(error, OSError) and error.errno in REFUSALS
    return is_known or isinstance(error, DiskRefused)
