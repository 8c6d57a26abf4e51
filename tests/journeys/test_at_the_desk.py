"""Somebody walks in with all papers, no e-mail, and leaves with a card and a code."""

import re

import pytest
from django.urls import reverse

from applicants.models import Applicant
from services.issuance.models import Application, Via
from services.issuance.workflow import Status
from tests import factories
from tests.person import Person
from tests.services.desk import counter

pytestmark = pytest.mark.django_db


def send(user, token, kind, size):
    """What the file box of this kind does; files are not pressed by a Person."""
    path = reverse("desk:upload", args=[token, kind])
    response = factories.signed_in(user).post(path, {"file": counter.file(*size)})
    assert response.status_code == 302


def test_a_walk_in_leaves_with_a_card_and_takes_the_record_over():
    budi = factories.officer(name="Budi Contohsantoso").user
    officer = Person(budi)
    head = factories.supervisor()

    officer.opens(reverse("desk:start")).presses("Lanjut", words=counter.NIK)
    officer.sees("Orang baru")
    officer.presses("Simpan dan lanjut", **counter.answers())
    application = Application.objects.get()
    assert officer.path == reverse("desk:papers", args=[application.token])
    for kind in ("ktp", "ijazah"):
        send(budi, application.token, kind, (800, 500))
    send(budi, application.token, "foto", (600, 800))
    officer.opens(officer.path)
    officer.presses("Ajukan dan ambil ke meja saya", agreed="on")
    application.refresh_from_db()
    officer.sees(application.receipt, "Kode pengambilalihan")
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", officer.text)[0]
    assert (application.via, application.status) == (Via.DESK, Status.IN_REVIEW)
    assert application.reviewer.officer.name == "Budi Contohsantoso"
    assert not application.letters.exists()

    officer.opens(reverse("review:detail", args=[application.token]))
    officer.presses("Setujui", name_agrees="on")
    officer.opens(reverse("desk:receipt", args=[application.token])).misses(code)
    card = Application.objects.get().card
    factories.cards.authorise(card, officer=head)
    factories.finish()
    card.refresh_from_db()
    factories.print_run([card], by=head)

    rina = Person(factories.user("rina@contoh.test"))
    rina.opens(reverse("claim"))
    rina.presses(
        "Ambil alih",
        receipt=application.receipt,
        code=code.lower(),
        birth_date_day="9",
        birth_date_month="3",
        birth_date_year="2004",
    )
    rina.sees("Data ini sekarang milik Anda.")
    assert Applicant.objects.get().user.email == "rina@contoh.test"
    rina.opens(reverse("issuance:cards")).sees(card.number)
