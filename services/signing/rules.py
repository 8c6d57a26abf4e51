"""Which certificates a supervisor may sign cards with. Answers as rules.py does."""

import re
import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from services.office.models import Officer

MIN_RSA_BITS = 2048
# nomor induk pegawai: date of birth, month of appointment, sex, running number.
NIP = re.compile(r"(?<!\d)\d{18}(?!\d)")


def bars_certificate(
    certificate: x509.Certificate, officer: Officer, now: datetime
) -> str | None:
    """Why `officer` cannot sign with this certificate from `now` on."""
    return (
        _bars_time(certificate, ZoneInfo(officer.office.time_zone), now)
        or _bars_use(certificate)
        or bars_owner(certificate, officer)
    )


def _bars_time(certificate, zone, now):
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now > ends:
        return _("This certificate ended on %(day)s. Ask its issuer for a new one.") % {
            "day": date_format(ends.astimezone(zone), "j F Y")
        }
    if now < begins:
        return _("This certificate is not valid yet: it begins on %(day)s.") % {
            "day": date_format(begins.astimezone(zone), "j F Y, H.i")
        }
    return None


def _bars_use(certificate):
    """RFC 5280, 4.2.1.3: where keyUsage is present, it must allow signatures."""
    try:
        use = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        use = None
    if use and not (use.digital_signature or use.content_commitment):
        return _(
            "This certificate is not meant for signing documents. Ask its issuer for"
            " one that is (key usage: digital signature or non-repudiation)."
        )
    key = certificate.public_key()
    strong = isinstance(key, RSAPublicKey) and key.key_size >= MIN_RSA_BITS
    if not strong and not isinstance(key, EllipticCurvePublicKey):
        return _(
            "The key of this certificate cannot be used here. Ask for an RSA key of"
            " at least 2048 bits, or an elliptic-curve key."
        )
    return None


def bars_owner(certificate: x509.Certificate, officer: Officer) -> str | None:
    """Why the certificate is not this officer's, or None.

    A certificate is signed with by the person it was issued to, and nobody else.

    It is the officer's when their NIP stands in it (anywhere in the subject, for
    example serialNumber, or among its alternative names). It is not when another NIP
    stands there. When none does, its name (CN) must be the officer's: upper and lower
    case, accents, dots and spaces do not count, nor does what follows the first comma
    (titles such as S.Sos.).

    Office practice, not verified with an issuer: government certificates are issued to
    a person by name, and not all of them carry the NIP.
    """
    numbers = set(NIP.findall(" ".join(_written_in(certificate))))
    own = re.sub(r"\D", "", officer.nip)
    if own and own in numbers:
        return None
    if numbers:
        return _(
            "This certificate does not belong to you: another NIP stands in it than"
            " the one the office has written down for you."
        )
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if any(_folded(str(name.value)) == _folded(officer.name) for name in names):
        return None
    return _(
        "This certificate does not belong to you: it was issued to “%(theirs)s”, and"
        " your name here is “%(yours)s”. If both are you, ask the administrator to"
        " write your name or NIP as it stands in the certificate."
    ) % {"theirs": ", ".join(str(n.value) for n in names)[:100], "yours": officer.name}


def _written_in(certificate) -> list[str]:
    """Every text of the subject and of the alternative names."""
    texts = [str(attribute.value) for attribute in certificate.subject]
    try:
        names = certificate.extensions.get_extension_for_class(
            x509.SubjectAlternativeName
        ).value
    except x509.ExtensionNotFound:
        return texts
    for name in names:
        if isinstance(name, x509.DirectoryName):
            texts += [str(attribute.value) for attribute in name.value]
        elif isinstance(name, x509.OtherName):
            texts.append(name.value.decode("latin-1"))
        else:
            texts.append(str(name.value))
    return texts


def _folded(name: str) -> str:
    """What of a name counts: its letters, in one case, before the first comma."""
    plain = unicodedata.normalize("NFKD", name.partition(",")[0]).casefold()
    letters = "".join(
        " " if letter in ".’'`-" else letter
        for letter in plain
        if not unicodedata.combining(letter)
    )
    return " ".join(letters.split())
