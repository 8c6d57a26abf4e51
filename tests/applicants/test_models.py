from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from ak1portal.sealed import Unreadable
from applicants import actions
from applicants.models import Applicant, Consent, Document, DocumentKind, User
from services.review import actions as review
from tests import factories

pytestmark = pytest.mark.django_db


def everything_in_the_database() -> str:
    """Every row of every table as text, as a dump would show it."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != "applicants_region":
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows)


def traces(nik: str) -> list[str]:
    """The ways of writing a NIK that a dump of the database would give away."""
    dump = everything_in_the_database()
    writings = (nik, nik[::-1], " ".join(nik[i : i + 4] for i in range(0, 16, 4)))
    # Bytes are shown in hexadecimal digits.
    return [
        writing
        for one in writings
        for writing in (one, one.encode().hex())
        if writing in dump
    ]


def test_a_nik_stands_nowhere_in_the_database(client):
    """A whole life: answers, papers, a return, a card, letters, journal, sessions."""
    returned = factories.application("returned")
    person = returned.applicant
    officer = factories.officer()
    client.force_login(person.user)
    client.get(reverse("healthz"))
    actions.change(person, nik=person.nik, name="Siti Contoh")
    factories.issuance.submit(returned, by=person.user)
    review.take(returned, officer=officer)
    card = review.approve(returned, officer=officer, verdicts=factories.fine(returned))
    head = factories.supervisor()
    factories.cards.authorise(card, officer=head)
    call_command("work", once=True)
    factories.print_run([card], by=head)
    call_command("work", once=True)

    assert traces(person.nik) == []
    assert [one for one in mail.outbox if person.nik in one.message().as_string()] == []
    assert card.printed["nik"].replace(" ", "") == person.nik


def test_the_search_for_a_nik_would_find_one():
    person = factories.bare_applicant()
    actions.change(person, street=person.nik_grouped)
    Applicant.objects.update(nik_index=person.nik.encode())

    assert set(traces(person.nik)) == {person.nik_grouped, person.nik.encode().hex()}


def test_a_nik_comes_back_from_the_row():
    nik = "3301015705990042"
    person = factories.bare_applicant(nik=nik)

    again = Applicant.objects.get()

    assert again.nik == person.nik == nik
    assert again.nik_grouped == "3301 0157 0599 0042"
    assert again.nik_masked == "3301 •••• •••• ••42"


def test_a_nik_that_was_moved_to_another_row_does_not_open():
    first, second = factories.bare_applicant(), factories.bare_applicant()
    Applicant.objects.filter(pk=second.pk).update(nik_sealed=first.nik_sealed)
    second.refresh_from_db()

    with pytest.raises(Unreadable):
        second.nik  # noqa: B018  opening it is the question


def test_two_accounts_may_claim_one_nik_until_it_is_proven():
    first = factories.bare_applicant()

    second = factories.bare_applicant(nik=first.nik)

    assert bytes(second.nik_index) == bytes(first.nik_index)
    assert bytes(second.nik_sealed) != bytes(first.nik_sealed)


def test_a_proven_nik_belongs_to_one_person():
    first = factories.bare_applicant()
    second = factories.bare_applicant(nik=first.nik)
    actions.change(first, nik_proven_at=timezone.now())

    with (
        pytest.raises(IntegrityError, match="applicant_proven_nik_is_unique"),
        transaction.atomic(),
    ):
        actions.change(second, nik_proven_at=timezone.now())


def test_the_database_knows_two_sexes_of_the_civil_registry():
    person = factories.bare_applicant()

    with pytest.raises(IntegrityError, match="sex_is_known"), transaction.atomic():
        Applicant.objects.filter(pk=person.pk).update(sex="X")


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1999, 5, 17), date(2026, 5, 16), 26),
        (date(1999, 5, 17), date(2026, 5, 17), 27),
        (date(1999, 5, 17), date(2026, 12, 31), 27),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2008, 12, 31), date(2026, 1, 1), 17),
    ],
)
def test_age_counts_full_years(born, day, age):
    assert Applicant(birth_date=born).age_on(day) == age


def test_an_account_has_one_spelling_of_its_address():
    user = User.objects.create_user("Siti@Contoh.TEST", "x")

    assert (user.email, str(user)) == ("siti@contoh.test", "siti@contoh.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("SITI@contoh.test", "x")


def test_lock_reads_what_others_wrote():
    person = factories.bare_applicant()
    Applicant.objects.filter(pk=person.pk).update(name="Nama Baru")

    person.lock()

    assert person.name == "Nama Baru"


def test_wanted_places_are_shown_with_their_labels():
    person = factories.applicant()
    actions.change(person, wanted_places=["AKL", "AKAN"])

    assert len(set(person.wanted_place_labels)) == 2


def test_a_language_stands_once_in_the_list():
    person = factories.bare_applicant()
    factories.language(person, "Inggris")

    with pytest.raises(IntegrityError, match="language_once"), transaction.atomic():
        person.languages.create(name="Inggris", mastery="dasar")


def test_the_database_keeps_one_document_of_a_kind_but_many_certificates():
    person = factories.bare_applicant()
    for kind in (DocumentKind.CERTIFICATE, DocumentKind.CERTIFICATE, DocumentKind.KTP):
        Document.objects.create(applicant=person, kind=kind)

    with pytest.raises(IntegrityError, match="one_of_each_kind"), transaction.atomic():
        Document.objects.create(applicant=person, kind=DocumentKind.KTP)


def test_papers_and_consents_say_what_they_are():
    person = factories.applicant()
    page = person.documents.get(kind=DocumentKind.KTP).pages.get()
    consent = Consent(
        purpose=Consent.Purpose.DISABILITY, given_at=timezone.now() - timedelta(days=1)
    )

    assert str(page) == f"{page.document} 0"
    assert f"{consent.given_at:%Y-%m-%d}" in str(consent)
    assert str(person.educations.get()).endswith("SMA Contoh 1")
    assert str(person.trainings.get()) == "Menjahit"
    assert str(person.experiences.get()) == "Kasir, Toko Contoh"
    assert str(factories.language(person)) == "Inggris"
