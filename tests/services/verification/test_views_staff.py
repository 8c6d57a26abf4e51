import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from services.office.models import JournalEntry, Role
from services.verification.models import ForgeryReport
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db
LIST = "/petugas/laporan-palsu/"


def test_an_officer_reads_what_was_told_and_the_look_is_written_down():
    card = factories.card()
    report = factories.forgery_report(
        card_=card, with_photo=True, name="Rina Contohwati", phone="+6281234567890"
    )
    officer = factories.officer()

    page = Person(officer.user).opens(LIST).sees(report.reference, card.number)
    page.opens(report.get_absolute_url())

    page.sees("Foto ditempel ulang.", "Gerbang pabrik contoh", "Rina Contohwati")
    page.sees("20 November 2026", card.number, "0812-3456-7890")
    entry = JournalEntry.objects.get(act="forgery_report")
    assert (entry.by, entry.subject) == (officer.user, report.reference)


def test_a_supervisor_closes_it_with_a_note():
    report = factories.forgery_report()
    supervisor = factories.supervisor()

    page = Person(supervisor.user).opens(report.get_absolute_url())
    page.presses(_("Close the report"), note="Kartu palsu, dilaporkan ke polisi.")

    report.refresh_from_db()
    assert report.closed_by == supervisor.user
    page.sees("Kartu palsu, dilaporkan ke polisi.", supervisor.name)
    assert page.opens(LIST).misses(report.reference)
    page.opens(LIST + "?daftar=ditutup").sees(report.reference, supervisor.name)


def test_without_a_note_it_stays_open():
    report = factories.forgery_report()

    page = Person(factories.supervisor().user).opens(report.get_absolute_url())
    page.presses(_("Close the report"), note="")

    assert page.status == 422
    assert ForgeryReport.objects.open().get() == report


def test_an_officer_and_an_auditor_read_why_they_cannot_close_it():
    report = factories.forgery_report()

    for who in (factories.officer(), factories.officer(Role.AUDITOR)):
        page = Person(who.user).opens(report.get_absolute_url())
        page.sees(_("Only a supervisor closes a report."))


def test_another_office_finds_nothing():
    report = factories.forgery_report(with_photo=True)
    client = factories.signed_in(factories.supervisor(at=factories.office("3372")).user)

    assert report.reference not in client.get(LIST).content.decode()
    for name in ("detail", "photo"):
        path = reverse(f"forgery:{name}", args=[report.token])
        assert client.get(path).status_code == 404
    close = reverse("forgery:close", args=[report.token])
    assert client.post(close, {"note": "x"}).status_code == 404


def test_a_photo_is_shown_and_kept_by_nobody():
    with_photo = factories.forgery_report(with_photo=True)
    without = factories.forgery_report()
    client = factories.signed_in(factories.officer().user)

    shown = client.get(reverse("forgery:photo", args=[with_photo.token]))
    missing = client.get(reverse("forgery:photo", args=[without.token]))

    assert shown.content == with_photo.read_photo()
    assert shown["Cache-Control"] == "private, no-store"
    assert missing.status_code == 404


@pytest.mark.parametrize("closed", [False, True])
def test_a_longer_list_asks_no_more_of_the_database(closed):
    client = factories.signed_in(factories.supervisor().user)
    path = LIST + ("?daftar=ditutup" if closed else "")

    def asked_at(rows):
        while ForgeryReport.objects.count() < rows:
            report = factories.forgery_report(card_=factories.card())
            if closed:
                close = reverse("forgery:close", args=[report.token])
                client.post(close, {"note": "Selesai."})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    assert asked_at(1) == asked_at(3)
