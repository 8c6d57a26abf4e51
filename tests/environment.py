"""Loaded before the settings (`-p` in pyproject.toml): where tests are at home."""

import os
import tempfile

os.environ.setdefault("DEBUG", "1")
# Files, mail and keys of a test run never mix with those of a demo.
os.environ.setdefault("TEST_VAR_DIR", tempfile.mkdtemp(prefix="ak1-tests-"))
