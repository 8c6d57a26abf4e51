import uuid

import pytest
from django.db import IntegrityError, transaction

from ak1portal.refusals import Refused
from services.verification import actions
from services.verification.models import ForgeryReport
from tests import factories

pytestmark = pytest.mark.django_db


def test_close_keeps_who_when_and_what():
    report, supervisor = factories.forgery_report(), factories.supervisor()

    actions.close(report, officer=supervisor, note="Asli.")

    report.refresh_from_db()
    assert (report.closed_by, report.note) == (supervisor.user, "Asli.")
    assert report.closed_at >= report.at
    assert not ForgeryReport.objects.open().exists()


def test_the_second_click_of_the_same_hand_closes_nothing_twice():
    report, supervisor = factories.forgery_report(), factories.supervisor()
    actions.close(report, officer=supervisor, note="Asli.")
    closed_at = report.closed_at

    actions.close(report, officer=supervisor, note="Asli.")

    report.refresh_from_db()
    assert report.closed_at == closed_at


def test_two_supervisors_close_one_report_and_the_first_stands():
    report = factories.forgery_report()
    same_page = ForgeryReport.objects.get(pk=report.pk)
    first, second = factories.supervisor(), factories.supervisor()

    actions.close(report, officer=first, note="Palsu.")
    with pytest.raises(Refused):
        actions.close(same_page, officer=second, note="Asli.")

    report.refresh_from_db()
    assert (report.closed_by, report.note) == (first.user, "Palsu.")


def test_an_officer_does_not_close():
    report = factories.forgery_report()

    with pytest.raises(Refused):
        actions.close(report, officer=factories.officer(), note="Asli.")

    assert ForgeryReport.objects.open().get() == report


def test_two_reports_with_one_key_are_the_first():
    key, office = uuid.uuid4(), factories.office()
    tell = {"key": key, "office": office, "card": None, "photo": None}

    first = actions.report(**tell, told={"seen": "1"})
    second = actions.report(**tell, told={"seen": "2"})

    assert first == second
    assert second.told == {"seen": "1"}


def test_a_report_is_never_half_closed():
    report = factories.forgery_report()

    with pytest.raises(IntegrityError), transaction.atomic():
        ForgeryReport.objects.filter(pk=report.pk).update(note="Tanpa nama.")
