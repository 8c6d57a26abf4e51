"""What happens to a card that is in force."""

import pytest

from ak1portal.refusals import Refused
from services.issuance.models import Card, EventKind, Inactive, RegisterEvent
from services.registry import actions
from services.registry.models import Answer, Placement, Report, Via
from tests import factories
from tests.services.registry import lives

pytestmark = pytest.mark.django_db

IN_FIRST_WINDOW = 160
HALF_YEAR = 181
AFTER_FIRST_DAY = 200


# Reports --------------------------------------------------------------


def test_a_report_stamps_the_row_that_is_open_and_writes_one_line():
    card = lives.card()

    with lives.at(days=IN_FIRST_WINDOW):
        made = actions.report(card, via=Via.ACCOUNT, by=lives.owner(card))

    assert (made.ordinal, made.due_on, made.answer, made.via) == (
        1,
        card.issued_on.replace(month=7),
        Answer.LOOKING,
        Via.ACCOUNT,
    )
    assert lives.lines(card) == ["registered", "reported"]


def test_nothing_is_reported_of_a_card_that_was_withdrawn_or_has_ended():
    withdrawn, ended = lives.card(), lives.card()
    with lives.at(days=20):
        factories.void(withdrawn)

    with lives.at(days=IN_FIRST_WINDOW), pytest.raises(Refused, match="ditarik"):
        actions.report(withdrawn, via=Via.ACCOUNT, by=lives.owner(withdrawn))
    with lives.at(days=800), pytest.raises(Refused, match="habis pada"):
        actions.report(ended, via=Via.ACCOUNT, by=lives.owner(ended))

    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("days", "ordinal"), [(151, 1), (HALF_YEAR, 1), (334, 1), (335, 2), (700, 3)]
)
def test_which_of_the_three_reports_is_made_depends_on_the_day(days, ordinal):
    card = lives.card()

    with lives.at(days=days):
        assert actions.report(card, via=Via.LINK).ordinal == ordinal


def test_a_report_before_its_time_says_from_when():
    card = lives.card()

    with lives.at(days=100), pytest.raises(Refused, match="5 Juni 2026"):
        actions.report(card, via=Via.LINK)

    assert not Report.objects.exists()


def test_the_second_tap_of_the_same_hand_is_the_same_report():
    card = lives.card()

    with lives.at(days=IN_FIRST_WINDOW):
        first = actions.report(card, via=Via.LINK, ordinal=1)
        second = actions.report(card, via=Via.LINK, ordinal=1)

    assert first == second
    assert lives.lines(card) == ["registered", "reported"]


def test_desk_and_link_at_once_report_once_and_the_second_is_told_by_whom():
    card = lives.card()
    same_page = Card.objects.get(pk=card.pk)
    officer = factories.officer(name="Budi Petugas")

    with lives.at(days=IN_FIRST_WINDOW):
        actions.report(card, via=Via.DESK, by=officer.user)
        with pytest.raises(Refused, match=r"14 Juni 2026, 12\.00.*Budi Petugas"):
            actions.report(same_page, via=Via.LINK, ordinal=1)

    assert lives.lines(card) == ["registered", "reported"]


def test_a_link_is_for_its_own_report_only():
    card = lives.card()

    with lives.at(days=340), pytest.raises(Refused):
        actions.report(card, via=Via.LINK, ordinal=1)

    assert not Report.objects.exists()


def test_a_corrected_card_has_the_reports_of_the_one_it_replaces():
    card = lives.card()
    with lives.at(days=IN_FIRST_WINDOW):
        actions.report(card, via=Via.ACCOUNT, by=lives.owner(card))
        corrected = lives.corrected(card)
        with pytest.raises(Refused, match="pertama"):
            actions.report(corrected, via=Via.LINK)

    assert lives.lines(corrected) == ["registered", "reported"]


# Work --------------------------------------------------------------


def test_found_work_makes_the_card_inactive_and_stamps_the_open_report():
    card = lives.card()

    with lives.at(days=IN_FIRST_WINDOW):
        placement = lives.placed(card)

    assert (card.inactive_why, card.reports.get().answer) == ("placed", "hired")
    assert not card.is_valid_on(card.issued_on)
    event = placement.event
    assert (event.sector, event.sector_version) == ("C", "2025")
    assert (event.placement, event.receiver) == ("AKL", "24")
    assert lives.lines(card) == ["registered", "reported", "placed"]
    assert "PT Contoh Garmen" in lives.letters(card, "placed")[0]


def test_work_outside_the_time_of_a_report_stamps_none():
    card = lives.card()

    with lives.at(days=40):
        lives.placed(card)

    assert lives.lines(card) == ["registered", "placed"]


def test_a_line_of_the_tables_loses_the_person_it_won():
    """What was answered since is not what was registered."""
    card = lives.card()
    applicant = card.application.applicant
    applicant.educations.update(level="s1")
    applicant.sex = "L"
    applicant.save()

    with lives.at(days=40):
        lives.placed(card)

    copies = RegisterEvent.objects.order_by("pk").values_list("sex", "education")
    assert list(copies) == [("P", "sma"), ("P", "sma")]


def test_two_who_enter_work_at_once_enter_it_once():
    card = lives.card()
    same_page = Card.objects.get(pk=card.pk)
    officer = factories.officer()

    with lives.at(days=40):
        lives.placed(card)
        with pytest.raises(Refused, match=r"PT Contoh Garmen.*14 Februari 2026"):
            actions.place(
                same_page,
                via=Via.DESK,
                by=officer.user,
                **lives.work(card, employer="Toko Lain"),
            )

    assert Placement.objects.get().employer == "PT Contoh Garmen"


def test_the_second_click_on_found_work_is_the_same_placement():
    card = lives.card()

    with lives.at(days=40):
        assert lives.placed(card) == lives.placed(card)

    assert lives.lines(card) == ["registered", "placed"]


# Removal and return --------------------------------------------------------------


@pytest.mark.parametrize("why", ["request", "moved", "died"])
def test_a_removal_says_why_and_writes_one_line(why):
    card, officer = lives.card(), factories.officer()

    with lives.at(days=40):
        actions.remove(card, why=Inactive(why), by=officer.user)
        actions.remove(card, why=Inactive(why), by=officer.user)

    assert card.inactive_why == why
    assert lives.lines(card) == ["registered", f"removed {why}"]
    assert len(lives.letters(card, "removed")) == (0 if why == "died" else 1)


def test_a_removed_card_makes_no_report_and_finds_no_work():
    card, officer = lives.card(), factories.officer()

    with lives.at(days=IN_FIRST_WINDOW):
        actions.remove(card, why=Inactive.MOVED, by=officer.user)
        with pytest.raises(Refused, match="pindah"):
            actions.report(card, via=Via.LINK)
        with pytest.raises(Refused, match="pindah"):
            lives.placed(card)

    assert lives.lines(card) == ["registered", "removed moved"]


def test_who_lost_the_work_is_active_again_by_the_desk():
    card, officer = lives.card(), factories.officer()
    with lives.at(days=40):
        lives.placed(card)

    with lives.at(days=90):
        actions.reactivate(card, via=Via.DESK, by=officer.user, officer=officer)
        assert card.is_valid_on(card.issued_on)

    assert card.placements.get().ended_at
    assert lives.lines(card) == ["registered", "placed", "reactivated"]
    assert len(lives.letters(card, "reactivated")) == 1


def test_work_can_be_found_again_after_a_return():
    card, officer = lives.card(), factories.officer()
    with lives.at(days=40):
        lives.placed(card)
        actions.reactivate(card, via=Via.DESK, by=officer.user, officer=officer)
        lives.placed(card)

    assert lives.lines(card) == ["registered", "placed", "reactivated", "placed"]


def test_the_holder_alone_does_not_take_back_found_work():
    card = lives.card()
    with lives.at(days=40):
        lives.placed(card)
        with pytest.raises(Refused, match="kantor"):
            actions.reactivate(card, via=Via.ACCOUNT, by=lives.owner(card))

    assert card.inactive_since


def test_only_a_supervisor_takes_back_that_somebody_died():
    card, officer = lives.card(), factories.officer()
    head = factories.supervisor()
    with lives.at(days=40):
        actions.remove(card, why=Inactive.DIED, by=officer.user)
        with pytest.raises(Refused):
            actions.reactivate(card, via=Via.DESK, by=officer.user, officer=officer)
        actions.reactivate(card, via=Via.DESK, by=head.user, officer=head)

    assert lives.lines(card) == ["registered", "removed died", "reactivated"]


@pytest.mark.parametrize("what", ["void", "ended", "replaced"])
def test_a_card_whose_time_is_over_never_returns(what):
    card, officer = lives.card(), factories.officer()
    with lives.at(days=40):
        lives.placed(card)
        if what == "void":
            factories.void(card)
        if what == "replaced":
            Card.objects.filter(pk=card.pk).update(
                replaced_at=card.inactive_since,
                replaced_by=lives.card(),
                needs_print=False,
                needs_hand_over=False,
            )

    with lives.at(days=740 if what == "ended" else 41), pytest.raises(Refused):
        actions.reactivate(card, via=Via.DESK, by=officer.user, officer=officer)


# The register --------------------------------------------------------------


def test_a_withdrawn_card_leaves_the_register_once():
    card = lives.card()

    factories.void(card)

    assert lives.lines(card) == ["registered", "removed void"]


def test_a_withdrawn_card_that_was_placed_has_left_already():
    card = lives.card()
    with lives.at(days=40):
        lives.placed(card)

    factories.void(card)

    assert lives.lines(card) == ["registered", "placed"]


def test_a_correction_writes_nothing_and_is_as_active_as_what_it_replaces():
    card = lives.card()
    with lives.at(days=40):
        draft = lives.correction(card)
        lives.placed(card)
        corrected = lives.authorised(draft)

    assert corrected.inactive_why == Inactive.PLACED
    assert lives.lines(corrected) == ["registered", "placed"]


def test_withdrawing_what_was_corrected_leaves_the_number_in_the_register():
    card = lives.card()
    with lives.at(days=40):
        corrected = lives.corrected(card)

    factories.void(Card.objects.get(pk=card.pk))

    assert lives.lines(corrected) == ["registered"]


def test_a_renewal_is_a_registration_and_ends_the_one_before():
    card = lives.card()
    with lives.at(days=710):
        renewed = factories.card(applicant_=card.application.applicant)

    assert renewed.number != card.number
    assert lives.lines(card) == ["registered", "removed expired"]
    assert lives.lines(renewed) == ["registered"]


def test_the_day_of_a_line_is_the_day_at_the_office():
    """22.30 in Jayapura is still half past eight in the evening in Jakarta."""
    office = factories.office("9171", time_zone="Asia/Jayapura")
    night = lives.BEGIN.replace(day=10, hour=15, minute=30)

    card = lives.card(begin=night, at=office)

    assert RegisterEvent.objects.get(card=card).day.day == 11


def test_a_line_copies_the_highest_level_of_education():
    person = factories.applicant()
    lives.school(person, level="d3", field_code="5200", major="Teknik", year=2019)
    lives.school(person, level="smp", field_code="", major="", year=2024)

    card = lives.card(applicant_=person)

    event = RegisterEvent.objects.get(card=card)
    assert event.kind == EventKind.REGISTERED
    assert (event.education, event.field_code, event.major) == ("d3", "5200", "Teknik")
    assert event.graduation_year == 2019
