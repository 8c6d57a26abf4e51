import pytest
from django.utils import timezone, translation

from applicants import actions, rules
from applicants.models import DocumentKind
from tests import factories

pytestmark = pytest.mark.django_db

KEYS = [section.key for section in rules.SECTIONS]


@pytest.fixture(autouse=True)
def in_english():
    """The sentences themselves are the promise here; msgids do not change."""
    with translation.override("en"):
        yield


def test_who_has_said_only_who_they_are_misses_the_rest():
    assert rules.missing(factories.bare_applicant()) == {
        "identity": [],
        "general": [
            "Choose your marital status.",
            "Give a mobile phone number.",
            "Say whether you are working now.",
        ],
        "address": ["Give your street or hamlet.", "Choose your village."],
        "education": ["Add your last school, even if you did not finish it."],
        "training": ["Add a skill or course, or say that you have none."],
        "languages": ["Add a language, or say that you speak Indonesian only."],
        "experience": ["Add a job you had, or say that you have not worked yet."],
        "wishes": ["Say which job you want.", "Choose where you want to work."],
    }


def test_who_has_answered_everything_misses_nothing():
    assert rules.missing(factories.applicant()) == {key: [] for key in KEYS}


@pytest.mark.parametrize(
    ("emptied", "section", "sentence"),
    [
        ({"marital_status": ""}, "general", "Choose your marital status."),
        ({"phone": ""}, "general", "Give a mobile phone number."),
        ({"is_employed": None}, "general", "Say whether you are working now."),
        ({"street": ""}, "address", "Give your street or hamlet."),
        ({"village_id": None}, "address", "Choose your village."),
        ({"wanted_job": ""}, "wishes", "Say which job you want."),
        ({"wanted_places": []}, "wishes", "Choose where you want to work."),
    ],
)
def test_each_answer_that_is_taken_away_is_missed(emptied, section, sentence):
    person = factories.applicant()
    actions.change(person, **emptied)

    found = rules.missing(person)

    assert {key: told for key, told in found.items() if told} == {section: [sentence]}


def test_who_does_not_work_has_answered_too():
    person = factories.applicant()
    actions.change(person, is_employed=False)

    assert rules.missing(person)["general"] == []


@pytest.mark.parametrize(
    ("rows", "flag", "section"),
    [
        ("trainings", "has_no_training", "training"),
        ("languages", "has_no_language", "languages"),
        ("experiences", "has_no_experience", "experience"),
    ],
)
def test_a_list_is_answered_by_a_row_or_by_saying_there_is_none(rows, flag, section):
    person = factories.applicant()
    factories.language(person)
    with_row = rules.missing(person)[section]
    for entry in getattr(person, rows).all():
        actions.remove_entry(person, entry)
    actions.change(person, **{flag: False})
    with_neither = rules.missing(person)[section]
    actions.change(person, **{flag: True})
    with_none = rules.missing(person)[section]

    assert (with_row, with_none) == ([], [])
    assert len(with_neither) == 1


def test_no_school_at_all_is_missed():
    person = factories.applicant()
    actions.remove_entry(person, person.educations.get())

    assert len(rules.missing(person)["education"]) == 1


def test_the_next_section_is_the_next_that_misses_something():
    person = factories.applicant()
    actions.change(person, street="", wanted_job="")

    assert rules.next_missing(person, "identity") == "address"
    assert rules.next_missing(person, "address") == "wishes"
    assert rules.next_missing(person, "wishes") is None


def test_nothing_comes_after_the_last_section():
    assert rules.next_missing(factories.bare_applicant(), "wishes") is None


def test_a_section_is_known_by_its_key():
    assert [rules.section(key).key for key in KEYS] == KEYS
    assert len({str(section.title) for section in rules.SECTIONS}) == len(KEYS)


def test_answers_stand_still_while_an_office_holds_them():
    person = factories.bare_applicant()
    before = rules.bars_editing(person)
    person.held_at = timezone.now()

    assert before is None
    assert rules.bars_editing(person).startswith("Your application is with the office")
    assert rules.bars_upload(person, DocumentKind.KTP) == rules.bars_editing(person)


def test_a_kind_that_is_kept_once_may_always_be_replaced():
    person = factories.applicant()

    assert rules.bars_upload(person, DocumentKind.KTP) is None


@pytest.mark.parametrize(
    "kind", [DocumentKind.CERTIFICATE, DocumentKind.EXPERIENCE_LETTER]
)
def test_five_of_these_may_be_kept(kind):
    person = factories.bare_applicant()
    bars = []

    for _time in range(rules.MANY):
        bars.append(rules.bars_upload(person, kind))
        factories.document(person, kind)

    assert bars == [None] * 5
    assert rules.bars_upload(person, kind) == (
        "You can keep at most 5 of these. Remove one first."
    )


def test_only_a_photo_is_a_photo():
    assert [kind for kind in DocumentKind if rules.is_photo(kind)] == [
        DocumentKind.PHOTO
    ]
