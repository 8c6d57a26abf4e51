"""How gunicorn serves the portal; systemd (ak1-web.socket) gives it the socket."""

worker_class = "gthread"
workers = 3
threads = 4
timeout = 60
graceful_timeout = 30
# Nobody steers it but systemd, and it writes nowhere else.
control_socket_disable = True
worker_tmp_dir = "/dev/shm"  # noqa: S108  a heartbeat that never waits for a disk

# Its own lines name addresses too: no code of a card in them.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "filters": {"without_codes": {"()": "ak1portal.logs.WithoutCodes"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_codes"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
