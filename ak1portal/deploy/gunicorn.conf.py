"""How gunicorn serves the portal; systemd (ak1-web.socket) gives it the socket."""

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
