"""The old balance of an office, and the months of its register."""

from datetime import date

import pytest

from ak1portal.refusals import Refused
from applicants.codes import EducationLevel, Sex
from services.issuance.models import RegisterEvent
from services.registry import chores, ledger
from services.registry.actions_register import Group, enter_old_balance
from services.registry.ledger import Month
from services.registry.terms import AgeGroup
from tests import factories
from tests.services.registry import lives

pytestmark = pytest.mark.django_db

BEFORE = date(2025, 12, 31)
GROUPS = [
    Group(Sex.MALE, AgeGroup.TO_19, EducationLevel.SMK, 120),
    Group(Sex.FEMALE, AgeGroup.OLDER, EducationLevel.SD, 3),
]


def entered(office, day=BEFORE, groups=GROUPS):
    head = factories.supervisor(at=office, name="Sri Atasan")
    with lives.at():
        return enter_old_balance(office, officer=head, day=day, groups=groups)


def test_the_old_balance_stands_in_the_register_group_by_group():
    office = factories.office()

    assert entered(office) == 123

    lines = RegisterEvent.objects.values_list(
        "kind", "day", "people", "sex", "birth_date", "education", "card"
    )
    assert list(lines) == [
        ("registered", BEFORE, 120, "L", date(2008, 12, 31), "smk", None),
        ("registered", BEFORE, 3, "P", date(1965, 12, 31), "sd", None),
    ]


def test_the_old_balance_is_entered_once_and_the_second_is_told_by_whom():
    office = factories.office()
    entered(office)

    with pytest.raises(Refused, match=r"5 Januari 2026, 12\.00.*Sri Atasan"):
        entered(office)

    assert RegisterEvent.objects.count() == 2


def test_the_old_balance_is_of_a_day_before_the_register_begins():
    card = lives.card()

    with pytest.raises(Refused, match="5 Januari 2026"):
        entered(card.office, day=date(2026, 1, 5))
    assert entered(card.office, day=date(2026, 1, 4)) == 123


def test_the_old_balance_is_not_of_a_day_to_come():
    with pytest.raises(Refused):
        entered(factories.office(), day=date(2026, 1, 6))


def test_who_is_left_of_the_old_balance_leaves_after_two_years():
    office = factories.office()
    entered(office)

    with lives.at(days=725):  # 31 December 2027
        chores.end()
    assert sum(group["people"] for group in ledger.left_of_old_balance(office)) == 123
    with lives.at(days=726):
        chores.end()
        chores.end()

    assert ledger.left_of_old_balance(office) == []
    removed = RegisterEvent.objects.filter(kind="removed", why="expired", card=None)
    assert sorted(removed.values_list("people", flat=True)) == [3, 120]


def test_the_months_add_up():
    office = factories.office()
    entered(office)
    officer = factories.officer()
    first, second = lives.card(), lives.card()
    with lives.at(days=40):
        lives.placed(first)
        lives.removed(second, by=officer)
    with lives.at(days=70):
        lives.back(first, officer=officer)
    with lives.at(days=165):
        lives.reported(first)

    assert ledger.months(office) == [
        Month(date(2025, 12, 1), 123, 0, 0, 0, 0, 0, 123),
        Month(date(2026, 1, 1), 0, 2, 0, 0, 0, 0, 125),
        Month(date(2026, 2, 1), 0, 0, 0, 1, 1, 0, 123),
        Month(date(2026, 3, 1), 0, 0, 0, 0, 0, 1, 124),
        Month(date(2026, 6, 1), 0, 0, 1, 0, 0, 0, 124),
    ]


def test_the_register_of_one_office_is_not_that_of_another():
    lives.card()

    assert ledger.months(factories.office("3372")) == []
