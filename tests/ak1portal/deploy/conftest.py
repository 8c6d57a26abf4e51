import pytest

from tests.ak1portal.deploy.clusters import Cluster


@pytest.fixture(scope="module")
def cluster():
    """A PostgreSQL of its own, with the role and the database of production."""
    cluster = Cluster()
    yield cluster
    cluster.stop()
