"""How often one may ask. The clock stands still, so that no window moves under us."""

from datetime import UTC, datetime

import pytest
from allauth.core.exceptions import RateLimited
from django.test import RequestFactory
from django.urls import reverse

from ak1portal.throttle import throttle
from ak1portal.tokens import new_receipt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), tick=False)
    return time_machine


def ask(action="verification", *, address="203.0.113.1", key=None, times=1):
    for _time in range(times):
        throttle(RequestFactory().get("/", REMOTE_ADDR=address), action, key=key)


def test_an_address_may_ask_sixty_times_a_minute():
    ask(times=60)

    with pytest.raises(RateLimited):
        ask()


def test_an_address_may_ask_for_sixty_receipts_a_minute():
    for _time in range(60):
        ask("status", key=new_receipt())

    with pytest.raises(RateLimited):
        ask("status", key=new_receipt())


def test_another_address_is_not_affected():
    ask(times=60)

    ask(address="203.0.113.2", times=60)


def test_one_action_does_not_use_up_the_other():
    ask("verification", times=60)

    ask("status", key=new_receipt())


def test_a_minute_later_the_address_may_ask_again(clock):
    ask(times=60)
    clock.shift(61)

    ask()


def test_a_receipt_may_be_tried_ten_times_whoever_asks():
    for number in range(10):
        ask("status", address=f"203.0.113.{number}", key="ABC-DEFG-HJK")

    with pytest.raises(RateLimited):
        ask("status", address="203.0.113.77", key="ABC-DEFG-HJK")


def test_another_receipt_is_not_affected():
    ask("status", key="ABC-DEFG-HJK", times=10)

    ask("status", key="ZZZ-DEFG-HJK", times=10)


def test_a_receipt_is_free_again_after_five_minutes(clock):
    ask("status", key="ABC-DEFG-HJK", times=10)
    clock.shift(60)
    with pytest.raises(RateLimited):
        ask("status", key="ABC-DEFG-HJK")
    clock.shift(5 * 60)

    ask("status", key="ABC-DEFG-HJK")


def test_a_forwarded_address_is_not_believed_where_no_proxy_stands(settings):
    for number in range(60):
        request = RequestFactory().get(
            "/", REMOTE_ADDR="203.0.113.1", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"
        )
        throttle(request, "verification")

    with pytest.raises(RateLimited):
        ask()


def test_a_stranger_who_looks_for_cards_meets_429(client):
    page = reverse("verification:card", args=["0" * 26])
    found = [client.get(page).status_code for _time in range(61)]

    assert found == [404] * 60 + [429]


def test_a_stranger_who_guesses_receipts_meets_429(client):
    born = {"birth_date_day": "17", "birth_date_month": "5", "birth_date_year": "1999"}

    found = [
        client.post(reverse("issuance:status"), {"receipt": new_receipt(), **born})
        for _time in range(61)
    ]

    assert [response.status_code for response in found[59:]] == [422, 429]
