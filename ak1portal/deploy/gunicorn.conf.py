"""How gunicorn serves the portal; systemd (ak1-web.socket) gives it the socket."""

import subprocess
import sys

from ak1portal import logs

worker_class = "gthread"
workers = 3
threads = 4
timeout = 60
graceful_timeout = 30
# Nobody steers it but systemd, and it writes nowhere else.
control_socket_disable = True
worker_tmp_dir = "/dev/shm"  # noqa: S108  a heartbeat that never waits for a disk

# Its own lines name addresses too: they go where the portal's go, through the same.
logconfig_dict = {
    **logs.TO_CONSOLE,
    "loggers": {
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}


def on_starting(server):
    """End before the first worker begins, where the portal would not serve.

    Each worker finds out too; but those that end together make gunicorn stumble. Asked
    in a process of its own: what is loaded here, a reload would not load anew.
    """
    asked = subprocess.run([sys.executable, "-c", "import ak1portal.wsgi"], check=False)
    if asked.returncode:
        sys.exit(asked.returncode)
