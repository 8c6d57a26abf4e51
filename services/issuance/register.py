"""The register of job seekers: what is written into it, and how it stands.

A registration is a number. All revisions of a card share it, so a correction
(perbaikan) writes nothing; a renewal has a new number and is a registration of its
own, and the earlier one ends with it. Every registration is entered once and is, at
any time, open or closed: registered and reactivated open it, placed and removed close
it. So each line of the ministry's tables (IPK III) adds up: what was left, and who
came, less who was placed and who was removed, is what is left.

What is written counts on the day it is written, by the office's own clock: a month
that was sent is never changed by what becomes known later.
"""

from collections.abc import Sequence

from django.db.models import QuerySet

from applicants.codes import EducationLevel
from applicants.models import Applicant, Education, User
from services.issuance.actions import today_at
from services.issuance.models import Card, EventKind, Inactive, Kind, RegisterEvent

OPENS = (EventKind.REGISTERED, EventKind.REACTIVATED)
CLOSES = (EventKind.PLACED, EventKind.REMOVED)
COPIED = (
    "sex",
    "birth_date",
    "education",
    "field_code",
    "major",
    "graduation_year",
    "job_group",
)


def events_of(card: Card) -> QuerySet[RegisterEvent]:
    """All that the register says of the registration of `card`, oldest first.

    In the order of writing, which no clock can disturb.
    """
    return RegisterEvent.objects.filter(
        card__office=card.office_id, card__year=card.year, card__serial=card.serial
    ).order_by("pk")


def is_open(card: Card) -> bool:
    """Whether the registration of `card` counts as somebody who looks for work."""
    last = events_of(card).filter(kind__in=OPENS + CLOSES).last()
    return last is not None and last.kind in OPENS


def write(
    kind: EventKind, card: Card, *, by: User | None = None, why: str = "", **found
) -> RegisterEvent:
    """One line about a card that its caller has locked.

    The person is copied as they were when they were registered: answers go on
    changing, and a table must lose the person it won. `found` are the facts of a
    placement.
    """
    event = _event(kind, card, by, _person(card), why=why, **found)
    event.save()
    return event


def _event(kind, card, by, person, **facts) -> RegisterEvent:
    day = today_at(card.office)
    return RegisterEvent(
        office=card.office, kind=kind, card=card, day=day, by=by, **person, **facts
    )


def enter(cards: Sequence[Card], replaced: Sequence[Card]) -> None:
    """Enter cards that their caller has locked and authorised, of different people.

    The earlier registrations of these people end, with the cards that are `replaced`;
    a corrected card is as active as the one it replaces.
    """
    new = {card.pk: card for card in cards if card.application.kind != Kind.CORRECTION}
    for earlier in replaced:
        if earlier.replaced_by_id in new:
            _strike(earlier, by=earlier.replaced_by.authorised_by, why=Inactive.EXPIRED)
    RegisterEvent.objects.bulk_create(
        # Nothing is entered of a new number yet: the person is as they answered.
        _event(EventKind.REGISTERED, card, card.authorised_by, _answers(_holder(card)))
        for card in new.values()
    )
    for card in cards:
        if card.pk not in new:
            _carry_on(card, replaced)


def _holder(card: Card) -> Applicant:
    return card.application.applicant


def _carry_on(card: Card, replaced: Sequence[Card]) -> None:
    """Somebody may have found work while the correction was on its way."""
    [old] = [one for one in replaced if one.pk == card.application.corrects_id]
    if old.inactive_since:
        card.inactive_since, card.inactive_why = old.inactive_since, old.inactive_why
        card.save(update_fields=["inactive_since", "inactive_why"])


def withdraw(card: Card) -> None:
    """A card that its caller has locked and withdrawn takes its registration along.

    Unless another revision stands for it, or nobody ever authorised the card.
    """
    if card.authorised_at and not card.replaced_at:
        _strike(card, by=card.voided_by, why=Inactive.VOID)


def _strike(card: Card, *, by, why) -> None:
    if is_open(card):
        write(EventKind.REMOVED, card, by=by, why=why)


def _person(card: Card) -> dict:
    entered = events_of(card).filter(kind=EventKind.REGISTERED).values(*COPIED).first()
    return entered or _answers(card.application.applicant)


def _answers(applicant: Applicant) -> dict:
    highest = _highest(applicant)
    return {
        "sex": applicant.sex,
        "birth_date": applicant.birth_date,
        "education": highest.level,
        "field_code": highest.field_code,
        "major": highest.major,
        "graduation_year": highest.graduated_year,
        "job_group": applicant.wanted_job_group,
    }


def _highest(applicant: Applicant) -> Education:
    """The highest level; of two equal ones the later. Nobody at all: an empty one."""
    return max(
        applicant.educations.all(),
        key=lambda row: (EducationLevel(row.level).facts.rank, row.graduated_year),
        default=Education(),
    )
