"""The settings of the tests: those of development, without its slow parts."""

import os

os.environ.setdefault("DEBUG", "1")

from ak1portal.settings import *  # noqa: E402, F403

# Argon2 is slow on purpose; a thousand tests need not wait for it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
