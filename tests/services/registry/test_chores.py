"""What a day brings by itself, by the clock of each office: once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.issuance.models import Letter
from services.registry import actions, actions_clock, chores
from services.registry.models import Reminder, Via
from tests import factories
from tests.services.registry import lives

pytestmark = pytest.mark.django_db

DUE = 181  # 5 July 2026
LAPSE = 60
WARNED = DUE + LAPSE - 7
LAPSED = DUE + LAPSE


@pytest.fixture
def office():
    return factories.office(lapse_days=LAPSE, remind_days=14)


def a_day(days, begin=lives.BEGIN):
    """Everything that a worker finds due on this day; twice, as workers do."""
    with lives.at(days=days, begin=begin):
        for chore in chores.HOURLY * 2:
            chore()


def test_a_reminder_comes_once_on_the_offices_own_day(office):
    card = lives.card()

    a_day(DUE - 15)
    assert lives.letters(card, "report_due") == []
    for day in (DUE - 14, DUE - 13, DUE, DUE + 14):
        a_day(day)

    (letter,) = lives.letters(card, "report_due")
    assert "paling lambat 5 Juli 2026" in letter
    assert "/laporan/tautan/" in letter
    assert card.application.applicant.nik not in letter


def test_who_has_reported_is_not_reminded(office):
    card = lives.card()
    with lives.at(days=DUE - 20):
        actions.report(card, via=Via.ACCOUNT, by=lives.owner(card))

    for day in (DUE - 14, DUE, WARNED, LAPSED, LAPSED + 30):
        a_day(day)

    card.refresh_from_db()
    assert not Reminder.objects.exists()
    assert card.inactive_since is None


def test_a_worker_that_stood_still_reminds_two_weeks_late_and_no_more(office):
    late, too_late = lives.card(), lives.card(begin=lives.BEGIN - timedelta(days=1))

    a_day(DUE + 14)

    assert list(Reminder.objects.values_list("card", flat=True)) == [late.pk]
    assert lives.letters(too_late, "report_due") == []


def test_a_missed_report_lapses_by_the_offices_rule_with_notice_before(office):
    card = lives.card()

    a_day(WARNED - 1)
    assert lives.letters(card, "lapse_warning") == []
    for day in (WARNED, WARNED + 1, LAPSED - 1):
        a_day(day)
    card.refresh_from_db()
    assert card.inactive_since is None
    a_day(LAPSED)

    card.refresh_from_db()
    (warning,) = lives.letters(card, "lapse_warning")
    assert "nonaktif mulai 3 September 2026" in warning
    assert card.inactive_why == "lapsed"
    assert lives.lines(card) == ["registered", "removed lapsed"]
    assert len(lives.letters(card, "lapsed")) == 1


def test_an_office_without_a_rule_lets_no_card_lapse():
    factories.office(lapse_days=None)
    card = lives.card()

    for day in (DUE + 1, DUE + 100, DUE + 400):
        a_day(day)

    card.refresh_from_db()
    assert card.inactive_since is None
    assert lives.letters(card, "lapse_warning") == []


def test_a_rule_that_is_set_later_gives_notice_first():
    office = factories.office(lapse_days=None)
    card = lives.card()
    a_day(DUE + 100)
    office.lapse_days = LAPSE
    office.save()

    a_day(DUE + 100)
    a_day(DUE + 106)
    card.refresh_from_db()
    assert card.inactive_since is None
    a_day(DUE + 107)

    card.refresh_from_db()
    assert card.inactive_why == "lapsed"
    assert len(lives.letters(card, "lapse_warning")) == 1


def test_who_reports_after_the_notice_stays_active(office):
    card = lives.card()
    a_day(WARNED)
    with lives.at(days=LAPSED - 1):
        actions.report(card, via=Via.LINK, ordinal=1)

    a_day(LAPSED)

    card.refresh_from_db()
    assert card.inactive_since is None


def test_who_lapsed_returns_alone_and_is_asked_again_for_the_next_report(office):
    card = lives.card()
    a_day(WARNED)
    a_day(LAPSED)
    card.refresh_from_db()
    with lives.at(days=LAPSED + 3):
        actions.reactivate(card, via=Via.ACCOUNT, by=lives.owner(card))

    a_day(LAPSED + 30)
    a_day(365 - 14)

    assert lives.lines(card) == [
        "registered",
        "removed lapsed",
        "reactivated",
        "reported",
    ]
    second = lives.letters(card, "report_due")[-1]
    assert "paling lambat 5 Januari 2027" in second
    for day in (365 + LAPSE - 7, 365 + LAPSE):
        a_day(day)
    assert lives.lines(card)[-1] == "removed lapsed"


def test_a_placed_person_is_neither_reminded_nor_lapses(office):
    card = lives.card()
    with lives.at(days=40):
        lives.placed(card)

    for day in (DUE - 14, WARNED, LAPSED):
        a_day(day)

    assert lives.lines(card) == ["registered", "placed"]
    assert not Reminder.objects.exists()


def test_a_card_leaves_the_register_once_when_it_has_ended():
    card = lives.card()

    a_day(730)
    assert lives.lines(card) == ["registered"]
    a_day(731)
    a_day(732)

    card.refresh_from_db()
    assert card.inactive_why == "expired"
    assert lives.lines(card) == ["registered", "removed expired"]


def test_a_card_that_was_placed_does_not_end_a_second_time():
    card = lives.card()
    with lives.at(days=40):
        lives.placed(card)

    a_day(731)

    card.refresh_from_db()
    assert card.inactive_why == "placed"
    assert lives.lines(card) == ["registered", "placed"]


def test_the_day_begins_two_hours_earlier_in_the_east():
    """At 16.00 UTC it is already tomorrow in Jayapura, and today in Jakarta."""
    afternoon = lives.BEGIN.replace(hour=16)
    east = factories.office("9171", time_zone="Asia/Jayapura", remind_days=14)
    eastern = lives.card(begin=lives.BEGIN, at=east)
    western = lives.card(begin=lives.BEGIN, at=factories.office(remind_days=14))

    a_day(DUE - 15, begin=afternoon)

    assert len(lives.letters(eastern, "report_due")) == 1
    assert lives.letters(western, "report_due") == []


def test_a_card_that_fails_does_not_stop_the_others(office, monkeypatch, caplog):
    broken, good = lives.card(), lives.card()
    act = actions_clock.remind

    def remind(ordinal, card):
        if card.pk == broken.pk:
            raise ValueError
        return act(ordinal, card)

    monkeypatch.setattr(actions_clock, "remind", remind)
    a_day(DUE - 14)

    assert len(lives.letters(good, "report_due")) == 1
    assert "remind failed: ValueError" in caplog.text


def test_a_letter_that_fails_is_no_reminder(office):
    card = lives.card()
    office.texts.create(kind="report_due", version=1, subject="x", body="{laporan}")
    with lives.at(days=DUE - 14):
        assert actions_clock.remind(1, card)
        assert not actions_clock.remind(1, card)

    assert Letter.objects.filter(kind="report_due").count() == 1
    assert Reminder.objects.count() == 1


def test_the_number_of_questions_does_not_grow_with_cards_that_are_not_due():
    factories.office(lapse_days=LAPSE)

    def questions():
        with lives.at(days=40), CaptureQueriesContext(connection) as asked:
            for chore in chores.HOURLY:
                chore()
        return len(asked)

    lives.card()
    with_one = questions()
    lives.card()
    lives.card()

    assert questions() == with_one


# Two workers at once: the second finds the row as the first left it ---------------


def at_once(day, act):
    """What the second of two workers answers, who read the card before the first."""
    with lives.at(days=day):
        return act()


def test_a_second_worker_warns_nobody_who_has_reported(office):
    card = lives.card()
    with lives.at(days=WARNED - 1):
        actions.report(card, via=Via.ACCOUNT, by=lives.owner(card))

    assert at_once(WARNED, lambda: actions_clock.warn(1, card)) is False


def test_a_second_worker_warns_of_no_report_that_was_not_missed(office):
    card = lives.card()

    assert at_once(WARNED - 1, lambda: actions_clock.warn(1, card)) is False
    assert at_once(WARNED, lambda: actions_clock.warn(2, card)) is False
    assert not Reminder.objects.exists()


def test_a_second_worker_lets_nothing_lapse_twice(office):
    card = lives.card()
    a_day(WARNED)

    assert at_once(LAPSED - 1, lambda: actions_clock.lapse(card)) is False
    assert at_once(LAPSED, lambda: actions_clock.lapse(card)) is True
    assert at_once(LAPSED, lambda: actions_clock.lapse(card)) is False
    assert lives.lines(card) == ["registered", "removed lapsed"]


def test_a_second_worker_ends_no_card_twice():
    card = lives.card()

    assert at_once(729, lambda: actions_clock.end(card)) is False
    assert at_once(732, lambda: actions_clock.end(card)) is True
    assert at_once(732, lambda: actions_clock.end(card)) is False
    assert lives.lines(card) == ["registered", "removed expired"]
