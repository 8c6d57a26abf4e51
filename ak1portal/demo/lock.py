"""Who may empty or fill the demo's office: nobody beside a demo that is running.

The lock ends with the last process that holds it, however that process ends.
"""

import fcntl
from pathlib import Path


class DemoLock:
    """A file in the folder of the demo. Servers share it, filling needs it alone."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.file = (folder / "demo.lock").open("w")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.file.close()

    def is_alone(self) -> bool:
        """Take it for this process alone; whether nobody else holds it."""
        return self._take(fcntl.LOCK_EX)

    def is_shared(self) -> bool:
        """Take it together with others; whether nobody else has it alone."""
        return self._take(fcntl.LOCK_SH)

    def _take(self, kind: int) -> bool:
        try:
            fcntl.flock(self.file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
