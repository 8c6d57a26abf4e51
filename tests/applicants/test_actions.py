import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ak1portal.refusals import Refused
from ak1portal.sealed import Unreadable
from applicants import actions
from applicants.codes import DisabilityType
from applicants.models import (
    Applicant,
    Document,
    DocumentKind,
    DocumentPage,
    Education,
    Language,
    Training,
)
from applicants.uploads import CARD_PHOTO, Crop, Page
from services.issuance.workflow import Status
from tests import factories

pytestmark = pytest.mark.django_db

WORDING = "Saya setuju data disabilitas saya disimpan."


def files() -> set[str]:
    """The names of all pictures that lie in the storage."""
    if not default_storage.exists("documents"):
        return set()
    return {f"documents/{name}" for name in default_storage.listdir("documents")[1]}


def in_rows() -> set[str]:
    return set(DocumentPage.objects.values_list("file", flat=True))


def proven() -> Applicant:
    person = factories.bare_applicant()
    actions.change(person, nik_proven_at=timezone.now())
    return person


def test_register_writes_down_who_this_user_is():
    user = factories.user()

    person = factories.bare_applicant(user_=user, name="Siti Contoh")

    assert person.user == user
    assert Applicant.objects.get().name == "Siti Contoh"


def test_register_twice_changes_what_the_first_wrote():
    first = factories.bare_applicant(name="Siti")

    second = factories.bare_applicant(user_=first.user, name="Siti Contoh")

    assert second == first
    assert Applicant.objects.get().name == "Siti Contoh"
    assert Applicant.objects.get().nik == second.nik != first.nik


def test_register_again_is_refused_while_an_office_reads():
    application = factories.application(Status.SUBMITTED)
    person = application.applicant

    with pytest.raises(Refused):
        factories.bare_applicant(user_=person.user, name="Orang Lain")

    person.refresh_from_db()
    assert person.name != "Orang Lain"


def test_a_proven_nik_is_not_changed_for_another():
    """Its owner could otherwise hand the old one to somebody else's card."""
    person = proven()
    before = person.nik
    other = factories.nik.compose("3301", "02", person.birth_date, person.sex, 9999)

    with pytest.raises(Refused, match="dicocokkan"):
        actions.change(person, nik=other)

    person.refresh_from_db()
    assert person.nik == before
    assert person.nik_proven_at


def test_the_same_nik_stays_proven():
    person = proven()

    actions.change(person, nik=person.nik, name="Siti Contoh Baru")

    person.refresh_from_db()
    assert person.nik_proven_at
    assert person.name == "Siti Contoh Baru"


@pytest.mark.parametrize("changed", [{"birth_date": date(1998, 1, 1)}, {"sex": "L"}])
def test_what_disagrees_with_the_nik_is_kept_only_when_it_was_confirmed(changed):
    """The page asks first; from an old one it is refused."""
    person = factories.bare_applicant()

    with pytest.raises(Refused, match="tidak cocok"):
        actions.change(person, **changed)

    person.refresh_from_db()
    assert person.nik_doubts == []
    actions.change(person, by=person.user, as_printed=True, **changed)
    actions.change(person, name="Siti Contoh Baru", **changed)
    kept = person.nik_confirmations.get()
    assert (kept.by, bytes(kept.nik_index)) == (person.user, bytes(person.nik_index))
    assert (kept.birth_date, kept.sex) == (person.birth_date, person.sex)


def test_nobody_is_written_down_with_a_doubt_that_was_not_confirmed():
    with pytest.raises(Refused, match="tidak cocok"):
        factories.bare_applicant(nik="3602041211870001", as_printed=False)

    assert not Applicant.objects.exists()


def test_other_answers_leave_the_nik_proven():
    person = proven()

    actions.change(person, street="Jl. Baru 1")

    person.refresh_from_db()
    assert person.nik_proven_at


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.IN_REVIEW])
def test_nothing_is_changed_while_an_office_holds_the_answers(status):
    person = factories.application(status).applicant
    schools, papers = person.educations.get(), person.documents.get(kind="ktp")
    before = in_rows()

    for act in (
        lambda: actions.change(person, name="Orang Lain"),
        lambda: actions.declare_disability(
            person, disability=DisabilityType.SIGHT, wording=WORDING
        ),
        lambda: actions.save_entry(person, Education(level="sd", graduated_year=2010)),
        lambda: actions.remove_entry(person, schools),
        lambda: factories.document(person, DocumentKind.KTP),
        lambda: factories.photo(person),
        lambda: actions.remove_document(papers),
    ):
        with pytest.raises(Refused):
            act()

    person.refresh_from_db()
    assert (person.name == "Orang Lain", person.disability) == (False, "")
    assert person.educations.count() == 1
    assert in_rows() == before
    assert not person.consents.exists()


def test_a_page_that_was_open_before_the_submission_changes_nothing():
    """The stale copy still believes that nobody holds the answers."""
    application = factories.application()
    stale = Applicant.objects.get(pk=application.applicant_id)
    factories.issuance.submit(application, by=stale.user)

    with pytest.raises(Refused):
        actions.change(stale, name="Orang Lain")


@pytest.mark.parametrize("status", [Status.RETURNED, Status.WITHDRAWN, Status.REJECTED])
def test_the_answers_are_free_again_afterwards(status):
    person = factories.application(status).applicant

    actions.change(person, street="Jl. Baru 1")

    person.refresh_from_db()
    assert person.street == "Jl. Baru 1"


def test_after_the_approval_they_are_free_once_the_card_is_authorised():
    card = factories.card(authorised=False)
    person = card.application.applicant
    with pytest.raises(Refused):
        actions.change(person, street="Jl. Baru 1")

    factories.cards.authorise(card, officer=factories.supervisor())

    actions.change(person, street="Jl. Baru 1")
    assert person.street == "Jl. Baru 1"


def test_the_same_school_twice_is_the_second_click():
    person = factories.bare_applicant()
    for _click in range(2):
        actions.save_entry(
            person, Education(level="sma", school="SMA Contoh", graduated_year=2017)
        )

    assert person.educations.count() == 1


def test_a_language_that_is_in_the_list_is_refused_with_another_mastery():
    person = factories.bare_applicant()
    factories.language(person, "Inggris")

    with pytest.raises(Refused):
        actions.save_entry(person, Language(name="Inggris", mastery="mahir"))


def test_the_twenty_first_skill_is_refused():
    person = factories.bare_applicant()
    for number in range(20):
        actions.save_entry(person, Training(name=f"Kursus {number}"))

    with pytest.raises(Refused, match="20"):
        actions.save_entry(person, Training(name="Satu lagi"))


def test_a_disability_is_kept_with_the_words_that_were_agreed_to():
    person = factories.bare_applicant()

    actions.declare_disability(person, disability="netra", wording=WORDING)

    person.refresh_from_db()
    assert person.disability == DisabilityType.SIGHT
    consent = person.consents.get()
    assert (consent.wording, consent.withdrawn_at) == (WORDING, None)
    assert timezone.now() - consent.given_at < timedelta(minutes=1)


def test_agreeing_twice_to_the_same_words_is_one_consent():
    person = factories.bare_applicant()

    for disability in ("netra", "rungu"):
        actions.declare_disability(person, disability=disability, wording=WORDING)

    assert person.consents.count() == 1
    assert person.disability == DisabilityType.HEARING


def test_other_words_are_another_consent():
    person = factories.bare_applicant()

    for wording in (WORDING, WORDING + " Ya."):
        actions.declare_disability(person, disability="netra", wording=wording)

    assert person.consents.count() == 2


def test_who_takes_the_consent_back_has_no_disability_in_the_row():
    person = factories.bare_applicant()
    actions.declare_disability(person, disability="netra", wording=WORDING)

    actions.declare_disability(person, disability="", wording=WORDING)

    person.refresh_from_db()
    assert person.disability == ""
    assert person.consents.get().withdrawn_at


def test_who_agrees_again_gives_a_new_consent():
    person = factories.bare_applicant()
    for disability in ("netra", "", "netra"):
        actions.declare_disability(person, disability=disability, wording=WORDING)

    withdrawn = [bool(consent.withdrawn_at) for consent in person.consents.all()]

    assert withdrawn == [True, False]


def test_saying_nothing_about_a_disability_leaves_no_consent():
    person = factories.bare_applicant()

    actions.declare_disability(person, disability="", wording=WORDING)

    assert not person.consents.exists()


def test_a_document_is_kept_as_its_pages_in_order():
    person = factories.bare_applicant()
    pictures = [factories.picture(800, 500), factories.picture(500, 800)]

    document = actions.save_document(
        person,
        kind=DocumentKind.DIPLOMA,
        pages=[Page(pictures[0], 800, 500), Page(pictures[1], 500, 800)],
    )

    pages = list(document.pages.all())
    assert [page.read() for page in pages] == pictures
    assert [(p.position, p.width, p.height) for p in pages] == [
        (0, 800, 500),
        (1, 500, 800),
    ]
    assert [bytes(page.sha256) for page in pages] == [
        hashlib.sha256(picture).digest() for picture in pictures
    ]


def test_a_picture_lies_sealed_under_a_name_that_says_nothing():
    person = factories.bare_applicant()

    page = factories.document(person).pages.get()

    with open(default_storage.path(page.file), "rb") as file:
        assert b"\xff\xd8\xff" not in file.read()
    assert str(person.pk) not in page.file
    assert "ktp" not in page.file


def test_certificates_stand_beside_each_other_up_to_five():
    person = factories.bare_applicant()
    for _time in range(5):
        factories.document(person, DocumentKind.CERTIFICATE)

    with pytest.raises(Refused, match="5"):
        factories.document(person, DocumentKind.CERTIFICATE)

    assert person.documents.count() == 5
    assert files() == in_rows()


def test_after_one_is_removed_there_is_room_again():
    person = factories.bare_applicant()
    for _time in range(5):
        document = factories.document(person, DocumentKind.CERTIFICATE)

    actions.remove_document(document)
    factories.document(person, DocumentKind.CERTIFICATE)

    assert person.documents.count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_replaced_document_goes_from_the_disk_once_the_new_one_is_committed():
    person = factories.bare_applicant()
    old = factories.document(person).pages.get().file

    with transaction.atomic():
        new = factories.document(person).pages.get().file
        assert files() == {old, new}

    assert files() == {new} == in_rows()
    assert Document.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_replacement_that_failed_leaves_the_old_document_readable():
    person = factories.bare_applicant()
    old = factories.document(person).pages.get()

    with transaction.atomic():
        factories.document(person)
        transaction.set_rollback(True)

    assert in_rows() == {old.file}
    assert old.read() == factories.picture(800, 500)


@pytest.mark.django_db(transaction=True)
def test_a_removed_document_goes_from_the_disk_after_the_commit_only():
    person = factories.bare_applicant()
    document = factories.document(person)
    page = document.pages.get()

    with transaction.atomic():
        actions.remove_document(document)
        transaction.set_rollback(True)
    assert page.read() == factories.picture(800, 500)

    actions.remove_document(Document.objects.get())

    assert files() == in_rows() == set()
    with pytest.raises(Unreadable):
        page.read()


def test_a_photo_is_kept_whole_and_cut():
    person = factories.bare_applicant()

    photo = actions.save_photo(
        person, picture=Page(factories.picture(900, 1000), 900, 1000)
    )

    whole, cut = photo.pages.all()
    assert photo.crop == [75, 0, 750, 1000]
    assert whole.read() == factories.picture(900, 1000)
    assert (cut.width, cut.height) == CARD_PHOTO
    assert cut.read().startswith(b"\xff\xd8\xff")


@pytest.mark.django_db(transaction=True)
def test_a_photo_is_cut_anew_from_the_whole_picture():
    person = factories.bare_applicant()
    photo = factories.photo(person)

    again = actions.adjust_crop(photo, crop=Crop(0, 0, 300, 400))

    whole, cut = again.pages.all()
    assert again.crop == [0, 0, 300, 400]
    assert whole.read() == factories.picture(900, 1000)
    assert (cut.width, cut.height) == CARD_PHOTO
    assert person.documents.get() == again
    assert files() == in_rows() == {whole.file, cut.file}


def test_an_entry_is_saved_changed_and_removed():
    person = factories.bare_applicant()
    entry = Education(level="sma", school="SMA Contoh", graduated_year=2017)

    actions.save_entry(person, entry)
    entry.school = "SMA Contoh 2"
    actions.save_entry(person, entry)

    assert person.educations.get().school == "SMA Contoh 2"
    actions.remove_entry(person, entry)
    assert not person.educations.exists()
