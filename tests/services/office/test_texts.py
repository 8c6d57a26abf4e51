import pytest
from django.core.exceptions import ValidationError

from services.issuance.models import Letter
from services.issuance.workflow import Status
from services.office import texts
from services.office.texts import OCCASIONS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", OCCASIONS)
def test_every_wording_of_the_portal_can_be_filled(kind):
    text = texts.Text(OCCASIONS[kind].subject, OCCASIONS[kind].body)

    shown = texts.preview(kind, text)

    texts.check_text(kind, text.subject + text.body)
    assert "{" not in shown.subject + shown.body


@pytest.mark.parametrize("word", ["nik", "alamat_rumah", ""])
def test_a_place_that_a_message_cannot_fill_is_told(word):
    with pytest.raises(ValidationError, match="tanda_terima"):
        texts.check_text("submitted", f"Yth. {{nama}}, {{{word}}}")


def test_the_newest_wording_of_the_office_is_sent():
    office = factories.office()
    for words in ("Pertama {nama}", "Kedua {nama}: {tanda_terima}"):
        texts.new_version(office, "submitted", subject="Kabar", body=words, by=None)

    application = factories.application(Status.SUBMITTED, at=office)

    letter = Letter.objects.get()
    assert texts.text_of(office, "submitted").version == 2
    assert letter.body == (
        f"Kedua {application.applicant.name}: {application.receipt}\n"
    )


def test_another_office_keeps_its_own_words():
    texts.new_version(factories.office(), "approved", subject="X", body="Y", by=None)

    other = factories.office("3372")

    assert texts.text_of(other, "approved").version == 0


def test_a_letter_is_indonesian_whatever_the_reader_has_chosen():
    application = factories.application(Status.SUBMITTED)

    letter = Letter.objects.get()

    assert letter.subject == "Permohonan AK-1 Anda sudah kami terima"
    assert f"Nomor tanda terima Anda {application.receipt}." in letter.body
