"""Everything that can happen to a card: issued, authorised, finished, withdrawn."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ak1portal.refusals import refuse_if
from ak1portal.sealed import default_storage
from ak1portal.tokens import new_token
from applicants.models import Applicant, DocumentKind, User
from services.issuance import notices, register, rules, rules_cards, terms
from services.issuance.actions import let_go, today_at
from services.issuance.contents import contents, vouched_for
from services.issuance.models import Application, Card, CardSerial, Kind
from services.issuance.workflow import Status
from services.office.journal import note
from services.office.models import Office, Officer
from services.office.numbering import compose
from services.signing import record, signing
from services.signing.models import Signature

# What an act writes of a card, and nothing else.
VOUCHED = (
    "authorised_at",
    "authorised_by",
    "needs_print",
    "code",
    "signature",
    "printed_sealed",
)
REPLACED = ("replaced_at", "replaced_by", "needs_print", "needs_hand_over")
FINISHED = ("page_file", "signed_file", "finished_at", "finish_problem")


def issue_card(application: Application, *, by: User) -> Card:
    """Write the card of an application that its caller has locked and approved.

    Number, contents and pictures are all there when the transaction commits, or none.
    A corrected card takes over the number and the dates of the one it will replace.
    """
    assert application.status == Status.APPROVED  # noqa: S101  a programmer's promise
    refuse_if(rules_cards.bars_issuing(application))
    office = Office.objects.get(pk=application.office_id)
    applicant = application.applicant
    numbered = _same_number if application.kind == Kind.CORRECTION else _new_number
    card = Card(
        application=application,
        office=office,
        holder_name=applicant.name,
        district=(applicant.village_id or "")[:6],
        approved_by=by,
        photo_file=_copy_photo(applicant),
        logo_file=office.logo,
        **numbered(application, office),
    )
    card.diploma_due_on = _diploma_due(application, office, card.issued_on)
    card.printed = contents(
        applicant, office, number=card.number, issued_on=card.issued_on
    )
    card.save(force_insert=True)
    return card


def _diploma_due(application, office, issued_on):
    """By when the diploma is to be shown; None where it is there, or not asked.

    Nor where it was seen, for an earlier card, after this letter had come.
    """
    applicant = application.applicant
    if office.diploma_days is None or not rules.stands_on_skl(applicant):
        return None
    letter = applicant.documents.get(kind=DocumentKind.SKL)
    if Card.objects.filter(
        application__applicant=applicant, diploma_seen_at__gte=letter.uploaded_at
    ).exists():
        return None
    return issued_on + timedelta(days=office.diploma_days)


def _new_number(application, office) -> dict:
    today = today_at(office)
    serial = _draw_serial(office, today.year)
    number = compose(office.number_pattern, office.region_code, serial, today)
    refuse_if(rules_cards.bars_number(number))
    return {
        "year": today.year,
        "serial": serial,
        "number": number,
        "issued_on": today,
        "expires_on": terms.ends_on(today),
    }


def _draw_serial(office: Office, year: int) -> int:
    """The next number of the year. The row is ours until commit, so none is skipped."""
    CardSerial.objects.get_or_create(office=office, year=year)
    serial = CardSerial.objects.select_for_update().get(office=office, year=year)
    serial.last += 1
    serial.save(update_fields=["last"])
    return serial.last


def _same_number(application, office) -> dict:
    old = application.corrects
    old.lock()
    versions = Card.objects.filter(office=office, year=old.year, serial=old.serial)
    return {
        "year": old.year,
        "serial": old.serial,
        "number": old.number,
        "revision": versions.aggregate(last=Max("revision"))["last"] + 1,
        "issued_on": old.issued_on,
        "expires_on": old.expires_on,
    }


def _copy_photo(applicant: Applicant) -> str:
    """The card keeps its own picture: the applicant may later upload another."""
    photo = applicant.documents.get(kind=DocumentKind.PHOTO).pages.last()
    return default_storage.write(f"cards/{new_token()}.jpg", photo.read())


@transaction.atomic
def authorise(card: Card, *, officer: Officer) -> None:
    """The supervisor vouches for the card; from now on the public may trust it.

    The record in its QR is signed now, and not before. Drawing the card and signing
    the document is a worker's task (`finish`).
    """
    card.lock()
    _authorise([card], officer)


@transaction.atomic
def authorise_many(cards: Sequence[Card], *, officer: Officer) -> None:
    """All of them or none; held in one order, so that two do not deadlock."""
    chosen = Card.objects.filter(pk__in=[card.pk for card in cards]).order_by("pk")
    related = chosen.select_related("application__corrects", "application__applicant")
    related = related.prefetch_related("office", "application__applicant__educations")
    waiting = list(related.select_for_update(of=("self",)))
    while waiting:
        # One person, one card at a time: the later one replaces the earlier.
        one_each = {card.application.applicant_id: card for card in reversed(waiting)}
        _authorise(list(one_each.values()), officer)
        done = {card.pk for card in one_each.values()}
        waiting = [card for card in waiting if card.pk not in done]


def _authorise(held: Sequence[Card], officer: Officer) -> None:
    """Cards of different people, which the caller has locked."""
    # What this hand has authorised is its second click.
    cards = [card for card in held if card.authorised_by_id != officer.user_id]
    for card in cards:
        refuse_if(rules_cards.bars_authorisation(card, officer))
    if not cards:
        return
    certificate = signing.certificate_of(officer)
    now = timezone.now()
    for card in cards:
        _vouch(card, officer, certificate, now)
    register.enter(cards, _replace_earlier(cards))
    let_go([card.application for card in cards])


def _vouch(card: Card, officer: Officer, certificate, now) -> None:
    card.authorised_at, card.authorised_by = now, officer.user
    card.needs_print = True
    card.code = record.write(_record(card))
    card.signature = Signature.ELECTRONIC if certificate else Signature.WET
    card.printed = vouched_for(
        card.printed,
        code=card.code,
        signature=card.signature,
        signer=officer if certificate else None,
    )
    card.save(update_fields=VOUCHED)


def _record(card: Card) -> record.Record:
    return record.Record(
        region=card.office.region_code,
        number=card.number,
        revision=card.revision,
        issued_on=card.issued_on,
        expires_on=card.expires_on,
        name=card.holder_name,
    )


def _replace_earlier(cards: Sequence[Card]) -> list[Card]:
    """One person, one standing card: the new one takes the place of all others."""
    by_person = {card.application.applicant_id: card for card in cards}
    earlier = (
        Card.objects.standing()
        .filter(application__applicant__in=by_person)
        .exclude(pk__in=[card.pk for card in cards])
        .select_related("application__applicant", "office")
        .order_by("pk")
    )
    replaced = list(earlier.select_for_update(of=("self",)))
    for old in replaced:
        new = by_person[old.application.applicant_id]
        old.replaced_at, old.replaced_by = new.authorised_at, new
        old.needs_print = old.needs_hand_over = False
        old.save(update_fields=REPLACED)
    return replaced


def finish(drawn: Sequence[tuple[Card, str, str]]) -> None:
    """Cards are drawn and signed: their owners may know.

    A card that its caller has locked, with the names of its page and of its
    signed document, "" where there is none.
    """
    for card, page_file, signed_file in drawn:
        card.page_file, card.signed_file = page_file, signed_file
        card.finished_at, card.finish_problem = timezone.now(), ""
        card.save(update_fields=FINISHED)
    notices.ready([card for card, _page, _signed in drawn])


@transaction.atomic
def see_diploma(card: Card, *, officer: Officer) -> None:
    """Somebody of the office has seen the diploma: the card needs no more."""
    card.lock()
    if card.diploma_seen_by_id == officer.user_id:
        return
    refuse_if(rules_cards.bars_seeing_diploma(card))
    card.diploma_seen_at, card.diploma_seen_by = timezone.now(), officer.user
    card.save(update_fields=["diploma_seen_at", "diploma_seen_by"])
    note(officer, "diploma_seen", card.token)


@transaction.atomic
def remind_of_diploma(card: Card) -> bool:
    """Write to the holder, once, while the diploma is neither seen nor sent."""
    card.lock()
    documents = card.application.applicant.documents
    is_there = documents.filter(kind=DocumentKind.DIPLOMA).exists()
    if not card.owes_diploma or card.diploma_reminded_on or is_there:
        return False
    card.diploma_reminded_on = today_at(card.office)
    card.save(update_fields=["diploma_reminded_on"])
    notices.diploma_due(card)
    return True


@transaction.atomic
def try_again(card: Card) -> None:
    """Let the workers try a card again that they had given up."""
    card.lock()
    card.finish_attempts, card.finish_try_at = 0, timezone.now()
    card.save(update_fields=["finish_attempts", "finish_try_at"])


@transaction.atomic
def ask_void(card: Card, *, officer: Officer, reason: str) -> None:
    """Ask that the card be withdrawn; somebody else confirms it.

    In an office with one person it is withdrawn at once.
    """
    card.lock()
    if card.void_asked_by_id == officer.user_id and card.void_reason == reason:
        return
    refuse_if(rules_cards.bars_asking_void(card, officer))
    card.void_asked_at = timezone.now()
    card.void_asked_by = officer.user
    card.void_reason = reason
    card.save(update_fields=["void_asked_at", "void_asked_by", "void_reason"])
    if card.office.one_person_office and officer.supervises:
        _void(card, officer)


@transaction.atomic
def void(card: Card, *, officer: Officer) -> None:
    """Confirm the withdrawal. The number is kept for ever, with its reason."""
    card.lock()
    if card.voided_by_id == officer.user_id:
        return
    refuse_if(rules_cards.bars_voiding(card, officer))
    _void(card, officer)


def _void(card: Card, officer: Officer) -> None:
    card.voided_at = timezone.now()
    card.voided_by = officer.user
    card.needs_print = card.needs_hand_over = False
    card.save(
        update_fields=["voided_at", "voided_by", "needs_print", "needs_hand_over"]
    )
    register.withdraw(card)
    applicant = card.application.applicant
    if not Card.objects.standing().filter(application__applicant=applicant).exists():
        # The card was the proof. Its rightful owner may now come and prove the NIK.
        applicant.nik_proven_at = None
        applicant.save(update_fields=["nik_proven_at"])
    let_go([card.application])
    notices.voided(card)


@transaction.atomic
def keep(card: Card, *, officer: Officer) -> None:
    """Somebody asked to withdraw the card; it stands all the same."""
    card.lock()
    refuse_if(rules_cards.bars_keeping(card, officer))
    card.void_asked_at, card.void_asked_by, card.void_reason = None, None, ""
    card.save(update_fields=["void_asked_at", "void_asked_by", "void_reason"])
