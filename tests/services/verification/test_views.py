from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from services.issuance.models import Inactive
from services.issuance.validity import Validity
from services.signing import record
from services.verification.views import masked_name
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db


def path(card):
    return reverse("verification:card", args=[card.code or card.token])


def replaced():
    """A card whose holder has a newer one."""
    old = factories.card()
    new = factories.card()
    old.replaced_at, old.replaced_by = timezone.now(), new
    old.needs_print = False
    old.save()
    return old


def inactive():
    card = factories.card()
    card.inactive_since, card.inactive_why = timezone.now(), Inactive.PLACED
    card.save()
    return card


def void():
    card = factories.card()
    factories.void(card, reason="Alasan rahasia.")
    return card


# The five states, and one more -----------------------------------------------------

STATES = {
    Validity.VALID: (factories.card, "This card was issued by the office below"),
    Validity.VOID: (void, "The office has withdrawn this card."),
    Validity.REPLACED: (replaced, "The office has issued a newer card in its place"),
    Validity.INACTIVE: (inactive, "its holder is not registered as looking for work"),
    Validity.UNAUTHORISED: (
        lambda: factories.card(authorised=False),
        "nobody has authorised it yet",
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_its_own_words_and_says_what_to_do(client, state):
    make, meaning = STATES[state]
    client.cookies["django_language"] = "en"

    response = client.get(path(make()))

    html = response.content.decode()
    assert response.context["validity"] is state
    assert str(state.label) in html
    others = [words for words in (w for _m, w in STATES.values()) if words != meaning]
    assert meaning in html
    assert [words for words in others if words in html] == []
    assert "What to do now" in html


def test_a_card_expires_on_the_day_after_its_last_at_its_office(client):
    card = factories.card()
    last = card.expires_on

    with time_machine.travel(f"{last}T16:59:00Z", tick=False):  # 23.59 WIB
        assert client.get(path(card)).context["validity"] is Validity.VALID
    with time_machine.travel(f"{last}T17:01:00Z", tick=False):
        assert client.get(path(card)).context["validity"] is Validity.EXPIRED


# What it says and what not ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Siti Rahayu", "S••• R•••••"),
        ("Suharto", "S••••••"),
        ("A B Cd", "A B C•"),
    ],
)
def test_a_masked_name_can_be_compared_and_not_read(name, masked):
    assert masked_name(name) == masked


@pytest.mark.parametrize("state", STATES)
def test_the_page_says_no_more_than_it_may_in_any_state(client, state):
    card = STATES[state][0]()
    person = card.application.applicant

    html = client.get(path(card)).content.decode()

    assert card.number in html
    assert masked_name(person.name) in html
    assert card.office.name in html
    for secret in (person.name, person.nik, person.nik_grouped, "1999", "Melati"):
        assert secret not in html
    assert "foto.jpg" not in html
    assert "Alasan rahasia." not in html


def test_no_browser_keeps_what_may_change_tomorrow(client):
    response = client.get(path(factories.card()))

    assert "no-store" in response["Cache-Control"]


# Codes that are not ours -----------------------------------------------------------


def damaged(code):
    return code[:-3]


def forged(code):
    """The signature of another record."""
    other = record.write(replace(record.read(code), number="3301 000777 221126"))
    return code[:24] + other[24:]


def unknown(code):
    return record.write(replace(record.read(code), number="3301 000777 221126"))


@pytest.mark.parametrize("spoil", [damaged, forged, unknown])
def test_a_code_that_is_not_ours_is_404_and_leads_to_the_report(client, spoil):
    code = spoil(factories.card().code)

    response = client.get(reverse("verification:card", args=[code]))

    report = f"{reverse('verification:report')}?kode={code}"
    assert response.status_code == 404
    assert _("This code is not ours") in response.content.decode()
    assert report in response.content.decode()


@pytest.mark.parametrize("other", ["0" * 26, "x", "Z" * 300])
def test_whatever_else_stands_in_the_address_gets_the_same_page(client, other):
    response = client.get(reverse("verification:card", args=[other]))

    assert response.status_code == 404
    assert _("This code is not ours") in response.content.decode()


def test_a_card_of_an_older_key_is_still_found(client, settings):
    old = factories.card()
    settings.CARD_KEYS = (
        f"2:ZGV2ZWxvcG1lbnQtb25seS1jYXJkLWtleS0wMDAwMDI=,{settings.CARD_KEYS}"
    )
    new = factories.card()

    found = [client.get(path(card)).context["validity"] for card in (old, new)]

    assert found == [Validity.VALID, Validity.VALID]


# The way in by typing --------------------------------------------------------------


@pytest.mark.parametrize("field", ["code", "token"])
def test_a_code_may_be_typed_with_its_whole_link_and_in_capitals(field):
    card = factories.card()
    code = getattr(card, field)
    typed = f"HTTPS://AK1.EXAMPLE/periksa/{code.upper()}/"

    page = Person().opens(reverse("verification:start"))
    page.presses(_("Check the card"), code=typed)

    assert page.path == reverse("verification:card", args=[code])
    page.sees(str(Validity.VALID.label))


def test_a_number_gets_the_reason_why_it_is_not_enough():
    card = factories.card()

    page = Person().opens(reverse("verification:start"))
    page.presses(_("Check the card"), code=card.number)

    assert page.status == 422
    page.sees("dapat disalin").misses(card.office.name)


@pytest.mark.parametrize("typed", ["bukan kode", "", "Siti Rahayu"])
def test_something_else_that_is_typed_gets_a_sentence_and_is_kept(typed):
    page = Person().opens(reverse("verification:start"))
    page.presses(_("Check the card"), code=typed)

    assert page.status == 422
    if typed:
        assert f'value="{typed}"' in page.response.content.decode()


def test_the_page_is_throttled_by_address(client):
    card = factories.card()

    codes = [client.get(path(card)).status_code for _ in range(61)]

    assert codes == [200] * 60 + [429]
