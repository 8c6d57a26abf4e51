"""An authority for the tests: certificates of people who do not exist, and its servers.

Nothing of it is ever written into the repository: every run makes its own.
"""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

PASSPHRASE = "kunci-tanda-tangan"
DER = serialization.Encoding.DER
USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
SIGNATURE = ("digital_signature", "content_commitment")


def name(common_name, **others) -> x509.Name:
    """A name of the authority’s own country; `others` are attributes by NameOID."""
    attributes = {
        "COUNTRY_NAME": "ID",
        "ORGANIZATION_NAME": "Pemerintah Kabupaten Contoh",
        **others,
        "COMMON_NAME": common_name,
    }
    return x509.Name(
        x509.NameAttribute(getattr(NameOID, oid), value)
        for oid, value in attributes.items()
    )


class Authority:
    """Issues certificates for `name`s. One key for all of them: keys take long."""

    def __init__(self):
        self.key = rsa.generate_private_key(65537, 2048)
        self.leaf_key = rsa.generate_private_key(65537, 2048)
        self.certificate = self._build(
            name("Otoritas Contoh"), self.key, ca=True, usage=("key_cert_sign",)
        )

    def issue(
        self,
        subject="Sri Contoh",
        *,
        key=None,
        days=(-1, 365),
        usage=SIGNATURE,
        purpose=None,
        alternative=(),
        revocations="",
    ) -> x509.Certificate:
        """A certificate from `days[0]` to `days[1]`, counted from today."""
        subject = name(subject) if isinstance(subject, str) else subject
        extensions = []
        if alternative:
            extensions.append(x509.SubjectAlternativeName(alternative))
        if purpose:
            extensions.append(x509.ExtendedKeyUsage([purpose]))
        if revocations:
            place = x509.UniformResourceIdentifier(revocations)
            points = [x509.DistributionPoint([place], None, None, None)]
            extensions.append(x509.CRLDistributionPoints(points))
        return self._build(
            subject, key or self.leaf_key, days=days, usage=usage, extensions=extensions
        )

    def _build(
        self, subject, key, *, ca=False, days=(-2, 730), usage=(), extensions=()
    ):
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(name("Otoritas Contoh"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=days[0]))
            .not_valid_after(now + timedelta(days=days[1]))
            .add_extension(x509.BasicConstraints(ca, None), critical=True)
        )
        if usage is not None:
            uses = {use: use in usage for use in USES}
            uses["crl_sign"] = ca
            builder = builder.add_extension(x509.KeyUsage(**uses), critical=True)
        for extension in extensions:
            is_purpose = isinstance(extension, x509.ExtendedKeyUsage)
            builder = builder.add_extension(extension, critical=is_purpose)
        return builder.sign(self.key, hashes.SHA256())

    def file(self, certificate=None, *, key=None, chain=True, **facts) -> BytesIO:
        """A PKCS#12 file, as an issuer sends it, of `certificate` or of a new one."""
        data = pkcs12.serialize_key_and_certificates(
            b"tanda tangan",
            key or self.leaf_key,
            certificate or self.issue(**facts),
            [self.certificate] if chain else None,
            serialization.BestAvailableEncryption(PASSPHRASE.encode()),
        )
        file = BytesIO(data)
        file.name, file.size = "sri.p12", len(data)
        return file

    def revocations(self, *revoked) -> bytes:
        """The list of what was revoked (CRL), as of now."""
        now = datetime.now(UTC)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(now - timedelta(minutes=5))
            .next_update(now + timedelta(days=1))
        )
        for certificate in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(certificate.serial_number)
                .revocation_date(now - timedelta(hours=1))
                .build()
            )
        return builder.sign(self.key, hashes.SHA256()).public_bytes(DER)

    def clock(self) -> DummyTimeStamper:
        """What tells the time, as a timestamp server does."""
        certificate = self.issue(
            "Waktu Contoh",
            usage=("digital_signature",),
            purpose=ExtendedKeyUsageOID.TIME_STAMPING,
        )
        private = self.leaf_key.private_bytes(
            DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        chain = [asn1_x509.Certificate.load(self.certificate.public_bytes(DER))]
        return DummyTimeStamper(
            asn1_x509.Certificate.load(certificate.public_bytes(DER)),
            keys.PrivateKeyInfo.load(private),
            certs_to_embed=chain,
        )


class Server:
    """A small real web server on this machine; `pages` are bytes or functions.

    A function gets what was posted, and may raise: then nothing sensible is answered.
    """

    def __init__(self, address):
        self.url = f"http://127.0.0.1:{address[1]}"
        self.pages = {}
        self.asked = []


@contextmanager
def server():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(b"")

        def do_POST(self):
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, posted):
            told.asked.append(self.path)
            page = told.pages.get(self.path)
            if page is None:
                self.send_error(503)
                return
            body = page(posted) if callable(page) else page
            self.send_response(200)
            kind = "application/timestamp-reply" if posted else "application/pkix-crl"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Silent."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = Server(httpd.server_address)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def tells_time(clock: DummyTimeStamper):
    """A page of `Server` that answers timestamp requests."""

    def page(posted: bytes) -> bytes:
        return clock.request_tsa_response(tsp.TimeStampReq.load(posted)).dump()

    return page
