"""Each sentence of the privacy page, and what holds it. A new one needs a line here."""

import re
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse

from applicants.models import Applicant, Document, Education, Experience
from services.desk import rules as desk
from services.issuance import actions as issuance
from services.issuance.models import Inactive
from services.issuance.workflow import Status
from services.office import actions
from services.office.models import JournalEntry, Office, Role
from services.registry import actions as registry
from services.signing import record
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db

PAGE = settings.BASE_DIR / "templates/office/privacy.html"
URL = "/privasi/"
WORD = re.compile(
    r'{% translate "([^"]+)"[^%]*%}|{% blocktranslate trimmed %}(.+?){% endblock', re.S
)
HEADING = re.compile(r"<h[12]>.*?</h[12]>|{% block title %}.*?{% endblock %}", re.S)


def sentences() -> set[str]:
    """Every msgid of the page that is no heading."""
    text = HEADING.sub("", PAGE.read_text())
    return {" ".join((one or block).split()) for one, block in WORD.findall(text)}


def asked_for(*models) -> set[str]:
    """Columns that somebody fills in."""
    own = {"id", "applicant", "token", "user", "created_at", "updated_at", "position"}
    return {
        field.name
        for model in models
        for field in model._meta.concrete_fields
        if not field.generated and field.name not in own
    }


WHO = {
    *("name", "nik_sealed", "nik_index", "birth_place", "birth_date", "sex"),
    *("religion", "marital_status", "height_cm", "weight_kg", "disability"),
    *("street", "rt", "rw", "village", "postal_code"),
}
WORK = {
    *("is_employed", "wanted_job", "wanted_job_group", "wanted_places"),
    *("wanted_wage", "has_no_training", "has_no_language", "has_no_experience"),
}
OURS = {"nik_proven_at", "held_at", "changed_at"}


def nothing_else_is_asked(client):
    asked = asked_for(Applicant) - OURS
    assert asked == WHO | WORK | {"phone"}


def no_other_site_is_told(client):
    """Not by a script, a picture or a form: the browser is forbidden to."""
    policy = client.get(URL).headers["Content-Security-Policy"]
    allowed = set(re.findall(r"https?:[^ ;]+|\*", policy))

    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert allowed == set()


def papers_are_asked_for_by_name(client):
    assert asked_for(Document) >= {"kind"}
    for model in (Education, Experience):
        assert model._meta.get_field("applicant")


def history_is_kept(client):
    one = factories.card().application

    assert one.steps.exclude(by=None).exists()
    assert all(step.at for step in one.steps.all())


def lists_have_no_names(client):
    """The month of the register goes into the reports."""
    card = factories.card()
    client.force_login(factories.officer(Role.AUDITOR).user)
    month = f"{card.issued_on:%Y-%m}"
    answer = client.get(reverse("register:month_table", args=[month]))
    answer = b"".join(answer.streaming_content).decode()

    assert card.number in answer
    assert card.holder_name not in answer
    assert card.application.applicant.nik not in answer


def an_officer_elsewhere_sees_no_case(client):
    one = factories.card().application
    client.force_login(factories.officer(at=factories.office("3372")).user)

    assert client.get(reverse("review:detail", args=[one.token])).status_code == 404
    name = one.applicant.name.split()[0]
    found = client.get(reverse("review:search"), {"q": name}).content.decode()
    assert one.receipt not in found


def an_auditor_changes_nothing(client):
    one = factories.card(authorised=False)
    client.force_login(factories.officer(Role.AUDITOR).user)

    assert client.get(reverse("cards:detail", args=[one.token])).status_code == 200
    answer = client.post(reverse("cards:authorise"), {"cards": one.token})
    assert answer.status_code == 403


def another_counter_only_where_the_office_allows_it(client):
    home, elsewhere = factories.office("3372"), factories.office("3301")
    person = factories.card(at=home).application.applicant
    nobodys = factories.applicant()

    assert Office().lets_others_serve is False
    assert "melayani sendiri" in desk.bars_serving(person, elsewhere)
    assert desk.bars_serving(person, home) is None
    assert desk.bars_serving(nobodys, elsewhere) is None

    card = person.applications.get().card
    registry.remove(card, why=Inactive.MOVED, by=factories.officer(at=home).user)
    assert desk.bars_serving(person, elsewhere) is None


def offices_that_allow_it_are_named(client):
    office = factories.office("3372", name="DINAS SOLO")
    head = factories.officer(Role.ADMINISTRATOR, at=office)
    reader = Person().opens(URL)
    reader.sees("Saat ini tidak ada kantor yang mengizinkannya.").misses(
        "mengizinkannya: DINAS"
    )

    actions.change_settings(office, by=head, lets_others_serve=True)

    reader.opens(URL).sees("Kantor berikut mengizinkannya: DINAS SOLO.")
    line = JournalEntry.objects.get(act="setting", subject="lets_others_serve")
    assert (line.by, line.old, line.new) == (head.user, "False", "True")


def the_check_page_shows_so_much(client):
    card = factories.card()
    page = client.get(card.get_absolute_url()).content.decode()

    assert card.number.split()[0] in page
    assert str(card.expires_on.year) in page
    first = card.holder_name.split()[0]
    assert f"{first[0]}{'•' * (len(first) - 1)}" in page
    assert card.holder_name not in page


def the_code_holds_so_much(client):
    card = factories.card()
    said = record.read(card.code)

    assert vars(said).keys() == {
        *("region", "number", "revision", "issued_on", "expires_on", "name")
    }
    assert said.name == record.folded(card.holder_name)


def a_check_shows_no_more(client):
    card = factories.card()
    person = card.application.applicant
    page = client.get(card.get_absolute_url()).content.decode()

    for hidden in (person.nik, person.phone, person.street):
        assert hidden
        assert hidden not in page
    assert f"{person.birth_date:%d-%m-%Y}" not in page
    assert "<img" not in page.partition("<main")[2].partition("</main")[0]


def looks_are_written_down_and_papers_sealed(client):
    one = factories.application(Status.SUBMITTED)
    officer = factories.officer()
    page = one.applicant.documents.first().pages.first()
    client.force_login(officer.user)
    where = [one.token, page.document.token, page.position]
    client.get(reverse("review:document_page", args=where))

    assert JournalEntry.objects.get(act="document").by == officer.user
    kept = Path(default_storage.path(page.file)).read_bytes()
    assert not kept.startswith((b"\xff\xd8", b"\x89PNG"))
    assert one.applicant.nik.encode() not in bytes(one.applicant.nik_sealed)


def what_is_not_finished_can_be_withdrawn(client):
    one = factories.application()
    issuance.withdraw(one, by=one.applicant.user)

    assert one.status == "withdrawn"


def own_data_stand_on_a_page(client):
    one = factories.application()
    reader = Person(one.applicant.user).opens(reverse("applicants:profile"))
    reader.sees(one.applicant.name)


def own_data_can_be_corrected(client):
    one = factories.application()
    client.force_login(one.applicant.user)

    for section in ("general", "address", "education", "wishes"):
        assert client.get(reverse(f"applicants:{section}")).status_code == 200


def the_office_can_be_asked(client):
    factories.office(phone="0282 123456", email="dinas@contoh.go.id")
    Person().opens(URL).sees("0282 123456", "dinas@contoh.go.id")


def only_these_cookies_are_set(client):
    seen = SimpleCookie()
    one = factories.application()
    for who in (None, one.applicant.user, factories.officer().user):
        if who:
            client.force_login(who)
        for name in ("home", "privacy", "account_login", "verification:start"):
            seen.update(client.get(reverse(name)).cookies)
        language = {"language": "en", "next": "/"}
        seen.update(client.post(reverse("set_language"), language).cookies)
        seen.update(client.cookies)

    assert set(seen) == {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
    }


HELD = {
    "We ask only for what the card and the law need.": no_other_site_is_told,
    "who you are": nothing_else_is_asked,
    "how to reach you": nothing_else_is_asked,
    "what you can do and what you look for": nothing_else_is_asked,
    "your papers": papers_are_asked_for_by_name,
    "what happened to your application": history_is_kept,
    "To issue your job seeker card": lists_have_no_names,
    "the officers of the office you apply to": an_officer_elsewhere_sees_no_case,
    "an auditor of the office": an_auditor_changes_nothing,
    "an officer of another office only": (
        another_counter_only_where_the_office_allows_it
    ),
    "These offices allow it:": offices_that_allow_it_are_named,
    "No office allows it now.": offices_that_allow_it_are_named,
    "somebody who opens the check page": the_check_page_shows_so_much,
    "somebody who has your card": the_code_holds_so_much,
    "Nobody who checks a card sees": a_check_shows_no_more,
    "Every look at your papers": looks_are_written_down_and_papers_sealed,
    "As long as your card is valid": what_is_not_finished_can_be_withdrawn,
    "to see your data": own_data_stand_on_a_page,
    "to correct it": own_data_can_be_corrected,
    "to withdraw an application": what_is_not_finished_can_be_withdrawn,
    "to ask the office to delete": the_office_can_be_asked,
    "to complain to the office": the_office_can_be_asked,
    "This site sets only the cookies": only_these_cookies_are_set,
    "Telephone": the_office_can_be_asked,
}


def test_every_sentence_is_held_by_something():
    held = {
        sentence: [begin for begin in HELD if sentence.startswith(begin)]
        for sentence in sentences()
    }

    assert [sentence for sentence, by in held.items() if len(by) != 1] == []
    assert {begin for (begin,) in held.values()} == set(HELD)


@pytest.mark.parametrize("begin", HELD)
def test_what_the_page_says_is_so(begin, client):
    HELD[begin](client)
