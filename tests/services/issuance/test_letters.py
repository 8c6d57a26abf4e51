from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.issuance import letters
from services.issuance.letters import State
from services.issuance.models import Letter
from services.issuance.workflow import Status
from services.office.models import Role
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.mark.parametrize(
    ("to", "hint"),
    [
        ("siti@contoh.test", "s•••@contoh.test"),
        ("s@contoh.test", "s•••@contoh.test"),
        ("+6281234567890", "08••••890"),
        ("", ""),
    ],
)
def test_an_address_is_only_hinted_at(to, hint):
    assert letters.masked(to) == hint


@pytest.mark.parametrize(
    ("facts", "state", "tries", "reason"),
    [
        ({}, State.WAITING, 0, ""),
        ({"attempts": 1, "sent_at": NOW}, State.SENT, 1, ""),
        (
            {"attempts": 2, "last_error": "TimeoutError", "try_at": NOW},
            State.TRYING,
            2,
            "Server pengirim tidak dapat dihubungi.",
        ),
        (
            {"attempts": 5, "last_error": "SMTPRecipientsRefused"},
            State.FAILED,
            5,
            "Alamatnya ditolak. Tanyakan kepada pemohon apakah alamat itu benar.",
        ),
        (
            {"attempts": 5, "last_error": "HTTP 404"},
            State.FAILED,
            1,
            "Alamatnya ditolak. Tanyakan kepada pemohon apakah alamat itu benar.",
        ),
        (
            {"attempts": 5, "last_error": "OSError"},
            State.FAILED,
            5,
            "Pesan tidak dapat dikirim (OSError).",
        ),
    ],
)
def test_what_became_of_a_letter_in_words(facts, state, tries, reason):
    application = factories.application(Status.SUBMITTED)
    Letter.objects.update(**facts)

    (fate,) = letters.of(application)

    assert (fate.state, fate.tries, fate.reason) == (state, tries, reason)
    assert str(fate.title) == "Permohonan sudah masuk"
    assert fate.at == (NOW if state in (State.SENT, State.TRYING) else None)


def test_a_letter_from_before_there_were_texts_is_named_by_its_subject():
    application = factories.application(Status.SUBMITTED)
    Letter.objects.update(kind="", subject="Kabar lama")

    assert letters.of(application)[0].title == "Kabar lama"


def test_the_oldest_letter_stands_first():
    application = factories.application(Status.RETURNED)
    Letter.objects.filter(kind="submitted").update(written_at=NOW - timedelta(days=1))

    titles = [letter.title for letter in letters.of(application)]

    assert len(titles) == 2
    assert str(titles[0]) == "Permohonan sudah masuk"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR])
def test_the_case_tells_the_fate_of_its_letters_and_hides_the_address(role):
    application = factories.application(Status.SUBMITTED)
    Letter.objects.update(attempts=5, last_error="SMTPRecipientsRefused")
    reader = Person(factories.officer(role).user)

    reader.opens(reverse("review:detail", args=[application.token]))

    reader.sees("Permohonan sudah masuk", "Tidak terkirim", "5 kali dicoba", "•••@")
    reader.misses(Letter.objects.get().to)
