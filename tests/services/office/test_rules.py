import pytest
from allauth.account.models import EmailAddress

from applicants.models import User
from services.office import rules
from services.office.models import Officer, Role
from tests import factories

pytestmark = pytest.mark.django_db


def bar(officer, *, role=None, is_active=True):
    return rules.bars_changing(officer, role=role or officer.role, is_active=is_active)


def test_an_address_may_be_added_once_however_it_is_spelled():
    factories.user("budi@contoh.test")

    assert rules.bars_adding("siti@contoh.test") is None
    assert rules.bars_adding("budi@contoh.test")
    assert rules.bars_adding("Budi@Contoh.test")


def test_an_account_that_nobody_proved_bars_no_officer():
    claim = User.objects.create_user("budi@contoh.test", factories.PASSWORD)
    EmailAddress.objects.create(user=claim, email=claim.email, primary=True)

    assert rules.bars_adding("Budi@contoh.test") is None


@pytest.mark.parametrize("proof", ["applicant", "officer", "address"])
def test_an_account_that_somebody_uses_bars_an_officer(proof):
    claim = User.objects.create_user("budi@contoh.test")
    if proof == "applicant":
        factories.bare_applicant(user_=claim)
    elif proof == "officer":
        Officer.objects.create(user=claim, office=factories.office(), role=Role.AUDITOR)
    else:
        EmailAddress.objects.create(user=claim, email="lain@contoh.test", verified=True)

    assert rules.bars_adding("budi@contoh.test")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.AUDITOR])
def test_whoever_is_no_administrator_may_be_changed(role):
    officer = factories.officer(role)

    assert bar(officer, is_active=False) is None
    assert bar(officer, role=Role.ADMINISTRATOR) is None


def test_the_only_administrator_stays_one():
    head = factories.officer(Role.ADMINISTRATOR)

    assert bar(head) is None
    assert bar(head, role=Role.SUPERVISOR)
    assert bar(head, is_active=False)


def test_one_of_two_administrators_may_go():
    head, _other = (factories.officer(Role.ADMINISTRATOR) for _time in range(2))

    assert bar(head, is_active=False) is None


def test_an_administrator_who_has_left_does_not_count():
    head, gone = (factories.officer(Role.ADMINISTRATOR) for _time in range(2))
    gone.is_active = False
    gone.save()

    assert bar(head, is_active=False)
    assert bar(gone, role=Role.OFFICER, is_active=False) is None


def test_an_administrator_of_another_office_does_not_count():
    head = factories.officer(Role.ADMINISTRATOR)
    factories.officer(Role.ADMINISTRATOR, at=factories.office("3372"))

    assert bar(head, is_active=False)
