"""Every page of every role, as a phone meets it: axe, width, weight, keyboard."""

import gzip
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applicants import actions as applicants
from services.issuance import actions as issuance
from services.issuance.workflow import Status
from services.office import texts
from services.office.models import Role
from services.printing import actions as printing
from services.registry import links
from services.review import actions as review
from tests import factories
from tests.browser.looks import NARROW, problems_of
from tests.services.registry import lives

pytestmark = pytest.mark.django_db(transaction=True)

FIRST_PAGE_BYTES = 45_000
FIRST_PAGE_REQUESTS = 10


def public_pages():
    card = factories.card()
    return [
        reverse("home"),
        reverse("privacy"),
        reverse("about"),
        reverse("account_login"),
        reverse("account_signup"),
        reverse("account_reset_password"),
        reverse("issuance:status"),
        reverse("verification:start"),
        reverse("verification:card", args=[card.token]),
        "/tidak-ada/",
    ]


def seeker_pages(person):
    draft = factories.application(applicant_=person)
    school = person.educations.get()
    return [
        reverse("issuance:detail", args=[draft.token]),
        reverse("issuance:check", args=[draft.token]),
        reverse("issuance:withdraw", args=[draft.token]),
        *(
            reverse(f"applicants:{name}")
            for name in (
                "profile",
                "identity",
                "general",
                "address",
                "education",
                "training",
                "languages",
                "experience",
                "wishes",
            )
        ),
        reverse("applicants:add_entry", args=["bahasa"]),
        reverse("applicants:change_entry", args=["pendidikan", school.token]),
        reverse("applicants:upload", args=["ktp"]),
        reverse("applicants:upload", args=["foto"]),
        reverse("applicants:crop", args=[person.documents.get(kind="foto").token]),
        reverse("account_change_password"),
        reverse("account_email"),
        reverse("account_logout"),
    ]


def sent_pages(person):
    sent = factories.application(Status.SUBMITTED, applicant_=person)
    return [
        reverse("issuance:detail", args=[sent.token]),
        reverse("issuance:confirmation", args=[sent.token]),
    ]


def officer_pages(officer):
    case = factories.application(Status.IN_REVIEW, by=officer)
    waiting = factories.application(Status.SUBMITTED)
    factories.bare_applicant(nik=waiting.applicant.nik, name="Siti Kembar Contoh")
    green = factories.application(Status.SUBMITTED)
    return [
        reverse("review:queue"),
        reverse("review:queue") + "?daftar=diperiksa",
        reverse("review:queue") + "?daftar=dikembalikan",
        reverse("review:detail", args=[case.token]),
        reverse("review:detail", args=[waiting.token]),
        reverse("review:twins", args=[waiting.token]),
        reverse("review:twins", args=[green.token]),
        reverse("review:green"),
        reverse("review:detail", args=[_came_back(officer).token]),
    ]


def _came_back(officer):
    """Sent back, changed by its owner, handed in again, and on the desk."""
    case = factories.application(Status.RETURNED, by=officer)
    case = type(case).objects.get(pk=case.pk)
    person = case.applicant
    applicants.change(person, wanted_job="Penjahit busana pengantin adat Jawa")
    factories.document(person)
    issuance.submit(case, by=person.user, key=uuid.uuid4())
    review.take(case, officer=officer)
    review.write_note(case, officer=officer, text="Sudah dua kali datang.")
    return case


def supervisor_pages(supervisor):
    printed = factories.card(printed=True)
    authorised = factories.card()
    factories.card(authorised=False)
    run = printing.print_cards([authorised], officer=supervisor, key=uuid.uuid4())
    return [
        *(
            reverse("cards:list") + f"?daftar={name}"
            for name in ("sahkan", "cetak", "serahkan", "semua")
        ),
        reverse("cards:detail", args=[printed.token]),
        reverse("cards:hand_over", args=[printed.token]),
        reverse("cards:void", args=[printed.token]),
        run.get_absolute_url(),
    ]


def administrator_pages():
    colleague = factories.officer()
    office = colleague.office
    reason = office.reasons.first()
    for day in (date(2026, 1, 1), timezone.localdate() + timedelta(days=30)):
        office.holidays.create(day=day, name="Libur contoh")
    texts.new_version(office, "approved", subject="Kabar", body="Selamat.", by=None)
    return [
        *(
            reverse(f"office:{name}")
            for name in (
                "settings",
                "letterhead",
                "logo",
                "card",
                "number",
                "requirements",
                "promise",
                "hours",
                "holidays",
                "reasons",
                "add_reason",
                "texts",
                "after_card",
                "working",
            )
        ),
        reverse("office:change_reason", args=[reason.token]),
        reverse("office:text", args=["approved"]),
        reverse("office:text", args=["lapse_warning"]),
        reverse("office:officers"),
        reverse("office:add_officer"),
        reverse("review:change_officer", args=[colleague.token]),
        reverse("office:journal"),
    ]


def auditor_pages():
    return [
        reverse("review:queue"),
        reverse("office:journal"),
        reverse("cards:list") + "?daftar=semua",
    ]


def public():
    return None, public_pages()


def newcomer():
    return factories.user(), [reverse("applicants:identity")]


def seeker():
    person = factories.applicant()
    return person.user, seeker_pages(person)


def sent():
    person = factories.applicant()
    return person.user, sent_pages(person)


def holder():
    card = factories.card(finished=True)
    paths = [reverse("issuance:cards")]
    paths += [
        reverse(f"registry:{name}", args=[card.token])
        for name in ("card", "place", "remove")
    ]
    return card.application.applicant.user, paths


def employer():
    card = factories.card(finished=True)
    return None, [
        reverse("registry:employers"),
        reverse("registry:hired", args=[card.token]),
        reverse("registry:heard", args=[card.token]),
        reverse("registry:link", args=[links.write(card, 1)]),
        "/laporan/tautan/x/",
    ]


def registrar():
    """Whoever keeps the register of the office."""
    who, told = factories.supervisor(), lives.heard(factories.card(finished=True))
    paths = [
        reverse("register:home"),
        reverse("register:old_balance"),
        reverse("register:employer_report", args=[told.token]),
        reverse("review:letters"),
    ]
    paths += [
        reverse(f"register:{name}", args=[told.card.token])
        for name in ("card", "place", "remove")
    ]
    return who.user, paths


def officer():
    who = factories.officer()
    return who.user, officer_pages(who)


def supervisor():
    who = factories.supervisor()
    return who.user, supervisor_pages(who)


def auditor():
    return factories.officer(Role.AUDITOR).user, auditor_pages()


def administrator():
    return factories.officer(Role.ADMINISTRATOR).user, administrator_pages()


@pytest.mark.parametrize(
    "role",
    [
        public,
        newcomer,
        seeker,
        sent,
        holder,
        employer,
        officer,
        registrar,
        supervisor,
        auditor,
        administrator,
    ],
)
def test_every_page_is_for_everybody_and_fits_the_smallest_phone(phone, role):
    user, pages = role()

    assert problems_of(phone(user, viewport=NARROW), pages) == {}


def test_the_first_page_is_light(phone):
    """Compressed as the server in front sends it, and without any web font."""
    factories.office()
    browser = phone()
    answers = []
    browser.page.on("response", lambda answer: answers.append(answer))

    browser.opens(reverse("home"))

    browser.page.wait_for_load_state("networkidle")
    weight = sum(len(gzip.compress(answer.body(), 6)) for answer in answers)
    kinds = {answer.request.resource_type for answer in answers}
    assert weight <= FIRST_PAGE_BYTES, weight
    assert len(answers) <= FIRST_PAGE_REQUESTS, [a.url for a in answers]
    assert "font" not in kinds


@pytest.mark.parametrize("page_name", ["draft", "detail"])
def test_a_seekers_page_after_the_first_is_light(phone, page_name):
    """Style sheets are there already: what counts is the page itself."""
    person = factories.applicant()
    status = Status.DRAFT if page_name == "draft" else Status.SUBMITTED
    application = factories.application(status, applicant_=person)

    html = factories.signed_in(person.user).get(application.get_absolute_url()).content

    assert len(gzip.compress(html, 6)) <= 15_000


def test_the_first_page_and_signing_in_by_keyboard(phone):
    who = factories.user("papan@contoh.test", password=factories.PASSWORD)
    factories.office()
    browser = phone()
    page = browser.opens(reverse("home"))

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    page = browser.opens(reverse("account_login"))
    page.focus("[name=login]")
    page.keyboard.type(who.email)
    page.keyboard.press("Tab")
    page.keyboard.type(factories.PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url("**" + reverse("applicants:identity"))


# A link that fills its box is outlined by what lies over the box (::after).
STYLE = """(() => {
    const e = document.activeElement;
    const styles = [getComputedStyle(e), getComputedStyle(e, "::after")];
    return [e.outerHTML, styles.some(
        (s) => s.outlineStyle !== "none" || s.boxShadow !== "none")];
})()"""


def test_every_focus_can_be_seen(phone):
    """Each stop of the Tab key on the first page is outlined or has a shadow."""
    factories.office()
    page = phone().opens(reverse("home"))
    seen = {}
    page.keyboard.press("Tab")
    while (stop := page.evaluate(STYLE))[0] not in seen:
        seen[stop[0]] = stop[1]
        page.keyboard.press("Tab")

    stops = {html: visible for html, visible in seen.items() if "<body" not in html}
    assert len(stops) > 8
    assert [html for html, visible in stops.items() if not visible] == []


def test_a_triple_click_on_send_is_one_application(phone):
    person = factories.applicant()
    application = factories.application(applicant_=person)
    page = phone(person.user).opens(reverse("issuance:check", args=[application.token]))
    page.check("[name=is_true]")

    page.locator(
        f"form[action='{reverse('issuance:submit', args=[application.token])}'] button"
    ).click(click_count=3)

    page.wait_for_url("**/terkirim/")
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED
    assert application.steps.count() == 1


def test_the_other_language_is_one_link_away(phone):
    factories.office()
    page = phone().opens(reverse("home"))
    assert page.get_attribute("html", "lang") == "id"

    page.get_by_role("button", name="English").click()

    assert page.get_attribute("html", "lang") == "en"
    assert page.url.endswith(reverse("home"))
