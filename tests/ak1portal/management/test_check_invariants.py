"""The auditor's questions: silent where all is well, and naming what is not."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from ak1portal import installation
from applicants.models import DocumentPage
from services.issuance.models import Application, Card, RegisterEvent
from services.issuance.workflow import Status
from tests import factories
from tests.services.hall import halls

pytestmark = pytest.mark.django_db


def findings(capsys) -> list[str]:
    """What the command names, when it must fail."""
    with pytest.raises(CommandError, match="not as they must be"):
        call_command("check_invariants")
    return capsys.readouterr().err.splitlines()


def replace(name, data):
    default_storage.delete(name)
    default_storage.write(name, data)


def flip_a_byte(name):
    with open(default_storage.path(name), "r+b") as file:
        file.seek(40)
        byte = file.read(1)
        file.seek(40)
        file.write(bytes([byte[0] ^ 1]))


def test_everything_is_well_in_an_office_of_every_status(capsys):
    for status in Status:
        factories.application(status)
    factories.card(handed_over=True)
    factories.card(at=factories.office("3372"))

    call_command("check_invariants")

    output = capsys.readouterr()
    assert "Everything is as it must be." in output.out
    assert output.err == ""


def test_an_empty_office_is_well():
    call_command("check_invariants")


def test_a_gap_in_the_numbers_is_named(capsys):
    first, _second = factories.card(), factories.card()
    Card.objects.filter(pk=first.pk).update(serial=7)

    assert f"Numbers of 3301/{first.year} have a gap." in findings(capsys)


def test_numbers_that_begin_late_are_named(capsys):
    card = factories.card()
    Card.objects.update(serial=2)

    assert findings(capsys) == [f"Numbers of 3301/{card.year} have a gap."]


def test_an_approval_without_a_card_is_named(capsys):
    application = factories.application(Status.APPROVED)
    application.card.delete()

    assert findings(capsys) == [f"Approved without a card: {application.receipt}"]


def test_a_card_without_an_approval_is_named(capsys):
    card = factories.card()
    receipt = card.application.receipt
    Application.objects.update(status=Status.REJECTED)

    assert findings(capsys) == [
        f"Card {card.number} without an approval.",
        f"The history of {receipt} does not end where it is.",
    ]


def test_a_status_without_a_history_is_named(capsys):
    application = factories.application(Status.SUBMITTED)
    # Nobody but the owner of the database can do this.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE issuance_step DISABLE TRIGGER written_once")
    application.steps.all().delete()

    assert findings(capsys) == [
        f"The history of {application.receipt} does not end where it is."
    ]


def test_a_picture_that_was_replaced_is_named(capsys):
    factories.applicant()
    page = DocumentPage.objects.first()
    replace(page.file, factories.picture(640, 480))

    assert findings(capsys) == [f"Changed on disk: {page.file}"]


def test_a_picture_with_one_flipped_byte_is_named(capsys):
    factories.applicant()
    page = DocumentPage.objects.first()
    flip_a_byte(page.file)

    assert findings(capsys) == [f"Damaged: {page.file}"]


def test_a_picture_that_is_gone_is_named(capsys):
    factories.applicant()
    page = DocumentPage.objects.first()
    default_storage.delete(page.file)

    assert findings(capsys) == [f"Missing: {page.file}"]


def test_with_a_wrong_key_it_is_the_key_that_is_named_and_nothing_else(
    capsys, settings
):
    factories.applicant()
    settings.DATA_KEYS = "1:b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktMDE="

    (said,) = findings(capsys)

    assert said.startswith("This is not the key 1 in DATA_KEYS")


def test_files_of_another_installation_are_named(capsys):
    factories.applicant()
    default_storage.write_plain({installation.MARK: b"another"})

    (said,) = findings(capsys)

    assert "belong to another installation" in said


def test_a_card_whose_photo_is_broken_is_named(capsys):
    card = factories.card()
    flip_a_byte(card.photo_file)

    assert findings(capsys) == [f"Damaged: card {card.number}"]


def test_a_card_that_carries_the_contents_of_another_is_named(capsys):
    card, other = factories.card(), factories.card()
    Card.objects.filter(pk=card.pk).update(printed_sealed=other.printed_sealed)

    assert findings(capsys) == [f"Damaged: card {card.number}"]


def test_a_gap_in_the_queue_numbers_of_a_day_is_named(capsys):
    halls.opened()
    with halls.at(9):
        halls.given()
        gone = halls.given()
        halls.booked()
        halls.given()
    call_command("check_invariants")
    gone.delete()

    assert findings(capsys) == ["Queue numbers A of 3301 on 2026-11-23 have a gap."]


def written(kind, card, **facts):
    """A line past every action."""
    facts |= {"office": card.office, "day": card.issued_on}
    RegisterEvent.objects.bulk_create([RegisterEvent(card=card, kind=kind, **facts)])


@pytest.mark.parametrize("kinds", [["reactivated"], ["placed", "placed"]])
def test_a_registration_that_opens_or_closes_twice_is_named(capsys, kinds):
    card = factories.card()
    for kind in kinds:
        written(kind, card)

    assert findings(capsys) == [f"The register opens or closes {card.number} twice."]


def test_a_registration_that_only_closes_is_named(capsys):
    card = factories.card(authorised=False)
    written("removed", card, why="moved")

    assert findings(capsys) == [f"The register opens or closes {card.number} twice."]


def test_who_is_in_the_register_twice_is_named(capsys):
    first = factories.card()
    second = factories.card(authorised=False)
    second.application.applicant = first.application.applicant
    second.application.save()
    written("registered", second)

    numbers = sorted((first.number, second.number))
    assert findings(capsys) == [
        f"Whoever has card {numbers[1]} is in the register twice."
    ]


def test_who_moved_and_applied_anew_is_well():
    card = factories.card()
    for kind in ("removed", "reactivated", "removed"):
        written(kind, card, why="moved" if kind == "removed" else "")

    call_command("check_invariants")
