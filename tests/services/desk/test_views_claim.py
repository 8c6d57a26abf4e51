"""A record of the counter becomes somebody's own: once, and by nobody's guess."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from ak1portal.refusals import Refused
from applicants import actions
from applicants.models import Applicant
from tests import factories

NEUTRAL = "tidak cocok"


def handed_in():
    """(application, its claim code)."""
    budi = factories.officer()
    one = factories.at_the_desk(by=budi)
    code = factories.desk.hand_in(one, officer=budi, wording="Setuju.", key=None)
    one.refresh_from_db()
    return one, code


def claims(client, one, right_code, **other):
    sent = {
        "receipt": one.receipt,
        "code": right_code,
        "birth_date_day": "17",
        "birth_date_month": "5",
        "birth_date_year": "1999",
        **other,
    }
    return client.post(reverse("claim"), sent)


@pytest.mark.django_db
class TestClaim:
    def test_the_record_becomes_the_accounts(self):
        one, code = handed_in()
        newcomer = factories.user()

        response = claims(factories.signed_in(newcomer), one, code)

        one.applicant.refresh_from_db()
        assert response.status_code == 302
        assert one.applicant.user == newcomer
        assert one.applicant.claim_codes.get().used_by == newcomer

    @pytest.mark.parametrize(
        "wrong",
        [
            {"code": "0000-0000-0000"},
            {"receipt": "000-0000-000"},
            {"birth_date_day": "18"},
        ],
    )
    def test_whatever_is_wrong_gets_one_answer(self, wrong):
        one, code = handed_in()

        response = claims(factories.signed_in(factories.user()), one, code, **wrong)

        one.applicant.refresh_from_db()
        assert response.status_code == 422
        assert NEUTRAL in response.content.decode()
        assert one.applicant.user is None

    def test_a_code_is_good_once(self):
        one, code = handed_in()
        claims(factories.signed_in(factories.user()), one, code)

        response = claims(factories.signed_in(factories.user()), one, code)

        assert NEUTRAL in response.content.decode()

    def test_a_code_ends_after_ninety_days(self, time_machine):
        time_machine.move_to(datetime(2026, 11, 23, 3, tzinfo=UTC), tick=False)
        one, code = handed_in()
        time_machine.shift(timedelta(days=90))

        response = claims(factories.signed_in(factories.user()), one, code)

        assert NEUTRAL in response.content.decode()

    def test_an_account_with_a_record_is_told_why_not(self):
        one, code = handed_in()
        owner = factories.bare_applicant().user

        response = claims(factories.signed_in(owner), one, code)

        one.applicant.refresh_from_db()
        assert "sudah memiliki data sendiri" in response.content.decode()
        assert one.applicant.user is None

    def test_who_guesses_is_stopped(self, time_machine):
        time_machine.move_to(datetime(2026, 11, 23, 3, tzinfo=UTC), tick=False)
        one, code = handed_in()
        client = factories.signed_in(factories.user())
        for _time in range(10):
            claims(client, one, "0000-0000-0000")

        assert claims(client, one, code).status_code == 429


@pytest.mark.django_db
def test_a_stale_copy_of_the_record_does_not_win_a_second_time():
    one, code = handed_in()
    first, stale = (Applicant.objects.get(pk=one.applicant_id) for _ in range(2))
    winner, loser = factories.user(), factories.user()

    assert actions.take_over(first, code=code, by=winner)
    assert not actions.take_over(stale, code=code, by=loser)

    assert Applicant.objects.get(pk=one.applicant_id).user == winner


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_once_one_wins():
    one, code = handed_in()
    users = [factories.user() for _ in range(6)]
    together, won = threading.Barrier(len(users)), []

    def claim(user):
        together.wait()
        person = Applicant.objects.get(pk=one.applicant_id)
        if actions.take_over(person, code=code, by=user):
            won.append(user)
        connection.close()

    threads = [threading.Thread(target=claim, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [user.pk for user in won] == [
        Applicant.objects.get(pk=one.applicant_id).user_id
    ]


@pytest.mark.django_db
def test_from_a_stale_page_an_account_does_not_get_a_second_record():
    one, code = handed_in()
    owner = factories.bare_applicant().user

    with pytest.raises(Refused, match="sudah memiliki"):
        actions.take_over(one.applicant, code=code, by=owner)
