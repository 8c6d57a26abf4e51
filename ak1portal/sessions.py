"""Sessions in the database, sealed: codes and typed words are in them."""

import base64

from django.contrib.sessions.backends import db

from ak1portal.sealed import Unreadable, seal, unseal

CONTEXT = "session"


class SessionStore(db.SessionStore):
    """Django's own; a dump of the database alone reads none of it.

    What does not open is an empty session, as if nobody had signed in.
    """

    def encode(self, session_dict: dict) -> str:
        plain = self.serializer().dumps(session_dict)
        return base64.b64encode(seal(plain, CONTEXT)).decode()

    def decode(self, session_data: bytes | str) -> dict:
        try:
            plain = unseal(base64.b64decode(session_data, validate=True), CONTEXT)
            return self.serializer().loads(plain)
        except (Unreadable, ValueError):
            return {}
