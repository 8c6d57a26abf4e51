"""What is written into the register of an office as a whole: its old balance."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ak1portal.refusals import refuse_if
from applicants.codes import EducationLevel, Sex
from services.issuance.models import EventKind, RegisterEvent
from services.issuance.terms import months_after
from services.office.models import Office, Officer
from services.registry import rules
from services.registry.terms import AgeGroup


@dataclass(frozen=True)
class Group:
    """So many people of one sex, age group and level of education."""

    sex: Sex
    age: AgeGroup
    education: EducationLevel
    people: int


@transaction.atomic
def enter_old_balance(
    office: Office, *, officer: Officer, day: date, groups: list[Group]
) -> int:
    """Who was in the register at the end of `day`, before the office came here.

    Each group stands as one line, with a birth date in the middle of its ages: the
    tables count ages and grow older with it. Entered once. How many people it was.
    """
    office = Office.objects.select_for_update().get(pk=office.pk)
    refuse_if(rules.bars_opening(office, day))
    for group in groups:
        RegisterEvent.objects.create(
            office=office,
            kind=EventKind.REGISTERED,
            day=day,
            by=officer.user,
            people=group.people,
            sex=group.sex,
            birth_date=months_after(day, -12 * group.age.middle),
            education=group.education,
        )
    return sum(group.people for group in groups)
