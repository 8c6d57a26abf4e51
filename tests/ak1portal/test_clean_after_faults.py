"""After each accident that an office has met, the auditor's questions find nothing.

What each of them leaves is tested where it belongs; here all of them are asked.
"""

import errno
import io
import os
from datetime import date
from unittest import mock

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from ak1portal import installation, sealed, sweeping
from ak1portal.disk import DiskRefused
from ak1portal.mail import OutcomeUnknownError
from ak1portal.models import Installation
from applicants.models import DocumentPage
from services.issuance.chores import send_letter
from services.issuance.models import Inactive, Letter
from services.issuance.workflow import Status
from services.registry import actions as registry
from tests import factories
from tests.services.registry import lives

pytestmark = pytest.mark.django_db

OTHER_KEY = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktMDE="


def is_clean():
    call_command("check_invariants", stdout=io.StringIO())


@pytest.fixture
def card():
    """Somebody's whole way, so that every question has something to ask about."""
    return factories.card(handed_over=True)


def test_the_questions_can_find_something(card):
    """Without this the tests below would prove nothing."""
    os.remove(default_storage.path(card.photo_file))

    with pytest.raises(CommandError, match="1 thing"):
        call_command("check_invariants", stderr=io.StringIO())


def test_after_a_sweep_beside_a_foreign_database(card):
    mine = Installation.objects.get()
    Installation.objects.all().delete()
    Installation.objects.create()

    # To this database not one of the files is known, and all of them are old.
    for name in default_storage.listdir("documents")[1]:
        os.utime(default_storage.path(f"documents/{name}"), (0, 0))
    assert sweeping.sweep("documents", DocumentPage.objects.none(), "file") == 0
    assert not default_storage.exists(sealed.QUARANTINE)

    Installation.objects.all().delete()
    mine.save(force_insert=True)
    is_clean()


def test_after_a_letter_whose_answer_was_lost(card):
    Letter.objects.exclude(pk=Letter.objects.last().pk).delete()
    lost = OutcomeUnknownError("TimeoutError")
    with mock.patch.object(mail.EmailMessage, "send", side_effect=lost):
        assert send_letter()

    assert Letter.objects.get().unknowns == 1
    is_clean()


@pytest.mark.parametrize("variable", ["DATA_KEYS", "CARD_KEYS", "INDEX_KEY"])
def test_after_a_start_with_a_wrong_key(card, settings, variable):
    right = getattr(settings, variable)
    number = "" if variable == "INDEX_KEY" else "1:"
    setattr(settings, variable, f"{number}{OTHER_KEY}")
    with pytest.raises(ImproperlyConfigured):
        installation.prove()

    setattr(settings, variable, right)
    installation.prove()
    is_clean()


def test_after_a_disk_that_was_full(card):
    person = card.application.applicant
    client = factories.signed_in(person.user)
    file = SimpleUploadedFile("ktp.jpg", factories.picture(700, 500), "image/jpeg")
    full = OSError(errno.ENOSPC, "No space left on device")

    with mock.patch.object(sealed.os, "fsync", side_effect=full):
        response = client.post(
            reverse("applicants:upload", args=["ktp"]), {"file": file}
        )

    assert response.status_code == 503
    is_clean()


def test_after_somebody_moved_away_and_applied_anew():
    old = lives.card()
    person, there = old.application.applicant, factories.office("3302")
    with lives.at(days=20):
        registry.remove(old, why=Inactive.MOVED, by=lives.owner(old))
    with lives.at(days=30):
        factories.card(applicant_=person, at=there, handed_over=True)

    is_clean()


def test_after_a_nik_that_disagrees_was_approved():
    person = factories.applicant(
        nik="3602041211870001", birth_date=date(1987, 11, 21), sex="L"
    )
    factories.card(applicant_=person, handed_over=True)
    assert person.nik_confirmations.exists()

    is_clean()


def test_after_a_case_went_through_while_its_files_were_away(card):
    """The folder was not mounted; all that was tried is tried again."""
    case = factories.application(Status.SUBMITTED)
    place = default_storage.location
    os.rename(place, f"{place}-elsewhere")
    officer = factories.officer()
    factories.review.take(case, officer=officer)
    with pytest.raises(DiskRefused):
        factories.review.approve(case, officer=officer, verdicts=factories.fine(case))
    os.rename(f"{place}-elsewhere", place)

    case.refresh_from_db()
    factories.review.approve(case, officer=officer, verdicts=factories.fine(case))
    is_clean()
