"""Keys on a PKCS#11 token: an HSM, or a USB key in the server. They never leave it.

The portal knows one token, with one PIN (PKCS11_MODULE, PKCS11_TOKEN, PKCS11_PIN); a
supervisor's key and certificate lie on it under one label. python-pkcs11 loads native
code: import this module inside functions only.
"""

import hashlib
import threading
from contextlib import contextmanager

import pkcs11
from django.conf import settings
from django.utils.translation import gettext as _
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import (
    MultipleObjectsReturned,
    NoSuchKey,
    PinIncorrect,
    PKCS11Error,
)
from pkcs11.util.ec import encode_ecdsa_signature

from ak1portal.refusals import Refused

# A token knows one login of a process, not one of each thread.
_turn = threading.Lock()
# A few wrong PINs lock a token for good, and a worker tries again and again.
_wrong_pins = set()


def certificates(label: str) -> list[bytes]:
    """Every certificate on the token, in DER; the one under `label` first.

    Raises Refused, in words, when the token cannot be used or has none of that label.
    """
    with _session() as session:
        found = [
            (each[Attribute.LABEL] != label, bytes(each[Attribute.VALUE]))
            for each in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
        ]
    found.sort(key=lambda each: each[0])
    if not found or found[0][0]:
        raise Refused(_("There is no certificate with this label on the token."))
    return [der for _other, der in found]


def sign(label: str, data: bytes) -> bytes:
    """The signature of the key under `label`, with SHA-256 (RSA PKCS#1 v1.5 or ECDSA).

    Raises Refused, in words, when the token cannot be used or has no such key.
    """
    with _session() as session:
        try:
            key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=label)
        except (NoSuchKey, MultipleObjectsReturned):
            raise Refused(
                _("There must be one private key with this label on the token.")
            ) from None
        if key.key_type == KeyType.RSA:
            return key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS)
        # Few tokens hash for ECDSA themselves.
        digest = hashlib.sha256(data).digest()
        return encode_ecdsa_signature(key.sign(digest, mechanism=Mechanism.ECDSA))


@contextmanager
def _session():
    access = (settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN)
    if access in _wrong_pins:
        raise _wrong_pin()
    module, label, pin = access
    with _turn:
        try:
            token = pkcs11.lib(module).get_token(token_label=label)
            with token.open(user_pin=pin) as session:
                yield session
        except PinIncorrect:
            _wrong_pins.add(access)
            raise _wrong_pin() from None
        except PKCS11Error as error:
            raise Refused(
                _("The token cannot be used (%(error)s). Is it connected?")
                % {"error": type(error).__name__}
            ) from error


def _wrong_pin() -> Refused:
    return Refused(
        _(
            "The token does not accept the PIN of the portal. The administrator of the"
            " server must correct PKCS11_PIN and start the portal again."
        )
    )
