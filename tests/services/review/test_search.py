"""One box: what was typed tells what it is."""

from datetime import date

import pytest

from applicants import nik
from services.issuance.workflow import Status
from services.review.search import Sought, find, read
from tests import factories

pytestmark = pytest.mark.django_db

DIGITS = "3301011705990001"


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        (
            "3301 0117 0599 0001",
            Sought(nik="3301011705990001", number="3301011705990001"),
        ),
        ("7k3-m9qx-2ab", Sought(receipt="7K3-M9QX-2AB")),
        ("DTK-AK1-0001-1126", Sought(number="DTKAK100011126")),
        ("  Siti   Rahayu ", Sought(words=("siti", "rahayu"))),
        ("17-05-1999", Sought(birth_date=date(1999, 5, 17))),
        ("17051999 siti", Sought(birth_date=date(1999, 5, 17), words=("siti",))),
        ("31-02-1999", Sought(number="31021999")),
        ("", Sought()),
    ],
)
def test_what_was_typed_tells_what_it_is(typed, sought):
    assert read(typed) == sought


def names(found):
    return [one.applicant.name for one in found.applications]


def sent(name, **facts):
    person = factories.applicant(name=name, **facts)
    return factories.application(Status.SUBMITTED, applicant_=person)


@pytest.mark.parametrize(
    "typed",
    ["siti", "rahayu", "Rahayu Siti", "rah si", "NUR siti rah", "siti 17-05-1999"],
)
def test_a_name_is_found_by_the_beginning_of_any_word_in_any_order(typed):
    one = sent("Siti Nur Rahayu", birth_date=date(1999, 5, 17))
    sent("Budi Santoso")

    assert names(find(typed, one.office)) == ["Siti Nur Rahayu"]


@pytest.mark.parametrize("typed", ["ahayu", "siti budi", "siti 18-05-1999", "x' | y:*"])
def test_what_does_not_begin_a_word_is_not_found(typed):
    one = sent("Siti Nur Rahayu", birth_date=date(1999, 5, 17))

    assert names(find(typed, one.office)) == []


def test_a_nik_is_found_whole_and_only_whole():
    digits = nik.compose("3301", "01", date(1999, 5, 17), "P", 4711)
    one = sent("Siti Contoh", nik=digits)

    assert find(nik.grouped(digits), one.office).applications == [one]
    assert find(digits[:15], one.office).applications == []


def test_a_receipt_and_a_card_number_are_found_however_they_are_written():
    card = factories.card()
    application = card.application

    for typed in (
        application.receipt,
        application.receipt.lower().replace("-", " "),
        card.number,
        card.number.replace(" ", ""),
        card.number.replace(" ", "-"),
    ):
        assert find(typed, card.office).applications == [application]


def test_somebody_is_found_once_with_their_newest_application():
    old = factories.application(Status.REJECTED)
    new = factories.application(Status.SUBMITTED, applicant_=old.applicant)

    assert find(old.applicant.name, old.office).applications == [new]


def test_another_offices_people_and_drafts_are_not_found():
    elsewhere = sent("Siti Nur Rahayu")
    draft = factories.application(applicant_=factories.applicant(name="Siti Draf"))

    assert names(find("siti", factories.office("3372"))) == []
    assert names(find("siti", draft.office)) == [elsewhere.applicant.name]


def test_more_than_fit_are_said_to_be_cut():
    for number in range(21):
        one = sent(f"Siti {chr(65 + number)}contoh")

    found = find("siti", one.office)

    assert (len(found.applications), found.is_cut) == (20, True)


def test_one_letter_is_too_little_and_says_what_would_do():
    found = find("s", factories.office())

    assert (found.applications, bool(found.hint)) == ([], True)


def test_the_search_asks_one_query_for_a_name(django_assert_num_queries):
    office = sent("Siti Rahayu").office

    with django_assert_num_queries(1):
        names(find("siti", office))


@pytest.mark.parametrize("kept", ["Ma'ruf Contoh", "Maruf Contoh", "Ma’ruf Contoh"])
@pytest.mark.parametrize("typed", ["maruf", "Ma'ruf", "MA’RUF", "contoh ma'r"])
def test_a_name_is_found_in_any_of_its_spellings(kept, typed):
    one = sent(kept)

    assert names(find(typed, one.office)) == [kept]
