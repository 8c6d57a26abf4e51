"""What a person meets when something could not be done: a page, never a traceback.

The pages of the portal stand here beside a few that fail on purpose.
"""

import errno
import logging
import os

import pytest
from allauth.core.exceptions import RateLimited
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from ak1portal.audience import public
from ak1portal.refusals import Refused, refuse_if
from ak1portal.sealed import Unreadable
from applicants.models import DocumentPage
from services.issuance.workflow import Status
from tests import factories

NIK = "3301015505900001"
OTHER_KEY = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktMDE="


def _fails_with(error):
    @public
    def view(request):
        raise error

    return view


@public
def _fine(request):
    return HttpResponse("fine")


urlpatterns = [
    path("", include("ak1portal.urls")),
    path("tes/baik/", _fine),
    path("tes/ditolak/", _fails_with(Refused("Kartu ini <b>sudah</b> dicetak."))),
    path("tes/terlalu-sering/", _fails_with(RateLimited("status"))),
    path("tes/rusak/", _fails_with(Unreadable("documents/abc.jpg"))),
    path("tes/basis-data/", _fails_with(OperationalError(f"Key (nik)=({NIK})"))),
    path("tes/sambungan/", _fails_with(InterfaceError(f"closed at {NIK}"))),
    path("tes/disk/", _fails_with(OSError(errno.ENOSPC, "No space left", f"/x/{NIK}"))),
    path("tes/salah/", _fails_with(ZeroDivisionError(NIK))),
]
handler500 = "ak1portal.refusals.server_error"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_a_reason_is_raised_and_none_is_not():
    refuse_if(None)
    refuse_if("")
    with pytest.raises(Refused, match="Tidak bisa."):
        refuse_if("Tidak bisa.")


def test_a_refusal_is_a_page_with_the_reason(client):
    response = client.get("/tes/ditolak/")

    assert response.status_code == 409
    page = response.content.decode()
    assert "Kartu ini &lt;b&gt;sudah&lt;/b&gt; dicetak." in page


@pytest.mark.parametrize(
    ("address", "status", "template"),
    [
        ("terlalu-sering", 429, "429.html"),
        ("rusak", 410, "410.html"),
        ("basis-data", 503, "503.html"),
        ("sambungan", 503, "503.html"),
        ("disk", 503, "503_disk.html"),
    ],
)
def test_each_failure_has_its_own_page(client, address, status, template):
    response = client.get(f"/tes/{address}/")

    assert response.status_code == status
    assert response.templates[0].name == template


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("basis-data", "database unavailable"),
        ("sambungan", "database unavailable"),
        ("disk", "disk refused: ENOSPC"),
    ],
)
def test_the_words_of_the_system_are_in_no_page_and_no_log(
    client, caplog, address, said
):
    with caplog.at_level(logging.DEBUG):
        response = client.get(f"/tes/{address}/")

    assert NIK not in response.content.decode()
    assert NIK not in caplog.text
    assert said in caplog.text


def test_a_broken_file_is_named_in_the_log_and_not_on_the_page(client, caplog):
    response = client.get("/tes/rusak/")

    assert "Unreadable: documents/abc.jpg" in caplog.text
    assert "documents/abc.jpg" not in response.content.decode()


def test_a_mistake_of_ours_is_not_hidden(client):
    with pytest.raises(ZeroDivisionError):
        client.get("/tes/salah/")


def test_a_mistake_of_ours_shows_a_page_without_its_words():
    client = Client(raise_request_exception=False)

    response = client.get("/tes/salah/")

    assert response.status_code == 500
    assert NIK not in response.content.decode()


def test_what_works_is_left_alone(client):
    assert client.get("/tes/baik/").content == b"fine"


def test_an_unknown_address_is_a_page_of_ours(client):
    response = client.get("/tidak/ada/")

    assert response.status_code == 404
    assert response.templates[0].name == "404.html"


def test_a_form_without_its_token_says_how_to_go_on():
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("account_login"), {"login": "a@contoh.test"})

    assert response.status_code == 403
    assert response.templates[0].name == "403_csrf.html"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["home", "applicants:profile", "door"])
def test_a_database_that_is_gone_is_a_page_even_for_who_is_signed_in(
    monkeypatch, caplog, address
):
    """The session is read before any view runs, and the page's menu reads it again."""
    client = Client(raise_request_exception=False)
    client.force_login(factories.bare_applicant().user)
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/no/such/folder")

    response = client.get(reverse(address))

    assert response.status_code == 503
    assert response.templates[0].name == "503.html"
    assert "/no/such/folder" not in response.content.decode()
    assert "database unavailable: OperationalError" in caplog.text


# A file that does not open ---------------------------------------------------------

MISSING = "Portal mengenal berkas ini"
DAMAGED = "Berkas ini tidak dapat dibuka lagi."
LOCKED = "portal belum diberi kunci"
SENTENCES = {MISSING, DAMAGED, LOCKED}


@pytest.fixture
def case():
    return factories.application(Status.SUBMITTED)


@pytest.fixture(params=["applicant", "officer"])
def page_of(request, case):
    """Open the picture of the KTP, as who sent it or as who decides."""
    document = case.applicant.documents.get(kind="ktp")
    user, name, tokens = case.applicant.user, "applicants:page", [document.token, 0]
    if request.param == "officer":
        user = factories.officer().user
        name, tokens = "review:document_page", [case.token, *tokens]

    # Signed in when it is opened: a session, too, is sealed with the keys of then.
    return lambda: factories.signed_in(user).get(reverse(name, args=tokens))


def _file_of(case) -> str:
    page = DocumentPage.objects.get(
        document__applicant=case.applicant, document__kind="ktp"
    )
    return default_storage.path(page.file)


def _told(response) -> set[str]:
    page = response.content.decode()
    return {sentence for sentence in SENTENCES if sentence in page}


def test_a_file_that_is_missing_says_so(case, page_of):
    assert page_of().status_code == 200
    os.remove(_file_of(case))

    response = page_of()

    assert (response.status_code, _told(response)) == (410, {MISSING})


def test_a_file_that_is_damaged_says_so(case, page_of):
    with open(_file_of(case), "r+b") as file:
        file.seek(200)
        file.write(b"rot")

    response = page_of()

    assert (response.status_code, _told(response)) == (410, {DAMAGED})


@pytest.mark.parametrize("keys", [f"1:{OTHER_KEY}", f"2:{OTHER_KEY}"])
def test_a_file_whose_key_is_not_here_is_whole_and_not_asked_for_again(
    case, page_of, settings, caplog, keys
):
    settings.DATA_KEYS = keys

    response = page_of()

    assert (response.status_code, _told(response)) == (503, {LOCKED})
    assert response["Retry-After"] == "60"
    assert response.templates[0].name == "503_key.html"
    assert os.path.basename(_file_of(case)) in caplog.text
