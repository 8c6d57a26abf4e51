"""Every URL as every kind of person. A new URL without a line here fails."""

import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from services.issuance.models import Application
from services.issuance.workflow import Status
from services.office.models import Role
from services.registry import links
from services.review import earlier
from tests import factories
from tests.once import once
from tests.services.hall import halls
from tests.services.registry import lives

AUDIENCES = {
    "public",
    "everyone",
    "newcomers",
    "applicants",
    "officers",
    "supervisors",
    "readers",
    "auditors",
    "administrators",
    "staff",
}
PEOPLE = (
    "anonymous",
    "newcomer",
    "owner",
    "stranger",
    "officer",
    "supervisor",
    "auditor",
    "administrator",
    "elsewhere",
)
LOGIN = 302
# What each kind of person meets with GET, in the order of PEOPLE. 302 for anonymous is
# the way to the sign-in page; for a newcomer it is the page that asks who they are.
PUBLIC = (200,) * 9
SIGNED_IN = (302, *(200,) * 8)
OWN = (302, 302, 200, 200, 403, 403, 403, 403, 403)
OWNED = (302, 302, 200, 404, 403, 403, 403, 403, 403)
READ = (302, 403, 403, 403, 200, 200, 200, 403, 200)
CASE = (302, 403, 403, 403, 200, 200, 200, 403, 404)
AT_THE_DESK = (302, 403, 403, 403, 200, 200, 403, 403, 404)
SERVED = (302, 403, 403, 403, 200, 200, 403, 403, 200)
SUPERVISED = (302, 403, 403, 403, 403, 200, 403, 403, 403)
ADMINISTERED = (302, 403, 403, 403, 403, 403, 403, 200, 403)
# Acts answer GET with 405 to whom they are for, and never do anything by GET.
ACT_OWNED = (302, 405, 405, 405, 405, 405, 405, 405, 405)


def gets(*statuses):
    return statuses


EXPECTED = {
    "home": PUBLIC,
    "privacy": PUBLIC,
    "about": PUBLIC,
    "healthz": (503,) * 9,
    "door": (302,) * 9,
    "set_language": (302,) * 9,
    "account_login": (200, *(302,) * 8),
    "account_signup": (200, *(302,) * 8),
    "account_logout": (302, *(200,) * 8),
    "account_inactive": PUBLIC,
    "account_email_verification_sent": (302,) * 9,
    "account_reset_password": PUBLIC,
    "account_confirm_password_reset_code": (302,) * 9,
    "account_complete_password_reset": (302,) * 9,
    "account_password_reset_completed": PUBLIC,
    "account_change_password": SIGNED_IN,
    "account_set_password": (302,) * 9,
    "account_email": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "applicants:profile": OWN,
    "applicants:identity": (302, 200, 200, 200, 403, 403, 403, 403, 403),
    "applicants:general": OWN,
    "applicants:address": OWN,
    "applicants:regions": SIGNED_IN,
    "applicants:wishes": OWN,
    "applicants:education": OWN,
    "applicants:training": OWN,
    "applicants:languages": OWN,
    "applicants:experience": OWN,
    "applicants:add_entry": OWN,
    "applicants:declare_none": ACT_OWNED,
    "applicants:change_entry": OWNED,
    "applicants:remove_entry": ACT_OWNED,
    "applicants:upload": OWN,
    "applicants:crop": OWNED,
    "applicants:remove_document": ACT_OWNED,
    "applicants:page": OWNED,
    "issuance:tasks": (302, 302, 302, 200, 403, 403, 403, 403, 403),
    "issuance:start": ACT_OWNED,
    "issuance:status": PUBLIC,
    "issuance:detail": OWNED,
    "issuance:choose_office": ACT_OWNED,
    "issuance:preview": OWNED,
    "issuance:preview_photo": OWNED,
    "issuance:check": OWNED,
    "issuance:submit": ACT_OWNED,
    "issuance:confirmation": (302, 302, 302, 404, 403, 403, 403, 403, 403),
    "issuance:withdraw": OWNED,
    "issuance:cards": OWN,
    "issuance:card_document": OWNED,
    "issuance:correct_card": ACT_OWNED,
    "verification:start": PUBLIC,
    "verification:card": PUBLIC,
    "verification:offline": PUBLIC,
    "verification:worker": PUBLIC,
    "verification:keys": PUBLIC,
    "verification:withdrawn": PUBLIC,
    "verification:report": PUBLIC,
    "verification:reported": PUBLIC,
    "forgery:list": READ,
    "forgery:detail": CASE,
    "forgery:photo": CASE,
    "forgery:close": ACT_OWNED,
    "registry:card": OWNED,
    "registry:report": ACT_OWNED,
    "registry:place": OWNED,
    "registry:remove": OWNED,
    "registry:reactivate": ACT_OWNED,
    "registry:employer": OWNED,
    "registry:refuse": ACT_OWNED,
    "registry:link": PUBLIC,
    "registry:link_hired": PUBLIC,
    "registry:employers": PUBLIC,
    "registry:hired": PUBLIC,
    "registry:heard": PUBLIC,
    "register:home": READ,
    "register:month_table": READ,
    "register:old_balance": SUPERVISED,
    "register:card": CASE,
    "register:report": ACT_OWNED,
    "register:place": AT_THE_DESK,
    "register:remove": AT_THE_DESK,
    "register:reactivate": ACT_OWNED,
    "register:employer_report": CASE,
    "register:confirm": ACT_OWNED,
    "register:refuse": ACT_OWNED,
    "review:queue": READ,
    "review:search": READ,
    "review:take_next": ACT_OWNED,
    "review:detail": CASE,
    "review:twins": CASE,
    "review:letters": READ,
    "review:try_letters_again": ACT_OWNED,
    "review:earlier_page": CASE,
    "review:write_note": ACT_OWNED,
    "review:green": (302, 403, 403, 403, 200, 200, 403, 403, 200),
    "review:approve_green": ACT_OWNED,
    "review:hand_over": ACT_OWNED,
    "review:renew": ACT_OWNED,
    "review:undo": ACT_OWNED,
    "review:take": ACT_OWNED,
    "review:release": ACT_OWNED,
    "review:keep": ACT_OWNED,
    "review:approve": ACT_OWNED,
    "review:send_back": ACT_OWNED,
    "review:reject": ACT_OWNED,
    "review:document_page": CASE,
    "review:change_officer": ADMINISTERED,
    "cards:list": READ,
    "cards:authorise": ACT_OWNED,
    "cards:print": ACT_OWNED,
    "cards:run": SUPERVISED,
    "cards:confirm": ACT_OWNED,
    "cards:cancel": ACT_OWNED,
    "cards:try_run_again": ACT_OWNED,
    "cards:print_pdf": SUPERVISED,
    "cards:register": READ,
    "cards:download_register": READ,
    "cards:printers": SUPERVISED,
    "cards:add_printer": SUPERVISED,
    "cards:printer": SUPERVISED,
    "cards:calibrate": SUPERVISED,
    "cards:calibration_pdf": SUPERVISED,
    "cards:stock": READ,
    "cards:receive_blanks": ACT_OWNED,
    "cards:spoil_blanks": ACT_OWNED,
    "cards:count_blanks": ACT_OWNED,
    "signing:certificate": SUPERVISED,
    "signing:remove_certificate": ACT_OWNED,
    "cards:detail": CASE,
    "cards:preview": CASE,
    "cards:photo": CASE,
    "cards:logo": CASE,
    "cards:document": SUPERVISED,
    "cards:try_again": ACT_OWNED,
    "cards:ask_reprint": SUPERVISED,
    "cards:letter": CASE,
    "cards:hand_over": SUPERVISED,
    "cards:ask_void": (302, 403, 403, 403, 200, 200, 403, 403, 404),
    "cards:void": ACT_OWNED,
    "cards:keep": ACT_OWNED,
    "hall:halls": PUBLIC,
    "hall:take": OWN,
    "hall:ticket": OWNED,
    "hall:cancel": ACT_OWNED,
    "hall:follow": PUBLIC,
    "hall:screen": PUBLIC,
    "hall:screen_part": PUBLIC,
    "counter:desk": (302, 403, 403, 403, 200, 200, 403, 403, 200),
    "counter:choose": ACT_OWNED,
    "counter:call_next": ACT_OWNED,
    "counter:call": ACT_OWNED,
    "counter:serve": ACT_OWNED,
    "counter:finish": ACT_OWNED,
    "counter:miss": ACT_OWNED,
    "counter:door": (302, 403, 403, 403, 200, 200, 403, 403, 200),
    "counter:slip": AT_THE_DESK,
    "hall_settings:settings": ADMINISTERED,
    "hall_settings:renew_screen": ACT_OWNED,
    "hall_settings:add_counter": ADMINISTERED,
    "hall_settings:counter": ADMINISTERED,
    "claim": (302, 200, 200, 200, 403, 403, 403, 403, 403),
    "desk:start": SERVED,
    "desk:new": SERVED,
    "desk:person": ACT_OWNED,
    "desk:open_record": ACT_OWNED,
    "desk:correct": ACT_OWNED,
    "desk:sheet": AT_THE_DESK,
    "desk:papers": AT_THE_DESK,
    "desk:upload": ACT_OWNED,
    "desk:remove": ACT_OWNED,
    "desk:crop": AT_THE_DESK,
    "desk:page": AT_THE_DESK,
    "desk:submit": ACT_OWNED,
    "desk:receipt": (302, 403, 403, 403, 302, 302, 403, 403, 404),
    "desk:claim_code": ACT_OWNED,
    "desk:diplomas": READ,
    "desk:diploma": CASE,
    "desk:diploma_page": CASE,
    "desk:see_diploma": ACT_OWNED,
    "office:settings": ADMINISTERED,
    "office:letterhead": ADMINISTERED,
    "office:logo": ADMINISTERED,
    "office:card": ADMINISTERED,
    "office:number": ADMINISTERED,
    "office:requirements": ADMINISTERED,
    "office:promise": ADMINISTERED,
    "office:hours": ADMINISTERED,
    "office:holidays": ADMINISTERED,
    "office:remove_holiday": ACT_OWNED,
    "office:reasons": ADMINISTERED,
    "office:add_reason": ADMINISTERED,
    "office:change_reason": ADMINISTERED,
    "office:texts": ADMINISTERED,
    "office:text": ADMINISTERED,
    "office:reset_text": ACT_OWNED,
    "office:after_card": ADMINISTERED,
    "office:working": ADMINISTERED,
    "office:officers": ADMINISTERED,
    "office:add_officer": ADMINISTERED,
    "office:journal": (302, 403, 403, 403, 403, 403, 200, 200, 403),
}


OF_A_RUN = [
    f"cards:{act}" for act in ("run", "confirm", "cancel", "try_run_again", "print_pdf")
]
OF_AN_EMPLOYER = [
    f"{space}:{act}"
    for space in ("registry", "register")
    for act in ("employer", "employer_report", "confirm", "refuse")
]
AT_THE_DOOR = ["hall:follow", "counter:slip"]
OF_A_SCREEN = ["hall:screen", "hall:screen_part"]
OF_A_WALK_IN = [
    f"desk:{act}"
    for act in ("sheet", "papers", "upload", "submit", "receipt", "claim_code")
]
OF_A_PAPER = ["desk:remove", "desk:crop", "desk:page"]
OF_A_DIPLOMA = ["desk:diploma", "desk:see_diploma"]
OF_A_PRINTER = ["cards:printer", "cards:calibrate", "cards:calibration_pdf"]


def patterns(resolver=None, namespace=""):
    """(full name, pattern) of every URL that the portal answers."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry


def test_every_url_has_its_line_in_the_matrix():
    assert sorted(name for name, _ in patterns()) == sorted(EXPECTED)


def test_every_view_wears_exactly_one_audience():
    bare = [
        name
        for name, entry in patterns()
        if getattr(entry.callback, "audience", None) not in AUDIENCES
    ]

    assert bare == []


def test_no_url_carries_a_primary_key_or_a_nik():
    converters = {
        f"{name}:{key}": type(converter).__name__
        for name, entry in patterns()
        for key, converter in entry.pattern.converters.items()
    }

    assert {
        name: kind
        for name, kind in converters.items()
        if kind not in ("SlugConverter",) and not name.endswith(":position")
    } == {}


@pytest.fixture(scope="module")
def one_day(django_db_setup, django_db_blocker, tmp_path_factory):
    """One of everything, and one of everybody; made once for all tests of this module.

    They take place inside its transaction, each in a savepoint that is undone.
    """
    with once(django_db_blocker, tmp_path_factory):
        yield Day()


@pytest.fixture
def own_files():
    """Those of the day, for all tests."""


@pytest.fixture
def office_day(one_day, db):
    return one_day


class Day:
    def __init__(self):
        office = factories.office()
        self.owner = factories.applicant()
        self.draft = factories.application(applicant_=self.owner)
        self.stranger = factories.applicant()
        self.case = factories.application(Status.SUBMITTED)
        earlier.remember(self.case)
        self.own_card = factories.card(finished=True)
        Application.objects.filter(card=self.own_card).update(applicant=self.owner)
        self.card = factories.card(printed=True)
        self.card.logo_file = self.card.photo_file
        self.card.save()
        factories.lost(self.card)
        self.run = factories.print_run(
            [factories.card(finished=True)], by=factories.supervisor(), confirmed=False
        )
        self.printer = factories.printer()
        self.forgery = factories.forgery_report(at=office, with_photo=True)
        self.told = lives.heard(self.own_card)
        halls.opened(office)
        self.counter = halls.counter(office)
        with halls.at():
            self.ticket = halls.booked(self.owner, office=office)
            self.given = halls.given(office)
        self.walk_in = factories.at_the_desk()
        self.on_skl = factories.card_on_skl()
        self.colleague = factories.officer(Role.ADMINISTRATOR)
        self.reason = office.reasons.first()
        self.users = {
            "newcomer": factories.user(),
            "owner": self.owner.user,
            "stranger": self.stranger.user,
            "officer": factories.officer().user,
            "supervisor": factories.supervisor().user,
            "auditor": factories.officer(Role.AUDITOR).user,
            "administrator": factories.officer(Role.ADMINISTRATOR, at=office).user,
            "elsewhere": factories.officer(at=factories.office("3372")).user,
        }
        self.document = self.case.applicant.documents.first()
        for user in self.users.values():
            user.set_password(factories.PASSWORD)
            user.save()

    def client(self, person):
        client = Client()
        if person != "anonymous":
            client.force_login(self.users[person])
        return client

    def path(self, name):
        return reverse(name, kwargs=self._arguments(name))

    def _arguments(self, name):
        return {
            "applicants:regions": {"code": "33"},
            "applicants:add_entry": {"part": "pendidikan"},
            "applicants:declare_none": {"part": "bahasa"},
            "applicants:change_entry": self._entry(),
            "applicants:remove_entry": self._entry(),
            "applicants:upload": {"kind": "kk"},
            "applicants:crop": {"token": self._own("foto")},
            "applicants:remove_document": {"token": self._own("ktp")},
            "applicants:page": {"token": self._own("ktp"), "position": 0},
            "issuance:card_document": {"token": self.own_card.token},
            "issuance:correct_card": {"token": self.own_card.token},
            "verification:card": {"token": self.card.token},
            **dict.fromkeys(OF_A_WALK_IN, {"token": self.walk_in.token}),
            "desk:upload": {"token": self.walk_in.token, "kind": "kk"},
            **dict.fromkeys(OF_A_PAPER, self._paper()),
            "desk:page": {**self._paper(), "position": 0},
            **dict.fromkeys(OF_A_DIPLOMA, {"token": self.on_skl.token}),
            "desk:diploma_page": {"token": self.on_skl.token, "position": 0},
            "review:document_page": {
                "token": self.case.token,
                "document": self.document.token,
                "position": 0,
            },
            "review:earlier_page": {
                "token": self.case.token,
                "page": self.case.earlier.pages.first().token,
            },
            **dict.fromkeys(OF_A_RUN, {"token": self.run.token}),
            **dict.fromkeys(OF_AN_EMPLOYER, {"token": self.told.token}),
            "registry:link": {"word": links.write(self.own_card, 1)},
            "registry:link_hired": {"word": links.write(self.own_card, 1)},
            "register:month_table": {"month": "2026-11"},
            **dict.fromkeys(OF_A_PRINTER, {"token": self.printer.token}),
            "hall:take": {"code": "3301"},
            **dict.fromkeys(AT_THE_DOOR, {"token": self.given.token}),
            **dict.fromkeys(
                OF_A_SCREEN, {"token": self.ticket.office.hall_rule.screen_token}
            ),
            "cards:letter": {"token": self.card.token, "position": 0},
            "review:change_officer": {"token": self.colleague.token},
            "office:remove_holiday": {"day": "2026-12-25"},
            "office:change_reason": {"token": self.reason.token},
            "office:text": {"kind": "approved"},
            "office:reset_text": {"kind": "approved"},
        }.get(name) or self._usual(name)

    def _usual(self, name):
        takes_token = dict(patterns())[name].pattern.converters
        if not takes_token:
            return {}
        token = {
            "issuance": self.draft,
            "review": self.case,
            "cards": self.card,
            "registry": self.own_card,
            "register": self.own_card,
            "forgery": self.forgery,
            "verification": self.forgery,
            "hall": self.ticket,
            "counter": self.ticket,
            "hall_settings": self.counter,
        }
        return {"token": token[name.split(":")[0]].token}

    def _entry(self):
        return {"part": "pendidikan", "token": self.owner.educations.get().token}

    def _paper(self):
        photo = self.walk_in.applicant.documents.get(kind="foto")
        return {"token": self.walk_in.token, "document": photo.token}

    def _own(self, kind):
        return self.owner.documents.get(kind=kind).token


@pytest.mark.parametrize("name", EXPECTED)
def test_every_url_as_every_person(name, office_day):
    met = {
        person: office_day.client(person).get(office_day.path(name)).status_code
        for person in PEOPLE
    }

    assert met == dict(zip(PEOPLE, EXPECTED[name], strict=True))


WRITES = [name for name, statuses in EXPECTED.items() if statuses == ACT_OWNED]
# Who an act is for, among PEOPLE; everybody else is turned away and changes nothing.
ACTORS = {
    "applicants": {"owner", "stranger"},
    "issuance": {"owner", "stranger"},
    "registry": {"owner", "stranger"},
    "register": {"officer", "supervisor", "elsewhere"},
    "review": {"officer", "supervisor", "elsewhere"},
    "desk": {"officer", "supervisor", "elsewhere"},
    "cards": {"supervisor"},
    "signing": {"supervisor"},
    "cards:keep": {"officer", "supervisor", "elsewhere"},
    "forgery": {"supervisor"},
    "office": {"administrator"},
    "hall": {"owner", "stranger"},
    "counter": {"officer", "supervisor", "elsewhere"},
    "hall_settings": {"administrator"},
}


@pytest.mark.parametrize("name", WRITES)
def test_every_act_turns_away_whom_it_is_not_for(name, office_day):
    allowed = ACTORS.get(name) or ACTORS[name.split(":")[0]]
    path = office_day.path(name)

    met = {
        person: office_day.client(person).post(path).status_code
        for person in PEOPLE
        if person not in allowed
    }

    expected = dict.fromkeys(met, 403)
    expected["anonymous"] = 302
    if name.split(":")[0] in ("applicants", "hall", "issuance", "registry"):
        expected["newcomer"] = 302  # says who they are first
    assert met == expected


# Acts on nothing that belongs to somebody.
NOBODYS = (
    "applicants:declare_none",
    "issuance:start",
    "review:take_next",
    "review:approve_green",
    "counter:choose",
    "counter:call_next",
    "hall_settings:renew_screen",
)
OWNED_ACTS = [
    name
    for name in WRITES
    if name not in NOBODYS
    and not name.startswith(("cards:", "signing:", "forgery:", "office:"))
]


@pytest.mark.parametrize("name", OWNED_ACTS)
def test_a_strangers_object_is_not_found(name, office_day):
    of_an_office = name.startswith(("review:", "register:", "counter:", "desk:"))
    person = "elsewhere" if of_an_office else "stranger"

    response = office_day.client(person).post(office_day.path(name))

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["authorise", "print"])
def test_a_card_of_another_office_cannot_be_chosen(name, office_day):
    elsewhere = factories.supervisor(at=factories.office("3372"))
    client = Client()
    client.force_login(elsewhere.user)

    client.post(
        reverse(f"cards:{name}"),
        {"cards": office_day.card.token, "key": str(uuid.uuid4())},
    )

    assert office_day.card.prints.count() == 1


def test_nobody_is_let_in_by_a_closed_account(office_day):
    who = factories.officer()
    client = Client()
    client.force_login(who.user)
    who.is_active = False
    who.save()

    assert client.get(reverse("review:queue")).status_code == 403
