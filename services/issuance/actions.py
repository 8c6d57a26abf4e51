"""Everything that can happen to an application or a card at this counter.

An action is one sentence of the office's day, and one transaction. It locks, asks the
rules, moves, and leaves its letter in the same transaction.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ak1portal.refusals import Refused, refuse_if
from ak1portal.tokens import new_receipt, new_token
from applicants.models import Applicant, DocumentKind, User
from services.issuance import notices, rules, terms
from services.issuance.contents import contents
from services.issuance.models import (
    Application,
    Card,
    CardPrint,
    CardSerial,
    Kind,
    PrintRun,
)
from services.issuance.workflow import Status
from services.office.models import Office, Officer
from services.office.numbering import compose


def start(*, applicant: Applicant, office: Office) -> Application:
    """The applicant's open application; a new draft if there is none."""
    open_one = applicant.applications.open().first()
    if open_one:
        return open_one
    today = today_at(office)
    refuse_if(rules.bars_start(applicant, today))
    had_one = Card.objects.filter(application__applicant=applicant).exists()
    # The constraint of one open application decides when two tabs come at once.
    application, _created = Application.objects.open().get_or_create(
        applicant=applicant,
        defaults={"office": office, "kind": Kind.RENEWAL if had_one else Kind.NEW},
    )
    return application


@transaction.atomic
def choose_office(application: Application, *, office: Office) -> None:
    """Turn an application to another office. It keeps its receipt number."""
    application.lock()
    refuse_if(rules.bars_choosing_office(application))
    application.office = office
    application.save(update_fields=["office"])


@transaction.atomic
def submit(application: Application, *, by: User, key=None) -> None:
    """Hand the application in, for the first time or after a return.

    The answers stand still from here until the office has decided or sent it back.
    """
    application.lock()
    if application.has_done(key):
        return
    applicant, office = application.applicant, application.office
    applicant.lock()
    now = timezone.now()
    refuse_if(rules.bars_submission(application, today_at(office)))
    application.move(
        Status.SUBMITTED,
        by=by,
        key=key,
        receipt=application.receipt or new_receipt(),
        submitted_at=application.submitted_at or now,
        due_at=terms.due_at(now.astimezone(_zone(office)), office.promise_days),
    )
    _hold(applicant, now)
    notices.submitted(application)


@transaction.atomic
def withdraw(application: Application, *, by: User, note: str = "", key=None) -> None:
    """The applicant takes the application back."""
    application.lock()
    if application.has_done(key):
        return
    refuse_if(rules.bars_withdrawal(application))
    application.move(
        Status.WITHDRAWN, by=by, note=note, key=key, decided_at=timezone.now()
    )
    _hold(application.applicant, None)


def let_go(application: Application) -> None:
    """Free the answers of an application that its caller has locked and decided."""
    _hold(application.applicant, None)


def _hold(applicant: Applicant, moment) -> None:
    applicant.held_at = moment
    applicant.save(update_fields=["held_at"])


def issue_card(application: Application, *, by: User) -> Card:
    """Write the card of an application that its caller has locked and approved.

    Number, contents and pictures are all there when the transaction commits, or none.
    """
    assert application.status == Status.APPROVED  # noqa: S101  a programmer's promise
    office = Office.objects.get(pk=application.office_id)
    today = today_at(office)
    serial = _draw_serial(office, today.year)
    number = compose(office.number_pattern, office.region_code, serial, today)
    refuse_if(rules.bars_number(number))
    card = Card(
        application=application,
        office=office,
        year=today.year,
        serial=serial,
        number=number,
        holder_name=application.applicant.name,
        issued_on=today,
        expires_on=terms.ends_on(today),
        approved_by=by,
        photo_file=_copy_photo(application.applicant),
        logo_file=office.logo,
    )
    card.printed = contents(
        application.applicant, office, number=number, issued_on=today, token=card.token
    )
    card.save(force_insert=True)
    return card


def _copy_photo(applicant: Applicant) -> str:
    """The card keeps its own picture: the applicant may later upload another."""
    photo = applicant.documents.get(kind=DocumentKind.PHOTO).pages.last()
    return default_storage.write(f"cards/{new_token()}.jpg", photo.read())


def _draw_serial(office: Office, year: int) -> int:
    """The next number of the year. The row is ours until commit, so none is skipped."""
    CardSerial.objects.get_or_create(office=office, year=year)
    serial = CardSerial.objects.select_for_update().get(office=office, year=year)
    serial.last += 1
    serial.save(update_fields=["last"])
    return serial.last


@transaction.atomic
def authorise(card: Card, *, officer: Officer) -> None:
    """The supervisor vouches for the card; from now on the public may trust it."""
    card.lock()
    if card.authorised_by_id == officer.user_id:
        return  # the second click of the same hand
    refuse_if(rules.bars_authorisation(card, officer))
    card.authorised_at = timezone.now()
    card.authorised_by = officer.user
    card.save(update_fields=["authorised_at", "authorised_by"])
    let_go(card.application)
    notices.ready(card)


@transaction.atomic
def authorise_many(cards: Sequence[Card], *, officer: Officer) -> None:
    """All of them or none; always in one order, so that two do not deadlock."""
    for card in sorted(cards, key=lambda card: card.pk):
        authorise(card, officer=officer)


@transaction.atomic
def print_cards(cards: Sequence[Card], *, officer: Officer, key) -> PrintRun:
    """Write down which cards are printed together; the same key is the same run."""
    if run := PrintRun.objects.filter(key=key).first():
        return _same_run(run, cards, officer)
    try:
        with transaction.atomic():
            run = PrintRun.objects.create(
                office=officer.office, by=officer.user, key=key
            )
    except IntegrityError:
        return _same_run(PrintRun.objects.get(key=key), cards, officer)
    for card in sorted(cards, key=lambda card: card.pk):
        card.lock()
        refuse_if(rules.bars_printing(card))
    ordered = sorted(cards, key=lambda card: (card.year, card.serial))
    for position, card in enumerate(ordered):
        CardPrint.objects.create(
            run=run, card=card, position=position, copy=card.prints.count() + 1
        )
    return run


def _same_run(run: PrintRun, cards: Sequence[Card], officer: Officer) -> PrintRun:
    """The run of this key, when it is about these cards and no others."""
    printed = set(run.prints.values_list("card_id", flat=True))
    if run.by_id != officer.user_id or printed != {card.pk for card in cards}:
        raise Refused(_("This page is out of date. Open it again."))
    return run


@transaction.atomic
def hand_over(card: Card, *, officer: Officer, to: str, identity_seen: str) -> None:
    """The card is in the hands of `to`, who showed `identity_seen`."""
    card.lock()
    refuse_if(rules.bars_handing_over(card))
    card.handed_over_at = timezone.now()
    card.handed_over_by = officer.user
    card.handed_over_to = to
    card.identity_seen = identity_seen
    card.save(
        update_fields=[
            "handed_over_at",
            "handed_over_by",
            "handed_over_to",
            "identity_seen",
        ]
    )


@transaction.atomic
def void(card: Card, *, officer: Officer, reason: str) -> None:
    """The card is withdrawn. Its number is kept for ever, with the reason."""
    card.lock()
    if card.voided_by_id == officer.user_id:
        return
    refuse_if(rules.bars_voiding(card))
    card.voided_at = timezone.now()
    card.voided_by = officer.user
    card.void_reason = reason
    card.save(update_fields=["voided_at", "voided_by", "void_reason"])
    # The card was the proof. Its rightful owner may now come and prove the NIK.
    applicant = card.application.applicant
    applicant.nik_proven_at = None
    applicant.save(update_fields=["nik_proven_at"])
    let_go(card.application)
    notices.voided(card)


def today_at(office: Office):
    """The date at the office, which may be two hours ahead of the capital."""
    return timezone.now().astimezone(_zone(office)).date()


def _zone(office: Office) -> ZoneInfo:
    return ZoneInfo(office.time_zone)
