"""A certificate as it comes to the portal: in a PKCS#12 file, or on the token.

The file and its passphrase are used once and forgotten; what is kept is the key with
its certificates, which the model seals.
"""

from dataclasses import dataclass

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 100 * 1024
MAX_CHAIN = 6

SENTENCES = {
    "missing": _("Choose the file of your certificate (.p12 or .pfx)."),
    "empty": _("This file is empty. Choose it again."),
    "too_large": _(
        "This file is too large: %(found)s. A certificate file has at most %(limit)s."
    ),
    "not_pkcs12": _(
        "This is not a certificate file in the PKCS#12 format. Its name usually ends"
        " in .p12 or .pfx."
    ),
    "passphrase": _("The passphrase does not open this file. Type it again."),
    "unsupported": _(
        "This file is locked in a way that the portal cannot open. Export the"
        " certificate again, with the standard settings."
    ),
    "no_key": _(
        "There is no private key in this file. Export the certificate again together"
        " with its private key."
    ),
    "no_certificate": _(
        "There is no certificate for the private key in this file. Export both"
        " together."
    ),
    "other_key": _("The key on the token is not the key of this certificate."),
}


class CertificateProblem(ValidationError):
    """Why a certificate was not taken; `code` is a key of SENTENCES."""

    def __init__(self, code, **words):
        super().__init__(SENTENCES[code], code=code, params=words)


@dataclass(frozen=True)
class Credential:
    """A certificate with those of its issuers, and how its key is reached.

    `key` is the private key (PKCS#8, PEM), or empty: then it stays on the token, under
    `token_label`. Neither may be logged or shown.
    """

    chain: tuple[x509.Certificate, ...]
    key: bytes = b""
    token_label: str = ""

    def __repr__(self):
        return f"<Credential of {subject_of(self.certificate)}>"

    @property
    def certificate(self) -> x509.Certificate:
        return self.chain[0]

    @property
    def fingerprint(self) -> str:
        """SHA-256, 64 hexadecimal digits, as every viewer shows it."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def packed(self) -> bytes:
        pems = [each.public_bytes(serialization.Encoding.PEM) for each in self.chain]
        return self.key + b"".join(pems)


def from_file(file, passphrase: str) -> Credential:
    """What is in an uploaded PKCS#12 file. Raises CertificateProblem."""
    data = _read(file)
    try:
        opened = pkcs12.load_key_and_certificates(data, passphrase.encode())
    except ValueError:
        raise CertificateProblem(
            "passphrase" if _is_pkcs12(data) else "not_pkcs12"
        ) from None
    except UnsupportedAlgorithm:
        raise CertificateProblem("unsupported") from None
    key, certificate, others = opened
    if key is None:
        raise CertificateProblem("no_key")
    if certificate is None or certificate.public_key() != key.public_key():
        raise CertificateProblem("no_certificate")
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Credential(_chain(certificate, others), key=pem)


def from_token(label: str) -> Credential:
    """What lies under `label` on the token; the key signs once, to see that it fits.

    Raises Refused, in words, or CertificateProblem.
    """
    # Native code that only offices with a token need.
    from services.signing import pkcs11_keys  # noqa: PLC0415

    first, *others = map(
        x509.load_der_x509_certificate, pkcs11_keys.certificates(label)
    )
    if not signed_by(first, pkcs11_keys.sign(label, b"AK-1"), b"AK-1"):
        raise CertificateProblem("other_key")
    return Credential(_chain(first, others), token_label=label)


def unpack(packed: bytes) -> Credential:
    """The opposite of `Credential.packed`."""
    start = packed.index(b"-----BEGIN CERTIFICATE-----")
    chain = x509.load_pem_x509_certificates(packed[start:])
    return Credential(tuple(chain), key=packed[:start])


def signed_by(certificate: x509.Certificate, signature: bytes, data: bytes) -> bool:
    """Whether the key of `certificate` made this signature, with SHA-256."""
    key = certificate.public_key()
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def subject_of(certificate: x509.Certificate) -> str:
    """Name and organisation: never the numbers, one of which may be a NIK."""
    return _words(certificate.subject)


def issuer_of(certificate: x509.Certificate) -> str:
    return _words(certificate.issuer)


def _words(name: x509.Name) -> str:
    parts = (NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME)
    values = [
        str(attribute.value)
        for oid in (*parts, NameOID.ORGANIZATION_NAME)
        for attribute in name.get_attributes_for_oid(oid)
    ]
    return " · ".join(dict.fromkeys(values))[:200]


def _read(file) -> bytes:
    """The bytes of the file; never more than we take, whatever it says of its size."""
    if file is None:
        raise CertificateProblem("missing")
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise CertificateProblem("empty")
    if len(data) > MAX_BYTES:
        sizes = filesizeformat(file.size), filesizeformat(MAX_BYTES)
        raise CertificateProblem("too_large", found=sizes[0], limit=sizes[1])
    return data


def _is_pkcs12(data: bytes) -> bool:
    """The library says the same of a wrong passphrase and of any other file."""
    try:
        pfx = asn1_pkcs12.Pfx.load(data, strict=True)
        kind = pfx["auth_safe"]["content_type"].native
        return pfx["version"].native == "v3" and kind in ("data", "signed_data")
    except ValueError:
        return False


def _chain(certificate, others) -> tuple[x509.Certificate, ...]:
    """The certificate and its issuers, as far as the file has them; nothing else."""
    chain = [certificate]
    while len(chain) < MAX_CHAIN:
        issuer = next((one for one in others if _issued(one, chain[-1])), None)
        if issuer is None or issuer in chain:
            break
        chain.append(issuer)
    return tuple(chain)


def _issued(issuer, certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
