"""The pages on which a person tells who they are."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applicants import nik
from applicants.codes import DisabilityType
from applicants.models import Applicant, DocumentKind, DocumentPage, Region
from services.issuance.workflow import Status
from tests import factories

pytestmark = pytest.mark.django_db

IDENTITY = {
    "nik": "3301 0157 0599 0001",
    "name": "Siti Contoh",
    "birth_place": "Cilacap",
    "birth_date_day": "17",
    "birth_date_month": "5",
    "birth_date_year": "1999",
    "sex": "P",
}
GENERAL = {"phone": "0812 3456 7890", "marital_status": "1", "is_employed": "no"}
ADDRESS = {
    "street": "Jl. Melati No. 3",
    "province": "33",
    "regency": "3301",
    "district": "330101",
    "village": factories.CILACAP_VILLAGE,
}
ENTRIES = {
    "pendidikan": {"level": "sma", "school": "SMA Contoh", "graduated_year": "2017"},
    "keterampilan": {"name": "Menjahit"},
    "bahasa": {"name": "Inggris", "mastery": "dasar"},
    "pengalaman": {"position": "Kasir", "employer": "Toko", "started_year": "2018"},
}
SECTION_OF = {
    "pendidikan": "education",
    "keterampilan": "training",
    "bahasa": "languages",
    "pengalaman": "experience",
}
ROWS_OF = {
    "pendidikan": "educations",
    "keterampilan": "trainings",
    "bahasa": "languages",
    "pengalaman": "experiences",
}


@pytest.fixture
def person(client):
    """Somebody who is signed in and has said who they are."""
    person = factories.bare_applicant()
    client.force_login(person.user)
    return person


@pytest.fixture
def done(client):
    """Somebody who is signed in and has answered everything."""
    person = factories.applicant()
    client.force_login(person.user)
    return person


def page(name, *arguments) -> str:
    return reverse(f"applicants:{name}", args=arguments)


def codes_of(response, field) -> list[str]:
    """The codes of what is told at a field; the page came back and shows it."""
    assert response.status_code == 422
    form = response.context["form"]
    return [error.code for error in form.errors.as_data().get(field, [])]


def leads_to(response) -> str:
    assert response.status_code == 302
    return response.url


# Sections -------------------------------------------------------------------------


def test_a_newcomer_says_who_they_are_and_is_led_on(client):
    client.force_login(factories.user())

    response = client.post(page("identity"), IDENTITY)

    assert leads_to(response) == page("general")
    person = Applicant.objects.get()
    assert (person.name, person.nik) == ("Siti Contoh", "3301015705990001")


def test_every_section_saves_on_its_own_and_leads_to_the_next_that_misses(client):
    client.force_login(factories.user())
    told = [
        (page("identity"), IDENTITY, page("general")),
        (page("general"), GENERAL, page("address")),
        (page("address"), ADDRESS, page("education")),
        (
            page("add_entry", "pendidikan"),
            ENTRIES["pendidikan"],
            page("education"),
        ),
        (page("declare_none", "keterampilan"), {}, page("languages")),
        (page("declare_none", "bahasa"), {}, page("experience")),
        (page("declare_none", "pengalaman"), {}, page("wishes")),
        (
            page("wishes"),
            {"wanted_job": "Kasir", "wanted_places": ["AKL"], "wanted_wage": ""},
            reverse("issuance:tasks"),
        ),
    ]

    for address, answers, next_page in told:
        assert leads_to(client.post(address, answers)) == next_page

    person = Applicant.objects.get()
    assert person.phone == "+6281234567890"
    assert person.village_id == factories.CILACAP_VILLAGE
    assert person.educations.get().school == "SMA Contoh"
    assert person.wanted_job == "Kasir"


def test_a_section_that_is_done_is_passed_over(client, done):
    response = client.post(page("identity"), {**IDENTITY, "nik": done.nik})

    assert leads_to(response) == reverse("issuance:tasks")


def test_each_section_shows_what_was_told_before(client, done):
    shown = {
        "identity": done.nik_grouped,
        "general": "0812-3456-7890",
        "address": "Jl. Melati No. 3",
        "education": "SMA Contoh 1",
        "training": "Menjahit",
        "experience": "Kasir",
        "wishes": "Operator jahit",
    }

    for name, text in shown.items():
        assert text in client.get(page(name)).content.decode(), name


@pytest.mark.parametrize(
    ("name", "answers", "field", "typed"),
    [
        ("identity", {**IDENTITY, "nik": "12345"}, "nik", "12345"),
        ("identity", {**IDENTITY, "name": "99 Siti"}, "name", "99 Siti"),
        ("general", {**GENERAL, "phone": "dua belas"}, "phone", "dua belas"),
        ("address", {**ADDRESS, "postal_code": "5x"}, "postal_code", "5x"),
        (
            "wishes",
            {"wanted_job": "", "wanted_wage": "3 dolar"},
            "wanted_wage",
            "3 dolar",
        ),
    ],
)
def test_a_mistake_is_told_and_nothing_that_was_typed_is_lost(
    client, person, name, answers, field, typed
):
    before = Applicant.objects.values().get()

    response = client.post(page(name), answers)

    assert codes_of(response, field)
    assert f'value="{typed}"' in response.content.decode()
    assert Applicant.objects.values().get() == before


@pytest.mark.parametrize("name", ["identity", "general", "address", "wishes"])
@pytest.mark.parametrize(
    "typed", ["", "\x00", "x" * 5000, "٣٣٠١", "<script>", "'; DROP TABLE", "9" * 400]
)
def test_no_answer_at_all_makes_a_page_fail(client, person, name, typed):
    fields = client.get(page(name)).context["form"].fields
    parts = ["birth_date_day", "birth_date_month", "birth_date_year"]

    response = client.post(page(name), dict.fromkeys([*fields, *parts], typed))

    assert response.status_code == 422
    assert "<script>" not in response.content.decode().replace("<script src", "")


def test_a_disability_is_kept_with_consent_only(client, person):
    told = {**GENERAL, "disability": "netra"}

    refused = client.post(page("general"), told)
    person.refresh_from_db()
    assert codes_of(refused, "disability_consent")
    assert person.disability == ""

    client.post(page("general"), {**told, "disability_consent": "on"})
    person.refresh_from_db()
    assert person.disability == DisabilityType.SIGHT
    assert person.consents.get().wording

    client.post(page("general"), GENERAL)
    person.refresh_from_db()
    assert person.disability == ""
    assert person.consents.get().withdrawn_at


def test_another_nik_is_kept_and_is_not_proven(client, person):
    other = nik.compose("3301", "02", person.birth_date, person.sex, 4711)

    client.post(page("identity"), {**IDENTITY, "nik": other})

    person.refresh_from_db()
    assert person.nik == other


@pytest.mark.parametrize(
    "name", ["identity", "general", "address", "wishes", "profile", "education"]
)
def test_while_the_office_reads_the_answers_cannot_be_changed(client, name):
    person = factories.application(Status.SUBMITTED).applicant
    client.force_login(person.user)

    expected = 200 if name in ("profile", "education") else 409

    assert client.get(page(name)).status_code == expected


@pytest.mark.parametrize(
    ("name", "arguments", "answers"),
    [
        ("identity", [], IDENTITY),
        ("general", [], GENERAL),
        ("address", [], ADDRESS),
        ("wishes", [], {"wanted_job": "Kasir", "wanted_places": ["AKL"]}),
        ("add_entry", ["keterampilan"], ENTRIES["keterampilan"]),
        ("declare_none", ["bahasa"], {}),
        ("upload", ["ktp"], {}),
    ],
)
def test_a_page_that_was_left_open_changes_nothing_either(
    client, name, arguments, answers
):
    person = factories.application(Status.SUBMITTED).applicant
    client.force_login(person.user)
    before = Applicant.objects.values().get()

    response = client.post(page(name, *arguments), answers)

    assert response.status_code == 409
    assert Applicant.objects.values().get() == before
    assert person.trainings.count() == 1


def test_my_data_shows_every_section_and_paper(client, done):
    response = client.get(page("profile"))

    text = response.content.decode()
    assert len(response.context["answers"]) == 8
    for told in (done.name, "Jl. Melati No. 3", "SMA Contoh 1", "Operator jahit"):
        assert told in text


# Address --------------------------------------------------------------------------


def test_the_list_below_a_region_comes_by_name(client, person):
    found = client.get(page("regions", "3301")).json()["regions"]

    assert {"code": "330101", "name": Region.objects.get(pk="330101").name} in found
    assert [row["name"] for row in found] == sorted(row["name"] for row in found)
    below = Region.objects.filter(code__regex="^3301[0-9]{2}$")
    assert len(found) == below.count()


@pytest.mark.parametrize("code", ["99", "3301012001", "abc", "3", "33010120019"])
def test_below_no_region_there_is_nothing(client, person, code):
    response = client.get(page("regions", code))

    assert (response.status_code, response.json()) == (200, {"regions": []})


def test_the_lists_of_regions_are_for_people_who_are_signed_in(client):
    assert client.get(page("regions", "33")).status_code == 302


def test_without_a_script_the_next_list_comes_with_a_button(client, person):
    answers = {"street": "Jl. Melati No. 3", "rt": "7", "province": "33", "show": "1"}

    response = client.post(page("address"), answers)

    form = response.context["form"]
    assert response.status_code == 200
    assert form["street"].value() == "Jl. Melati No. 3"
    assert form["province"].value() == "33"
    assert form.fields["regency"].queryset.filter(pk="3301").exists()
    assert not form.fields["district"].queryset.exists()
    assert not form.errors
    person.refresh_from_db()
    assert person.street == ""


def test_a_village_of_another_district_is_not_saved(client, person):
    response = client.post(page("address"), {**ADDRESS, "district": "330102"})

    assert codes_of(response, "village") == ["invalid_choice"]
    person.refresh_from_db()
    assert person.village_id is None


# Lists ----------------------------------------------------------------------------


@pytest.mark.parametrize("part", ENTRIES)
def test_an_entry_is_added_changed_and_removed(client, person, part):
    rows = getattr(person, ROWS_OF[part])
    here = page(SECTION_OF[part])

    assert leads_to(client.post(page("add_entry", part), ENTRIES[part])) == here
    entry = rows.get()
    changed = {
        "pendidikan": {"school": "SMA Lain"},
        "keterampilan": {"name": "Las"},
        "bahasa": {"mastery": "mahir"},
        "pengalaman": {"employer": "Pabrik"},
    }[part]
    address = page("change_entry", part, entry.token)
    assert leads_to(client.post(address, {**ENTRIES[part], **changed})) == here
    entry = rows.get()
    assert {field: getattr(entry, field) for field in changed} == changed

    assert leads_to(client.post(page("remove_entry", part, entry.token))) == here
    assert not rows.exists()


@pytest.mark.parametrize("part", ["keterampilan", "bahasa", "pengalaman"])
def test_saying_there_is_none_is_an_answer_until_one_is_added(client, person, part):
    flag = {
        "keterampilan": "has_no_training",
        "bahasa": "has_no_language",
        "pengalaman": "has_no_experience",
    }[part]

    client.post(page("declare_none", part))
    person.refresh_from_db()
    declared = getattr(person, flag)
    client.post(page("add_entry", part), ENTRIES[part])
    person.refresh_from_db()

    assert (declared, getattr(person, flag)) == (True, False)


def test_nobody_has_no_school(client, person):
    assert client.post(page("declare_none", "pendidikan")).status_code == 404


def test_there_are_four_lists(client, person):
    assert client.get(page("add_entry", "hobi")).status_code == 404
    assert client.post(page("declare_none", "hobi")).status_code == 404


@pytest.mark.parametrize("part", ENTRIES)
def test_a_wrong_entry_is_told_and_not_saved(client, person, part):
    empty = dict.fromkeys(ENTRIES[part], "")

    response = client.post(page("add_entry", part), {**empty, "major": "Tata busana"})

    assert codes_of(response, next(iter(empty))) == ["required"]
    assert not getattr(person, ROWS_OF[part]).exists()


@pytest.mark.parametrize("part", ENTRIES)
def test_the_entry_of_another_person_is_not_found(client, person, part):
    stranger = factories.applicant()
    factories.language(stranger)
    entry = getattr(stranger, ROWS_OF[part]).get()
    before = type(entry).objects.values().get(pk=entry.pk)

    answers = [
        client.get(page("change_entry", part, entry.token)),
        client.post(page("change_entry", part, entry.token), ENTRIES[part]),
        client.post(page("remove_entry", part, entry.token)),
    ]

    assert [response.status_code for response in answers] == [404] * 3
    assert type(entry).objects.values().get(pk=entry.pk) == before


def test_an_entry_is_found_in_its_own_list_only(client, done):
    token = done.educations.get().token

    response = client.post(page("remove_entry", "keterampilan", token))

    assert response.status_code == 404
    assert done.educations.exists()


# Papers and photo -----------------------------------------------------------------


def file(data, name="berkas.jpg"):
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def upload(client, kind, data, name="berkas.jpg"):
    return client.post(page("upload", kind), {"file": file(data, name)})


BAD_FILES = {
    "empty": b"",
    "type": b"hello, world",
    "type_heic": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50,
    "type_office": b"PK\x03\x04" + b"\x00" * 50,
    "type_picture": b"GIF89a" + b"\x00" * 50,
    "unreadable": b"\xff\xd8\xff\xe0" + b"\x00" * 50,
    "too_small": factories.picture(100, 80),
}


@pytest.mark.parametrize("code", BAD_FILES)
def test_a_bad_file_is_told_why_and_the_paper_of_before_stays(client, person, code):
    kept = factories.document(person).pages.get()

    response = upload(client, "ktp", BAD_FILES[code])

    assert codes_of(response, "file") == [code]
    (sentence,) = response.context["form"].errors["file"]
    assert sentence in response.content.decode().replace("&#x27;", "'")
    assert [p.file for p in DocumentPage.objects.all()] == [kept.file]
    assert kept.read() == factories.picture(800, 500)


def test_no_file_at_all_is_told(client, person):
    response = client.post(page("upload", "ktp"), {})

    assert codes_of(response, "file") == ["missing"]


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("type_photo_pdf", b"%PDF-1.7\n" + b"\x00" * 50),
        ("type_photo", b"hello, world"),
        ("too_small_photo", factories.picture(200, 300)),
    ],
)
def test_a_bad_photo_is_told_why(client, person, code, data):
    assert codes_of(upload(client, "foto", data), "file") == [code]
    assert not person.documents.exists()


def test_a_file_above_25_megabytes_is_told_its_size(client, person):
    response = upload(client, "ktp", b"\xff\xd8\xff" + b"\x00" * (25 * 1024 * 1024))

    assert codes_of(response, "file") == ["too_large"]


def test_a_request_too_long_to_be_read_is_told_its_size_too(client, person):
    response = upload(client, "ktp", b"\xff\xd8\xff" + b"\x00" * (28 * 1024 * 1024))

    assert codes_of(response, "file") == ["too_large"]
    assert not person.documents.exists()


def test_a_picture_becomes_the_paper(client, person):
    response = upload(client, "ktp", factories.picture(1200, 800), "../../KTP saya.exe")

    assert leads_to(response) == reverse("issuance:tasks")
    stored = person.documents.get(kind=DocumentKind.KTP).pages.get()
    assert (stored.width, stored.height) == (1200, 800)
    assert "KTP" not in stored.file


def test_another_picture_takes_the_place_of_the_first(client, person):
    for size in ((1200, 800), (900, 700)):
        upload(client, "ktp", factories.picture(*size))

    assert person.documents.get().pages.get().width == 900


def test_there_are_only_so_many_kinds_of_paper(client, person):
    assert client.get(page("upload", "sim")).status_code == 404


def test_a_sixth_certificate_is_refused(client, person):
    for _time in range(5):
        factories.document(person, DocumentKind.CERTIFICATE)

    response = upload(client, "sertifikat", factories.picture(800, 500))

    assert response.status_code == 409
    assert person.documents.count() == 5


def test_a_photo_is_cut_and_can_be_cut_anew(client, person):
    response = upload(client, "foto", factories.picture(900, 1000))
    photo = person.documents.get()
    assert leads_to(response) == page("crop", photo.token)

    shown = client.get(page("crop", photo.token))
    assert shown.context["form"].initial == {"zoom": 100, "x": 50, "y": 20}

    response = client.post(
        page("crop", photo.token), {"zoom": "200", "x": "0", "y": "0"}
    )
    assert leads_to(response) == reverse("issuance:tasks")
    again = person.documents.get()
    assert again.crop == [0, 0, 375, 500]


def test_without_a_script_the_new_cut_is_shown_with_a_button(client, person):
    photo = factories.photo(person)

    response = client.post(
        page("crop", photo.token), {"zoom": "200", "x": "0", "y": "100", "show": "1"}
    )

    again = person.documents.get()
    assert leads_to(response) == page("crop", again.token)
    shown = client.get(page("crop", again.token)).context["form"]
    assert shown.initial == {"zoom": 200, "x": 0, "y": 100}


def test_sliders_off_their_rails_are_told(client, person):
    photo = factories.photo(person)

    response = client.post(
        page("crop", photo.token), {"zoom": "900", "x": "0", "y": "0"}
    )

    assert codes_of(response, "zoom") == ["max_value"]
    assert person.documents.get() == photo


def test_only_a_photo_is_cut(client, person):
    document = factories.document(person)

    assert client.get(page("crop", document.token)).status_code == 404


def test_a_page_of_a_paper_is_shown_and_kept_by_nobody(client, person):
    document = factories.document(person)

    response = client.get(page("page", document.token, 0))

    assert response.content == factories.picture(800, 500)
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in response.headers["Cache-Control"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert client.get(page("page", document.token, 1)).status_code == 404


def test_the_papers_of_another_person_are_not_found(client, person):
    stranger = factories.applicant()
    before = set(DocumentPage.objects.values_list("file", flat=True))
    paper = stranger.documents.get(kind=DocumentKind.KTP)
    photo = stranger.documents.get(kind=DocumentKind.PHOTO)

    answers = [
        client.get(page("page", paper.token, 0)),
        client.get(page("crop", photo.token)),
        client.post(page("crop", photo.token), {"zoom": 100, "x": 0, "y": 0}),
        client.post(page("remove_document", paper.token)),
        client.get(page("page", "0" * 26, 0)),
    ]

    assert [response.status_code for response in answers] == [404] * 5
    assert set(DocumentPage.objects.values_list("file", flat=True)) == before


def test_a_paper_is_removed(client, done):
    paper = done.documents.get(kind=DocumentKind.KTP)

    response = client.post(page("remove_document", paper.token))

    assert leads_to(response) == reverse("issuance:tasks")
    assert not done.documents.filter(kind=DocumentKind.KTP).exists()


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("remove_document", ["0" * 26]),
        ("remove_entry", ["bahasa", "0" * 26]),
        ("declare_none", ["bahasa"]),
    ],
)
def test_looking_changes_nothing(client, person, name, arguments):
    assert client.get(page(name, *arguments)).status_code == 405


YEAR_OF = {
    "pendidikan": "graduated_year",
    "keterampilan": "year",
    "pengalaman": "started_year",
}


@pytest.mark.parametrize("part", ENTRIES)
def test_a_list_page_asks_as_often_for_three_rows_as_for_one(client, person, part):
    languages, years = iter(["Inggris", "Arab", "Jepang"]), iter("789")
    counts = []
    for rows in (1, 2):
        for _time in range(rows):
            own = (
                {"name": next(languages)}
                if part == "bahasa"
                else {YEAR_OF[part]: f"201{next(years)}"}
            )
            client.post(page("add_entry", part), {**ENTRIES[part], **own})
        client.get(page(SECTION_OF[part]))
        with CaptureQueriesContext(connection) as queries:
            client.get(page(SECTION_OF[part]))
        counts.append(len(queries))

    assert getattr(person, ROWS_OF[part]).count() == 3
    assert counts[0] == counts[1]
