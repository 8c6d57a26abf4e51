import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from ak1portal import context
from tests import factories

pytestmark = pytest.mark.django_db


def test_templates_know_the_officer_at_the_desk():
    officer, person = factories.officer(), factories.bare_applicant()
    request = RequestFactory().get("/")
    seen = []

    for user in (officer.user, person.user, AnonymousUser()):
        request.user = user
        seen.append(context.person(request))

    assert seen == [{"officer": officer}, {"officer": None}, {"officer": None}]
    assert context.person(RequestFactory().get("/")) == {"officer": None}


def test_only_a_demo_says_where_its_mail_lands(settings):
    settings.EMAIL_FILE_PATH = "/var/mail"
    said = []

    for development in (True, False):
        settings.DEVELOPMENT = development
        said.append(bool(context.demo(None)["demo_mail"]))
    del settings.EMAIL_FILE_PATH
    settings.DEVELOPMENT = True

    assert said == [True, False]
    assert not context.demo(None)["demo_mail"]
