"""Who may open what, decorator by decorator; the house tests walk the URLs."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from ak1portal import audience
from services.office.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

STAFF = {
    audience.for_officers: {Role.OFFICER, Role.SUPERVISOR},
    audience.for_supervisors: {Role.SUPERVISOR},
    audience.for_readers: {Role.OFFICER, Role.SUPERVISOR, Role.AUDITOR},
    audience.for_auditors: {Role.AUDITOR, Role.ADMINISTRATOR},
    audience.for_administrators: {Role.ADMINISTRATOR},
    audience.for_staff: set(Role),
}


def asked(decorator, user):
    """What a page for `decorator` answers to `user`: the request that it saw."""
    request = RequestFactory().get("/")
    request.user = user
    page = decorator(lambda request: HttpResponse("open"))
    return page(request), request


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("decorator", STAFF)
def test_a_page_of_the_office_opens_for_its_roles_only(decorator, role):
    officer = factories.officer(role)
    if role not in STAFF[decorator]:
        with pytest.raises(PermissionDenied):
            asked(decorator, officer.user)
        return

    response, request = asked(decorator, officer.user)

    assert response.content == b"open"
    assert request.officer == officer


@pytest.mark.parametrize("decorator", STAFF)
def test_a_page_of_the_office_is_closed_to_everybody_else(decorator):
    for user in (factories.bare_applicant().user, factories.user(), AnonymousUser()):
        with pytest.raises(PermissionDenied):
            asked(decorator, user)


@pytest.mark.parametrize("role", Role)
def test_who_has_left_the_office_opens_nothing(role):
    officer = factories.officer(role)
    officer.is_active = False
    officer.save()

    for decorator in STAFF:
        with pytest.raises(PermissionDenied):
            asked(decorator, officer.user)


def test_a_page_for_applicants_knows_the_applicant():
    person = factories.bare_applicant()

    response, request = asked(audience.for_applicants, person.user)

    assert response.content == b"open"
    assert request.applicant == person


def test_who_has_not_said_who_they_are_is_led_to_say_it():
    response, _request = asked(audience.for_applicants, factories.user())

    assert response.status_code == 302
    assert response.url == reverse("applicants:identity")


def test_a_page_for_newcomers_opens_before_and_after():
    person, newcomer = factories.bare_applicant(), factories.user()

    seen = [
        asked(audience.for_newcomers, user)[1].applicant
        for user in (person.user, newcomer)
    ]

    assert seen == [person, None]


@pytest.mark.parametrize("decorator", [audience.for_applicants, audience.for_newcomers])
def test_an_officer_makes_no_application_with_the_key_to_the_office(decorator):
    with pytest.raises(PermissionDenied):
        asked(decorator, factories.officer().user)


def test_nothing_opens_without_signing_in_unless_it_says_so(client):
    for name in ("applicants:profile", "review:queue", "office:settings", "door"):
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))

    assert client.get(reverse("healthz")).status_code in (200, 503)


def test_pages_of_signed_in_people_are_kept_by_no_cache(client):
    client.force_login(factories.bare_applicant().user)

    kept = client.get(reverse("door")).headers["Cache-Control"]

    assert {part.strip() for part in kept.split(",")} == {"private", "no-store"}


def test_a_page_that_says_how_long_it_may_be_kept_is_believed(client):
    client.force_login(factories.bare_applicant().user)

    assert client.get(reverse("healthz")).headers["Cache-Control"] == "no-store"


def test_a_public_page_may_be_kept(client):
    assert "no-store" not in client.get(reverse("home")).get("Cache-Control", "")
