import pytest

from tests.ak1portal.deploy.clusters import Cluster


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A PostgreSQL of its own, with the role and the database of production."""
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()
