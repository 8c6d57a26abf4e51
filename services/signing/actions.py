"""What a supervisor does with their own certificate: register it, take it back."""

from django.db import transaction
from django.utils import timezone

from ak1portal.refusals import refuse_if
from services.office.journal import note
from services.office.models import Officer
from services.signing import certificates
from services.signing.certificates import Credential
from services.signing.models import Certificate
from services.signing.rules import bars_certificate


@transaction.atomic
def add_certificate(officer: Officer, *, credential: Credential) -> Certificate:
    """From now on, the cards that `officer` authorises are signed with this one.

    It takes the place of the one before. Registered twice, it is registered once.
    """
    _lock(officer)
    now, certificate = timezone.now(), credential.certificate
    refuse_if(bars_certificate(certificate, officer, now))
    before = officer.certificates.filter(removed_at=None).first()
    if before:
        same = (before.fingerprint, before.token_label)
        if same == (credential.fingerprint, credential.token_label):
            return before
        _take_back(before, officer)
    added = Certificate(
        officer=officer,
        subject=certificates.subject_of(certificate),
        issuer=certificates.issuer_of(certificate),
        fingerprint=credential.fingerprint,
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        token_label=credential.token_label,
        added_at=now,
    )
    added.key_material = credential.packed()
    added.save(force_insert=True)
    note(officer, "certificate_added", officer.token, new=added.grouped_fingerprint)
    return added


@transaction.atomic
def remove_certificate(officer: Officer) -> None:
    """The certificate in use signs nothing any more, and its key is forgotten."""
    _lock(officer)
    for certificate in officer.certificates.filter(removed_at=None):
        _take_back(certificate, officer)


def _take_back(certificate: Certificate, officer: Officer) -> None:
    certificate.removed_at = timezone.now()
    # Documents carry the certificate themselves; the key is of no more use.
    certificate.key_sealed = b""
    certificate.save(update_fields=["removed_at", "key_sealed"])
    note(
        officer,
        "certificate_removed",
        officer.token,
        old=certificate.grouped_fingerprint,
    )


def _lock(officer: Officer) -> None:
    """Two uploads at once: the second waits and replaces the first."""
    Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
