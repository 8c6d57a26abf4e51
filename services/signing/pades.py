"""How a signature gets into a PDF: PAdES (ETSI EN 319 142-1), by pyHanko.

The signature is written as an update behind the file, so every byte of the page stays
as it was drawn, and PDF/A-3a and PDF/UA-1 stay with it: the field is invisible and lies
outside the page, nothing needs a font, and the metadata are not touched. It certifies
the document (DocMDP, no changes): whatever a reader adds later breaks it.

Importing pyHanko takes a second: import this module inside functions only.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from contextvars import copy_context
from dataclasses import dataclass
from io import BytesIO

from asn1crypto import x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import (
    InvisSigSettings,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
)
from pyhanko.sign.general import (
    extract_certificate_info,
    find_unique_cms_attribute,
)
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    KeyUsageConstraints,
    async_validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ak1portal.refusals import Refused

log = logging.getLogger(__name__)

FIELD = "Pengesahan"
DIGEST = "sha256"
TIMEOUT_SECONDS = 10
# Room for what stands around certificates and signature, and for a timestamp with the
# certificates of its server; most need half of it. pyHanko would measure instead, by
# signing twice and by asking for two timestamps, each of which may cost something.
CMS_BYTES = 1024
TIMESTAMP_BYTES = 12 * 1024
# Either will do, as where a certificate is registered (rules_certificates).
SIGNS = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


@dataclass(frozen=True)
class Words:
    """What a reader shows beside the signature."""

    name: str
    location: str
    reason: str


def sign(
    pdf: bytes,
    *,
    chain: Sequence[bytes],
    sign_raw: Callable[[bytes], bytes],
    signature_bytes: int,
    words: Words,
    timestamp_url: str = "",
) -> bytes:
    """`pdf` with a signature behind it.

    `chain` are certificates in DER, the signer's own first. `sign_raw` signs bytes with
    the signer's key and SHA-256; the answer has at most `signature_bytes`. Level B-B;
    with `timestamp_url` B-T, and B-LT when the certificate says where its revocation
    list or service is; one that does not can have no more than B-T.

    Raises Refused, in words, and signs nothing, when the server of the time or of the
    revocations does not answer in ten seconds or answers nonsense, or when the
    certificate is revoked: no document has less than what was promised.
    """
    certificates = [x509.Certificate.load(each) for each in chain]
    signer = _Signer(certificates, sign_raw, signature_bytes)
    names = 2 * len(certificates[0].issuer.dump())
    room = sum(map(len, chain)) + signature_bytes + names + CMS_BYTES
    if timestamp_url:
        room += TIMESTAMP_BYTES
    # Two characters a byte.
    return _alone(_sign(pdf, signer, words, timestamp_url, room=2 * room))


def _alone(signing: Coroutine) -> bytes:
    """Run to its end in a thread of its own: whoever asks may have a loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, asyncio.run, signing).result()


class _Signer(signers.Signer):
    """A key that is not ours to hold: it is asked for each signature."""

    def __init__(self, certificates, sign_raw, signature_bytes):
        store = SimpleCertificateStore()
        store.register_multiple(certificates)
        super().__init__(signing_cert=certificates[0], cert_registry=store)
        self._sign_raw, self._signature_bytes = sign_raw, signature_bytes

    async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
        return bytes(self._signature_bytes) if dry_run else self._sign_raw(data)


class _Clock(HTTPTimeStamper):
    """A server of the time (RFC 3161) that answers, or a reason in words."""

    async def async_timestamp(self, message_digest, md_algorithm):
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except Exception as error:
            # What a stranger's server sends can break any part of what reads it.
            raise _no_time(error) from error


class _Update(IncrementalPdfFileWriter):
    """Writes behind a PDF and leaves its metadata alone.

    pyHanko would set them anew in its own words, and what says that the file is PDF/A
    and PDF/UA stands there.
    """

    def _update_meta(self):
        pass


async def _sign(pdf, signer, words, timestamp_url, *, room) -> bytes:
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=words.name,
        location=words.location,
        reason=words.reason,
    )
    field = SigFieldSpec(
        FIELD,
        readable_field_name=words.reason,
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
    clock = _Clock(timestamp_url, timeout=TIMEOUT_SECONDS) if timestamp_url else None
    writer = signers.PdfSigner(meta, signer, timestamper=clock, new_field_spec=field)
    signed = await writer.async_sign_pdf(_Update(BytesIO(pdf)), bytes_reserved=room)
    return await _proven(signed) if clock else signed.getvalue()


async def _proven(signed: BytesIO) -> bytes:
    """The file as a reader will judge it: its time true, what proves it embedded."""
    reader = PdfFileReader(signed)
    (signature,) = reader.embedded_signatures
    can_be_revoked = _says_where_to_ask(signature.signer_cert)
    async with aclosing(_context(signature, can_be_revoked)) as context:
        try:
            status = await async_validate_pdf_signature(
                signature, context, context, key_usage_settings=SIGNS
            )
        except Exception as error:
            # As above: lists of revocations come from strangers too.
            raise _no_proof(error) from error
        time = status.timestamp_validity
        if time is None or not (time.intact and time.valid):
            raise _no_time(time)
        if not (status.bottom_line and time.trusted):
            raise _no_proof(status)
        if can_be_revoked:
            _keep(reader, context, [status.validation_path, time.validation_path])
    return signed.getvalue()


def _no_time(cause) -> Refused:
    log.warning("no timestamp: %s", type(cause).__name__)
    return Refused(
        _(
            "The timestamp server did not answer, or not as it should. The card is"
            " signed as soon as it does."
        )
    )


def _no_proof(cause) -> Refused:
    log.warning("no proof of validity: %s", type(cause).__name__)
    return Refused(
        _(
            "The certificate of the supervisor or of the timestamp server was revoked,"
            " or its issuer did not say that it was not. The card is not signed."
        )
    )


def _says_where_to_ask(certificate: x509.Certificate) -> bool:
    return bool(certificate.crl_distribution_points or certificate.ocsp_urls)


def _context(signature, can_be_revoked: bool) -> ValidationContext:
    """Asks about every certificate but the uppermost ones, which readers judge."""
    stamp = find_unique_cms_attribute(
        signature.signer_info["unsigned_attrs"], "signature_time_stamp_token"
    )
    held = [extract_certificate_info(signature.signed_data)]
    held.append(extract_certificate_info(stamp["content"]))
    known = [c for each in held for c in (each.signer_cert, *each.other_certs)]
    subjects = {each.subject.hashable for each in known}
    tops = [
        each
        for each in known
        if each.self_issued or each.issuer.hashable not in subjects
    ]
    return ValidationContext(
        trust_roots=tops,
        other_certs=known,
        allow_fetching=can_be_revoked,
        revocation_mode="hard-fail" if can_be_revoked else "soft-fail",
    )


def _keep(reader, context, paths) -> None:
    """Write what was asked into the file's document security store (DSS)."""
    update = _Update.from_reader(reader)
    DocumentSecurityStore.supply_dss_in_writer(
        update, None, validation_context=context, paths=paths
    )
    update.write_in_place()
