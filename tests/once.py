"""What all tests of a module begin with, made once: in a transaction of the module.

    @pytest.fixture(scope="module")
    def world(django_db_setup, django_db_blocker, tmp_path_factory):
        with once(django_db_blocker, tmp_path_factory):
            yield …

    @pytest.fixture
    def own_files():
        '''Those of the module.'''

Each test then takes place in a savepoint that is undone (the fixture `db`).
"""

from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.test import override_settings

from tests.files import marked


@contextmanager
def once(django_db_blocker, tmp_path_factory):
    files = marked(tmp_path_factory.mktemp("module") / "files")
    storages = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "ak1portal.sealed.SealedStorage",
            "OPTIONS": {"location": files},
        },
    }
    with (
        override_settings(VAR_DIR=files.parent, STORAGES=storages, UNDO_SECONDS=0),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield
        transaction.set_rollback(True)
