"""The disk says no: full, read-only, closed, broken or not mounted is one trouble.

It is told as such, with nothing half made, and all goes on when the disk is back.
"""

import errno
import io
import logging
import os
import uuid
from contextlib import contextmanager

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ak1portal import sealed
from ak1portal.disk import DiskRefused
from applicants.models import DocumentPage
from services.issuance.chores import finish_card
from services.issuance.models import Card
from services.issuance.workflow import Status
from services.printing.chores import assemble_run
from services.printing.models import PrintRun
from services.review.actions_decide import decide
from services.review.chores import carry_out_decision
from services.review.models import Decision, DecisionAct
from tests import factories
from tests.faults import Steps, steps_of

pytestmark = pytest.mark.django_db

NUMBERS = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO)
WAYS = [*(errno.errorcode[number] for number in NUMBERS), "not mounted"]
TOLD = "Tempat penyimpanan berkas portal sedang tidak menjawab."


@contextmanager
def refusing(way):
    """While inside, the disk of the files says no in this way."""
    if way == "not mounted":
        with unmounted():
            yield
        return
    number = getattr(errno, way)

    def refuse(*args, **options):
        raise OSError(number, os.strerror(number), args[0])

    # The test is root, whom no mode of a file stops.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "open", refuse, raising=False)
        yield


@contextmanager
def unmounted():
    """An empty folder where the files were; nothing may be left in it."""
    place = default_storage.location
    os.rename(place, f"{place}-elsewhere")
    os.mkdir(place)
    yield
    os.rmdir(place)
    os.rename(f"{place}-elsewhere", place)


def all_files():
    """Name -> bytes of every file, wherever it lies."""
    found = {}
    for folder, _folders, names in os.walk(default_storage.location):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, default_storage.location)] = file.read()
    return found


def rows():
    return list(DocumentPage.objects.order_by("pk").values_list("pk", "file"))


def lines(caplog):
    """What the portal's log says; Django's own line of a 503 is held back there."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING and record.name != "django.request"
    ]


# Reading and writing in a page ------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["applicant", "officer"])
def test_a_file_that_cannot_be_read_now_is_not_called_missing(way, who, caplog):
    case = factories.application(Status.SUBMITTED)
    paper = case.applicant.documents.get(kind="ktp")
    address = reverse("applicants:page", args=[paper.token, 0])
    client = factories.signed_in(case.applicant.user)
    if who == "officer":
        client = factories.signed_in(factories.officer().user)
        address = reverse("review:document_page", args=[case.token, paper.token, 0])
    before = all_files()

    with refusing(way):
        response = client.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert TOLD in response.content.decode()
    said = "ENOENT" if way == "not mounted" else way
    assert lines(caplog) == [f"disk refused: {said}"]
    assert all_files() == before
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("way", WAYS)
def test_what_cannot_be_kept_now_is_a_503_and_nothing_is_half_made(way, caplog):
    person = factories.applicant()
    client = factories.signed_in(person.user)
    before, kept = all_files(), rows()

    def send():
        file = SimpleUploadedFile("ktp.jpg", factories.picture(700, 500), "image/jpeg")
        address = reverse("applicants:upload", args=["ktp"])
        return client.post(address, {"file": file})

    with refusing(way):
        response = send()

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "Yang baru saja Anda kirim tidak tersimpan." in response.content.decode()
    said = "ENOENT" if way == "not mounted" else way
    assert lines(caplog) == [f"disk refused: {said}"]
    assert (all_files(), rows()) == (before, kept)
    assert send().status_code == 302
    assert rows() != kept


def test_at_whichever_step_the_disk_fills_no_part_stays():
    count = steps_of(lambda: default_storage.write("documents/one.jpg", b"one"))
    os.remove(default_storage.path("documents/one.jpg"))
    assert count == 3

    def fill():
        raise OSError(errno.ENOSPC, "No space left on device")

    for step in range(1, count + 1):
        with Steps(step, then=fill).counted(), pytest.raises(DiskRefused):
            default_storage.write(f"documents/{step}.jpg", b"whole")

    # At the last step the file is whole already: no row knows it, so it is swept.
    assert default_storage.listdir("documents")[1] == ["3.jpg"]
    with default_storage.open("documents/3.jpg") as file:
        assert file.read() == b"whole"


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_deleted_now_is_an_orphan_and_no_failed_act(monkeypatch):
    """The row has gone with the commit; the file is swept when the disk is back."""
    person = factories.applicant()
    old = person.documents.get(kind="ktp").pages.get().file

    def refuse(path):
        raise OSError(errno.EROFS, "Read-only file system", path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "remove", refuse)
        factories.document(person, "ktp")

    assert default_storage.exists(old)
    assert person.documents.get(kind="ktp").pages.get().file != old


# Decisions and workers ---------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_a_decision_that_needs_the_disk_is_carried_out_when_it_is_back(way, settings):
    settings.UNDO_SECONDS = 1
    case = factories.application(Status.SUBMITTED)
    officer = factories.officer()
    factories.review.take(case, officer=officer)
    decide(
        case,
        officer=officer,
        act=DecisionAct.APPROVE,
        verdicts=factories.fine(case),
        key=uuid.uuid4(),
    )
    Decision.objects.update(carry_out_at=timezone.now())

    with refusing(way):
        assert carry_out_decision()
        assert not carry_out_decision()
    assert not Card.objects.exists()
    assert Decision.objects.get().problem == ""

    Decision.objects.update(carry_out_at=timezone.now())
    assert carry_out_decision()
    assert Card.objects.get().application == case


@pytest.mark.parametrize("way", WAYS)
def test_a_card_waits_for_the_disk_and_is_never_given_up_for_it(way):
    factories.card()

    with refusing(way):
        for _try in range(Card.MAX_ATTEMPTS + 1):
            Card.objects.update(finish_try_at=timezone.now())
            assert finish_card()
            assert not finish_card()
        card = Card.objects.get()
        assert (card.finish_attempts, card.finished_at) == (0, None)
        assert "tidak menerima berkas" in card.finish_problem

    Card.objects.update(finish_try_at=timezone.now())
    assert finish_card()
    card = Card.objects.get()
    assert card.is_finished
    assert card.finish_problem == ""


@pytest.mark.parametrize("way", WAYS)
def test_a_print_run_waits_for_the_disk_and_leaves_no_card_out(way):
    head = factories.supervisor()
    card = factories.card(finished=True)
    run = factories.printing.print_cards([card], officer=head, key=uuid.uuid4())

    with refusing(way):
        for _try in range(PrintRun.MAX_ATTEMPTS + 1):
            PrintRun.objects.update(try_at=timezone.now())
            assert assemble_run()
        run.refresh_from_db()
        assert (run.attempts, run.ready_at) == (0, None)
        assert "tidak menerima berkas" in run.problem

    factories.assemble(run)
    assert run.prints.get().outcome == ""
    assert run.read_file()


@pytest.mark.parametrize("way", WAYS)
def test_an_auditor_is_not_told_that_files_are_missing(way):
    factories.card(finished=True)

    with refusing(way), pytest.raises(CommandError) as told:
        call_command("check_invariants", stderr=io.StringIO())

    # Where there is no folder of ours, no file is asked about.
    refused = f"The files cannot be read now: {way}."
    elsewhere = "1 thing(s) are not as they must be."
    assert str(told.value) == (elsewhere if way == "not mounted" else refused)
    call_command("check_invariants", stdout=io.StringIO())


def test_what_was_set_aside_is_not_called_missing_either():
    name = default_storage.write("documents/one.jpg", b"one")
    default_storage.set_aside(name)

    def refuse(path, *args, **options):
        raise OSError(errno.EIO, "Input/output error", path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "listdir", refuse)
        with pytest.raises(DiskRefused, match="EIO"):
            default_storage.open(name)

    with default_storage.open(name) as file, transaction.atomic():
        assert file.read() == b"one"
