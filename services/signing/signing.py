"""Electronic signatures on cards: whose certificate signs, and what it says."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ak1portal.refusals import Refused
from services.office.models import Officer
from services.signing.models import Certificate
from services.signing.signers import Statement, signer_of


def certificate_of(officer: Officer, now: datetime | None = None) -> Certificate | None:
    """The certificate with which `officer` signs now; None signs by hand."""
    return officer.certificates.usable(now or timezone.now()).first()


def sign(pdf: bytes, officer: Officer, statement: Statement) -> bytes:
    """`pdf` with the signature of `officer`, a supervisor, and what it is to say.

    With the certificate that this supervisor has now: it may be another than when they
    promised to sign. Each call gives other bytes, because they hold the time; whoever
    calls keeps them. Raises Refused, in words, when nothing could be signed as it was
    promised.
    """
    certificate = certificate_of(officer)
    if certificate is None:
        raise Refused(_without(officer))
    return signer_of(certificate).sign(pdf, statement)


def _without(officer: Officer) -> str:
    """Why an officer who signed electronically no longer can, and what to do."""
    last = officer.certificates.first()
    if last is None:
        return _("%(name)s has no certificate.") % {"name": officer.name}
    if last.removed_at:
        return _(
            "The certificate of %(name)s was taken back. Register another one, then"
            " try again."
        ) % {"name": officer.name}
    if last.has_ended(timezone.now()):
        return _(
            "The certificate of %(name)s has ended. Register a new one, then try again."
        ) % {"name": officer.name}
    return _("The certificate of %(name)s is not valid yet.") % {"name": officer.name}
