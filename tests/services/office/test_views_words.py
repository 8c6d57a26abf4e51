"""Reasons and message texts, as the administrator writes them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from services.office import actions_words as actions
from services.office import texts
from services.office.models import JournalEntry, Role
from tests import factories
from tests.person import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return factories.officer(Role.ADMINISTRATOR, name="Kepala Contoh")


def blurred(head):
    return head.office.reasons.get(item="ktp", label="Foto KTP buram")


# Reasons --------------------------------------------------------------------------


def test_a_new_office_has_reasons_by_part(head):
    person = Person(head.user).opens(reverse("office:reasons"))

    person.sees("Foto KTP buram", "Latar tidak sesuai", "Semua bagian")


def test_the_line_of_a_reason_is_shown_before_it_is_added(head):
    count = head.office.reasons.count()
    person = Person(head.user).opens(reverse("office:add_reason") + "?tentang=kk")
    words = {"label": "KK lama", "sentence": "Kirim KK yang terbaru."}

    person.presses(_("Show the line"), **words)
    person.sees("- Kartu Keluarga (KK): Kirim KK yang terbaru.")
    assert head.office.reasons.count() == count
    person.presses(_("Save"))

    person.sees("KK lama", "Kirim KK yang terbaru.")
    assert head.office.reasons.get(label="KK lama").item == "kk"


def test_a_reason_is_switched_off(head, client):
    reason = blurred(head)
    client.force_login(head.user)
    answers = {"item": "ktp", "label": reason.label, "sentence": reason.sentence}

    client.post(reverse("office:change_reason", args=[reason.token]), answers)

    reason.refresh_from_db()
    assert not reason.is_active
    Person(head.user).opens(reverse("office:reasons")).sees(_("switched off"))
    assert JournalEntry.objects.get().act == "reason_is_active"


def test_a_name_that_is_taken_is_told_and_the_page_keeps_its_title(head):
    reason = blurred(head)
    person = Person(head.user)
    person.opens(reverse("office:change_reason", args=[reason.token]))

    person.presses(_("Save"), label="KTP terpotong")

    assert person.status == 422
    person.sees("Foto KTP buram", "Sudah ada alasan dengan nama ini")
    assert blurred(head) == reason


def test_a_reason_of_another_office_is_not_found(client, head):
    reason = factories.office("3372").reasons.first()
    client.force_login(head.user)
    path = reverse("office:change_reason", args=[reason.token])

    assert client.get(path).status_code == 404
    assert client.post(path, {"label": "X", "sentence": "Y"}).status_code == 404


# Texts ----------------------------------------------------------------------------


def test_the_list_of_texts_says_whose_words_are_sent(head):
    actions.change_text(head.office, by=head, kind="approved", subject="A", body="B")
    actions.change_text(head.office, by=head, kind="ready", subject="A", body="B")
    actions.reset_text(head.office, by=head, kind="ready")

    person = Person(head.user).opens(reverse("office:texts"))

    assert person.text.count(_("The portal’s own wording")) == len(texts.OCCASIONS) - 1
    person.sees("Versi 1", "Kepala Contoh")


def test_a_text_is_seen_filled_in_before_it_is_saved(head):
    person = Person(head.user).opens(reverse("office:text", args=["submitted"]))
    person.sees("{tanda_terima}", "Nomor tanda terima Anda 7K3-M9QX-2AB.")

    person.presses(
        _("Show the message"), subject="Halo {nama}", body="No {tanda_terima}"
    )
    person.sees("Halo Siti Contoh", "No 7K3-M9QX-2AB")
    assert not head.office.texts.exists()
    person.presses(_("Save"))

    assert texts.text_of(head.office, "submitted").body == "No {tanda_terima}"


def test_a_place_that_the_message_does_not_know_is_told(head):
    person = Person(head.user).opens(reverse("office:text", args=["approved"]))

    person.presses(_("Save"), body="Nomor {nik}")

    assert person.status == 422
    person.sees("Tidak dikenal: {nik}.", "Kata-kata ini belum dapat dikirim.")
    assert not head.office.texts.exists()


def test_earlier_versions_stand_below_with_who_and_the_way_back(head):
    person = Person(head.user).opens(reverse("office:text", args=["approved"]))
    for words in ("Kabar pertama", "Kabar kedua"):
        person.presses(_("Save"), subject="Kabar", body=words)
        person.opens(reverse("office:text", args=["approved"]))
    person.sees("Kabar pertama", "Kabar kedua", "Versi 2", "Kepala Contoh")

    person.presses(_("Use the portal’s own wording again"))

    person.sees(_("Sent now: the portal’s own wording."), "Kabar kedua")
    assert texts.text_of(head.office, "approved") == texts.portal_text("approved")
    with pytest.raises(AssertionError, match="No button"):
        person.presses(_("Use the portal’s own wording again"))


def test_an_occasion_that_is_none_is_not_found(client, head):
    client.force_login(head.user)

    assert client.get(reverse("office:text", args=["nik"])).status_code == 404
    assert client.post(reverse("office:reset_text", args=["nik"])).status_code == 404


@pytest.mark.parametrize("name", ["reasons", "texts", "text"])
def test_the_lists_ask_as_often_for_three_as_for_one(client, head, name):
    client.force_login(head.user)
    path = reverse(f"office:{name}", args=["approved"] if name == "text" else [])
    counts = []
    for words in (["a"], ["b", "c"]):
        for word in words:
            actions.add_reason(
                head.office, by=head, item="ktp", label=word, sentence=word
            )
            actions.change_text(
                head.office, by=head, kind="approved", subject=word, body=word
            )
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))

    assert counts[0] == counts[1]
