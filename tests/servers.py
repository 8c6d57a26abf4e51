"""For tests that start processes of their own on the database of the test."""

import socket
from urllib.parse import quote

from django.db import connection


def url_of_this_database() -> str:
    """The database of this test, for a process of its own."""
    place = connection.settings_dict
    who = ":".join(quote(place[key], safe="") for key in ("USER", "PASSWORD"))
    socket_or_host = quote(place["HOST"], safe="")
    port = f":{place['PORT']}" if place["PORT"] else ""
    return f"postgresql://{who}@{port}/{place['NAME']}?host={socket_or_host}"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
