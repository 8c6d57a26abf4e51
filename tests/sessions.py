"""Many people at one moment: real threads, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(act, arguments, sessions=20) -> list:
    """Call `act` with each argument in many sessions; results, or what was raised."""

    def call(argument):
        try:
            return act(argument)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(sessions) as pool:
        return list(pool.map(call, arguments))
