"""Who holds the key: today a file or a token here, later the government's service.

A signer takes the finished pages and gives them back signed. That is all the portal
asks, so a service that signs at its own place (BSrE) is one more class.
"""

from dataclasses import dataclass
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from ak1portal.refusals import Refused
from services.signing import certificates
from services.signing.models import Certificate

# An ECDSA signature in DER is a little longer than its two numbers.
ECDSA_OVERHEAD = 16


@dataclass(frozen=True)
class Statement:
    """What the signature says beside the key: who, where, why."""

    name: str
    location: str
    reason: str = "Pengesahan Kartu AK-1"


class Signer(Protocol):
    def sign(self, pdf: bytes, statement: Statement) -> bytes:
        """`pdf` with one signature. Raises Refused, in words, and then signs nothing.

        The level is PAdES B-B; with TIMESTAMP_URL B-T, or B-LT where the certificate
        tells how to ask whether it was revoked.
        """


def signer_of(certificate: Certificate) -> Signer:
    """The signer for a registered certificate."""
    credential = certificates.unpack(certificate.key_material)
    if certificate.token_label:
        return TokenSigner(credential.chain, certificate.token_label)
    return FileSigner(credential.chain, credential.key)


class FileSigner:
    """A key that the portal keeps sealed and opens for one signature."""

    def __init__(self, chain: tuple[x509.Certificate, ...], key: bytes):
        self._chain = chain
        # It was checked when it came, and the seal says that it is still the same.
        # Checking it again takes longer than everything else here.
        self._key = serialization.load_pem_private_key(
            key, None, unsafe_skip_rsa_key_validation=True
        )

    def sign(self, pdf: bytes, statement: Statement) -> bytes:
        return _pades(pdf, statement, self._chain, self._raw)

    def _raw(self, data: bytes) -> bytes:
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))  # type: ignore[arg-type, call-arg]


class TokenSigner:
    """A key that never leaves its token (PKCS#11)."""

    def __init__(self, chain: tuple[x509.Certificate, ...], label: str):
        self._chain, self._label = chain, label

    def sign(self, pdf: bytes, statement: Statement) -> bytes:
        return _pades(pdf, statement, self._chain, self._raw)

    def _raw(self, data: bytes) -> bytes:
        # Native code that only offices with a token need.
        from services.signing import pkcs11_keys  # noqa: PLC0415

        return pkcs11_keys.sign(self._label, data)


def _pades(pdf, statement, chain, sign_raw) -> bytes:
    # A second at the first signature, which no web page must wait for.
    from services.signing import pades  # noqa: PLC0415

    def checked(data: bytes) -> bytes:
        signature = sign_raw(data)
        if not certificates.signed_by(chain[0], signature, data):
            raise Refused(
                _("The key of %(name)s no longer belongs to the certificate.")
                % {"name": statement.name}
            )
        return signature

    return pades.sign(
        pdf,
        chain=[c.public_bytes(serialization.Encoding.DER) for c in chain],
        sign_raw=checked,
        signature_bytes=chain[0].public_key().key_size // 4 + ECDSA_OVERHEAD,
        words=pades.Words(statement.name, statement.location, statement.reason),
        timestamp_url=settings.TIMESTAMP_URL,
    )
