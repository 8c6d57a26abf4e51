import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse

from ak1portal.refusals import Refused
from applicants.models import User
from services.office import actions
from services.office.models import JournalEntry, Office, Officer, Role
from tests import factories

pytestmark = pytest.mark.django_db


def administrator(**facts) -> Officer:
    return factories.officer(Role.ADMINISTRATOR, **facts)


def written() -> list[tuple]:
    """The journal, oldest line first."""
    return [
        (line.by.officer, line.act, line.subject, line.old, line.new)
        for line in JournalEntry.objects.order_by("pk")
    ]


def change(officer, *, by, **facts):
    """Change what is named and leave the rest as it is."""
    names = ("name", "nip", "role", "is_active")
    standing = {name: getattr(officer, name) for name in names}
    actions.change_officer(officer, by=by, **{**standing, **facts})


def test_an_office_that_cannot_be_is_not_opened():
    with pytest.raises(Refused, match="Tidak ada kabupaten"):
        factories.office("9999")
    with pytest.raises(ValidationError):
        factories.office(number_pattern="{urut:6}")

    assert not Office.objects.exists()


def test_every_setting_that_differs_is_written_down_with_old_and_new():
    head = administrator()
    office = factories.office()

    changed = actions.change_settings(
        office,
        by=head,
        city="Cilacap",
        promise_days=3,
        residents_only=True,
        government=office.government,
    )

    assert changed == ["city", "promise_days", "residents_only"]
    assert written() == [
        (head, "setting", "city", "Contoh", "Cilacap"),
        (head, "setting", "promise_days", "1", "3"),
        (head, "setting", "residents_only", "False", "True"),
    ]
    again = Office.objects.get()
    assert (again.city, again.promise_days, again.residents_only) == (
        "Cilacap",
        3,
        True,
    )


def test_settings_that_are_the_same_write_nothing():
    head = administrator()

    changed = actions.change_settings(factories.office(), by=head, city="Contoh")

    assert (changed, written()) == ([], [])


def test_a_page_that_is_old_undoes_nothing_of_another_page():
    """Two administrators: only what one of them sent is written, over what is there."""
    head = administrator()
    stale = Office.objects.get()
    actions.change_settings(factories.office(), by=head, city="Cilacap")

    actions.change_settings(stale, by=head, phone="0282 123")

    again = Office.objects.get()
    assert (again.city, again.phone) == ("Cilacap", "0282 123")


def test_the_logo_is_kept_sealed_and_cards_keep_the_one_they_had():
    head = administrator()
    first, second = (factories.picture(200, 200, c, "PNG") for c in ("red", "blue"))
    actions.change_logo(head.office, by=head, logo=first)
    before = Office.objects.get().logo
    card = factories.card()

    actions.change_logo(head.office, by=head, logo=second)

    office = Office.objects.get()
    with default_storage.open(office.logo) as file:
        assert file.read() == second
    assert card.read_logo() == first
    assert written()[-1] == (head, "setting", "logo", before, office.logo)


def test_a_new_officer_has_no_password_and_is_written_down():
    head = administrator()

    officer = actions.add_officer(
        head.office,
        by=head,
        email="Budi@contoh.test",
        name="Budi Contoh",
        role=Role.OFFICER,
        nip="19700101",
    )

    assert (officer.office, officer.name, officer.nip) == (
        head.office,
        "Budi Contoh",
        "19700101",
    )
    assert officer.user.email == "budi@contoh.test"
    assert not officer.user.has_usable_password()
    assert written() == [(head, "officer_added", officer.token, "", "officer")]


def test_an_address_with_an_account_gets_no_second_one():
    head = administrator()
    factories.user("budi@contoh.test")

    with pytest.raises(Refused, match="email"):
        actions.add_officer(
            head.office,
            by=head,
            email="BUDI@contoh.test",
            name="Budi",
            role=Role.OFFICER,
        )

    assert Officer.objects.count() == 1
    assert User.objects.count() == 2
    assert written() == []


def test_an_officer_takes_the_place_of_an_account_that_nobody_proved():
    head = administrator()
    claim = User.objects.create_user("budi@contoh.test", factories.PASSWORD)
    EmailAddress.objects.create(user=claim, email=claim.email, primary=True)
    outsider = factories.signed_in(claim)

    officer = actions.add_officer(
        head.office, by=head, email="Budi@contoh.test", name="Budi", role=Role.OFFICER
    )

    user = User.objects.get(email="budi@contoh.test")
    assert (user, user.has_usable_password()) == (officer.user, False)
    assert user.pk != claim.pk
    assert EmailAddress.objects.get(email="budi@contoh.test").user == user
    assert outsider.get(reverse("door")).status_code == 302
    assert reverse("account_login") in outsider.get(reverse("door")).url


def test_what_somebody_is_here_is_changed_and_written_down():
    head, officer = administrator(), factories.officer(name="Budi")

    change(officer, by=head, name="Budi Contoh", role=Role.SUPERVISOR)

    officer.refresh_from_db()
    assert (officer.name, officer.role) == ("Budi Contoh", Role.SUPERVISOR)
    assert written() == [
        (head, "officer_name", officer.token, "Budi", "Budi Contoh"),
        (head, "officer_role", officer.token, "officer", "supervisor"),
    ]


def test_a_change_that_changes_nothing_is_not_written_down():
    head, officer = administrator(), factories.officer()

    change(officer, by=head)

    assert written() == []


def test_who_leaves_is_written_down():
    head, officer = administrator(), factories.officer()

    change(officer, by=head, is_active=False)

    assert written() == [(head, "officer_is_active", officer.token, "True", "False")]
    officer.refresh_from_db()
    assert not officer.is_active


@pytest.mark.parametrize("facts", [{"role": Role.OFFICER}, {"is_active": False}])
def test_the_last_administrator_stays(facts):
    head = administrator()

    with pytest.raises(Refused, match="administrator"):
        change(head, by=head, **facts)

    head.refresh_from_db()
    assert (head.role, head.is_active) == (Role.ADMINISTRATOR, True)
    assert written() == []


def test_the_last_but_one_administrator_may_go():
    head, other = administrator(), administrator()

    change(other, by=head, is_active=False)
    with pytest.raises(Refused):
        change(head, by=head, role=Role.AUDITOR)

    other.refresh_from_db()
    assert not other.is_active
