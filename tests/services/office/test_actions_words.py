import pytest

from ak1portal.refusals import Refused
from services.issuance.models import Letter
from services.issuance.workflow import Status
from services.office import actions_words as actions
from services.office import texts
from services.office.models import JournalEntry, Reason, Role
from tests import factories

pytestmark = pytest.mark.django_db


def head():
    return factories.officer(Role.ADMINISTRATOR)


def written() -> list[tuple]:
    rows = JournalEntry.objects.order_by("pk")
    return list(rows.values_list("act", "subject", "old", "new"))


def add(office, by, **facts) -> Reason:
    usual = {"item": "ktp", "label": "KTP lama", "sentence": "Kirim KTP yang baru."}
    return actions.add_reason(office, by=by, **{**usual, **facts})


def test_a_new_reason_stands_last_and_is_written_down():
    office = factories.office()

    reason = add(office, head())

    assert list(office.reasons.filter(item="ktp"))[-1] == reason
    assert written() == [
        ("reason_added", reason.token, "", "KTP lama: Kirim KTP yang baru.")
    ]


def test_two_reasons_of_one_part_have_two_names():
    office, by = factories.office(), head()
    add(office, by)

    with pytest.raises(Refused, match="nama"):
        add(office, by, label="KTP LAMA")

    assert office.reasons.filter(label__iexact="KTP lama").count() == 1
    add(factories.office("3372"), by)
    add(office, by, item="skl")


def test_a_reason_that_is_changed_is_written_down_with_old_and_new():
    office, by = factories.office(), head()
    reason = add(office, by)

    changed = actions.change_reason(reason, by=by, label="KTP hilang", is_active=False)

    assert changed == ["label", "is_active"]
    assert written()[1:] == [
        ("reason_label", reason.token, "KTP lama", "KTP hilang"),
        ("reason_is_active", reason.token, "True", "False"),
    ]
    reason.refresh_from_db()
    assert (reason.label, reason.is_active) == ("KTP hilang", False)


def test_a_reason_takes_no_name_of_another_one():
    office, by = factories.office(), head()
    first, second = add(office, by), add(office, by, label="KTP baru")

    with pytest.raises(Refused):
        actions.change_reason(second, by=by, label="KTP lama")
    assert actions.change_reason(first, by=by, label="KTP lama") == []

    second.refresh_from_db()
    assert second.label == "KTP baru"


def test_a_new_wording_is_the_next_version_and_the_journal_says_which():
    office, by = factories.office(), head()

    assert actions.change_text(
        office, by=by, kind="submitted", subject="A", body="B {nama}"
    )
    assert actions.change_text(office, by=by, kind="submitted", subject="C", body="D")

    assert texts.text_of(office, "submitted") == texts.Text("C", "D", 2)
    assert written() == [
        ("text", "submitted", "0", "1"),
        ("text", "submitted", "1", "2"),
    ]
    assert [row.by for row in office.texts.all()] == [by.user, by.user]


def test_the_same_wording_is_no_new_version():
    office, by = factories.office(), head()
    portal = texts.portal_text("approved")
    words = {"subject": portal.subject, "body": portal.body}

    assert not actions.change_text(office, by=by, kind="approved", **words)
    actions.change_text(office, by=by, kind="approved", subject="A", body="B")
    assert not actions.change_text(
        office, by=by, kind="approved", subject="A", body="B"
    )

    assert office.texts.count() == 1


def test_the_portals_own_wording_is_sent_again():
    office, by = factories.office(), head()
    actions.change_text(office, by=by, kind="submitted", subject="A", body="B")

    assert actions.reset_text(office, by=by, kind="submitted")
    assert not actions.reset_text(office, by=by, kind="submitted")

    assert texts.text_of(office, "submitted") == texts.portal_text("submitted")
    assert written()[1:] == [("text", "submitted", "1", "0")]
    factories.application(Status.SUBMITTED, at=office)
    assert Letter.objects.get().subject == "Permohonan AK-1 Anda sudah kami terima"


def test_versions_go_on_after_the_portals_own_wording():
    office, by = factories.office(), head()
    actions.change_text(office, by=by, kind="submitted", subject="A", body="B")
    actions.reset_text(office, by=by, kind="submitted")

    actions.change_text(office, by=by, kind="submitted", subject="A", body="B")

    assert [row.version for row in office.texts.all()] == [3, 2, 1]
    assert written()[-1] == ("text", "submitted", "0", "3")
