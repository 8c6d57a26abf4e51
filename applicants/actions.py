"""Everything a person can do with what they have told us.

Each act locks the person's row first, so that no answer changes under the eyes of an
officer who has just begun to read (rules.bars_editing).
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ak1portal.refusals import refuse_if
from ak1portal.sealed import default_storage
from ak1portal.tokens import new_claim_code, new_token
from applicants import rules, uploads
from applicants.models import (
    MANY_ALLOWED,
    Applicant,
    Consent,
    Document,
    DocumentKind,
    DocumentPage,
    Entry,
    User,
    claim_index,
)

CLAIM_DAYS = 90


@transaction.atomic
def register(*, by: User, as_printed: bool = False, **facts) -> Applicant:
    """Write down who this user is. A second press changes what the first one wrote.

    `as_printed`: they say that the KTP reads like this, whatever the NIK seems to say.
    """
    User.objects.select_for_update().get(pk=by.pk)
    applicant = Applicant.objects.filter(user=by).first()
    if applicant is None:
        applicant = Applicant.objects.create(user=by, **facts)
        _confirm_nik(applicant, by=by, as_printed=as_printed)
        return applicant
    change(applicant, by=by, as_printed=as_printed, **facts)
    return applicant


@transaction.atomic
def register_for(*, by: User, as_printed: bool = False, **facts) -> Applicant:
    """Write down somebody who has no account: `by` an officer who sees the KTP."""
    refuse_if(rules.bars_known_nik(facts["nik"]))
    applicant = Applicant.objects.create(user=None, **facts)
    _confirm_nik(applicant, by=by, as_printed=as_printed)
    return applicant


@transaction.atomic
def make_claim_code(applicant: Applicant, *, by: User) -> str:
    """A new code with which the person takes the record over; shown once.

    The codes before it are good no more.
    """
    applicant.lock()
    refuse_if(rules.bars_claim_code(applicant))
    code, now = new_claim_code(), timezone.now()
    applicant.claim_codes.filter(used_at=None, expires_at__gt=now).update(
        expires_at=now
    )
    applicant.claim_codes.create(
        code_index=claim_index(code),
        made_by=by,
        expires_at=now + timedelta(days=CLAIM_DAYS),
    )
    return code


@transaction.atomic
def take_over(applicant: Applicant, *, code: str, by: User) -> bool:
    """The record becomes this account’s; False when the code is not good any more."""
    User.objects.select_for_update().get(pk=by.pk)
    applicant.lock()
    refuse_if(rules.bars_taking_over(by))
    now = timezone.now()
    good = applicant.claim_codes.filter(
        code_index=claim_index(code), used_at=None, expires_at__gt=now
    ).first()
    if good is None or applicant.user_id:
        return False
    good.used_at, good.used_by = now, by
    good.save(update_fields=["used_at", "used_by"])
    applicant.user = by
    applicant.save(update_fields=["user"])
    return True


@transaction.atomic
def change(
    applicant: Applicant, *, by: User | None = None, as_printed: bool = False, **facts
) -> None:
    """Save the answers of one section; `by` and `as_printed` are about a NIK."""
    _lock(applicant)
    if "nik" in facts:
        refuse_if(rules.bars_new_nik(applicant, facts["nik"]))
    before = _about_the_number(applicant)
    for name, value in facts.items():
        setattr(applicant, name, value)
    applicant.save()
    if _about_the_number(applicant) != before:
        _confirm_nik(applicant, by=by, as_printed=as_printed)


def _about_the_number(applicant: Applicant) -> tuple:
    return bytes(applicant.nik_index), applicant.birth_date, applicant.sex


def _confirm_nik(applicant: Applicant, *, by: User | None, as_printed: bool) -> None:
    """Keep who said that the NIK is right all the same, where there is a doubt."""
    if not applicant.nik_doubts:
        return
    refuse_if(rules.bars_doubtful_nik(as_printed=as_printed))
    applicant.nik_confirmations.create(  # type: ignore[misc]
        nik_index=applicant.nik_index,
        birth_date=applicant.birth_date,
        sex=applicant.sex,
        by=by,
    )


@transaction.atomic
def declare_disability(applicant: Applicant, *, disability: str, wording: str) -> None:
    """Keep a disability only with the consent that was given to `wording`.

    Health data is specific personal data (UU 27/2022 article 4): without consent, or
    when it is taken back, nothing is kept.
    """
    _lock(applicant)
    standing = applicant.consents.filter(
        purpose=Consent.Purpose.DISABILITY, withdrawn_at=None
    )
    if disability and not standing.filter(wording=wording).exists():
        applicant.consents.create(purpose=Consent.Purpose.DISABILITY, wording=wording)
    if not disability:
        standing.update(withdrawn_at=timezone.now())
    applicant.disability = disability
    applicant.save()


@transaction.atomic
def agree_at_desk(applicant: Applicant, *, wording: str) -> None:
    """Keep that the person agreed at the counter, and to which words."""
    applicant.lock()
    applicant.consents.create(purpose=Consent.Purpose.DESK, wording=wording)


@transaction.atomic
def save_entry(applicant: Applicant, entry: Entry) -> None:
    """Add or change one school, skill, language or job of this person.

    The same one once more is the second click on the same button: it stays one.
    """
    _lock(applicant)
    entry.applicant = applicant
    others = type(entry).objects.exclude(pk=entry.pk)  # type: ignore[attr-defined]
    facts = {
        field.name: getattr(entry, field.name)
        for field in entry._meta.concrete_fields
        if field.name not in ("id", "token")
    }
    if others.filter(**facts).exists():
        return
    refuse_if(rules.bars_entry(applicant, entry))
    entry.save()


@transaction.atomic
def remove_entry(applicant: Applicant, entry: Entry) -> None:
    _lock(applicant)
    entry.delete()


@transaction.atomic
def save_document(
    applicant: Applicant, *, kind: str, pages: Sequence[uploads.Page]
) -> Document:
    """Keep the cleaned pages; a kind that is kept once replaces what was there."""
    applicant.lock()
    refuse_if(rules.bars_upload(applicant, kind))
    if kind not in MANY_ALLOWED:
        for old in applicant.documents.filter(kind=kind):
            _delete(old)
    document = Document.objects.create(applicant=applicant, kind=kind)
    for position, page in enumerate(pages):
        _write_page(document, position, page)
    return document


def save_photo(applicant: Applicant, *, picture: uploads.Page) -> Document:
    """Cut a photo to 3:4 in the usual place and keep it."""
    crop = uploads.default_crop(picture.width, picture.height)
    cropped = uploads.crop_photo(picture.jpeg, crop)
    return keep_photo(applicant, picture=picture, cropped=cropped, crop=crop)


@transaction.atomic
def keep_photo(
    applicant: Applicant, *, picture: uploads.Page, cropped: bytes, crop: uploads.Crop
) -> Document:
    """Keep a photo that is already cut: `cropped` is `picture` inside `crop`."""
    document = save_document(
        applicant,
        kind=DocumentKind.PHOTO,
        pages=[picture, uploads.Page(cropped, *uploads.CARD_PHOTO)],
    )
    document.crop = [crop.x, crop.y, crop.width, crop.height]
    document.save(update_fields=["crop"])
    return document


def adjust_crop(document: Document, *, crop: uploads.Crop) -> Document:
    """Cut the photo anew from its whole picture."""
    cropped = uploads.crop_photo(document.pages.first().read(), crop)
    _replace_cropped(document, cropped, crop)
    return document


@transaction.atomic
def _replace_cropped(document: Document, cropped: bytes, crop: uploads.Crop) -> None:
    _lock(document.applicant)
    for old in document.pages.filter(position__gt=0):
        default_storage.delete_after_commit(old.file)
        old.delete()
    _write_page(document, 1, uploads.Page(cropped, *uploads.CARD_PHOTO))
    document.crop = [crop.x, crop.y, crop.width, crop.height]
    document.save(update_fields=["crop"])


@transaction.atomic
def remove_document(document: Document) -> None:
    _lock(document.applicant)
    _delete(document)


def _lock(applicant: Applicant) -> None:
    applicant.lock()
    refuse_if(rules.bars_editing(applicant))


def _write_page(document: Document, position: int, page: uploads.Page) -> None:
    """The file is whole on disk before the row that points at it exists."""
    name = default_storage.write(f"documents/{new_token()}.jpg", page.jpeg)
    DocumentPage.objects.create(
        document=document,
        position=position,
        file=name,
        sha256=hashlib.sha256(page.jpeg).digest(),
        width=page.width,
        height=page.height,
    )


def _delete(document: Document) -> None:
    for page in document.pages.all():
        default_storage.delete_after_commit(page.file)
    document.delete()
