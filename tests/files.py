"""The folder of the files of a test: of the installation that every test finds."""

from pathlib import Path

from ak1portal.installation import MARK

INSTALLATION = "a5a5a5a5-0000-4000-8000-000000000001"


def marked(folder: Path) -> Path:
    folder.mkdir()
    (folder / MARK).write_text(INSTALLATION)
    return folder
