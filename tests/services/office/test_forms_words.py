import pytest

from services.office.forms_words import ReasonForm, TextForm
from tests import factories

pytestmark = pytest.mark.django_db

SOUND = {"item": "ktp", "label": "KTP lama", "sentence": "Kirim KTP yang baru."}


def wrong(form) -> list[str]:
    return list(form.errors)


def test_a_reason_needs_a_name_and_a_sentence():
    office = factories.office()

    assert wrong(ReasonForm({}, office=office)) == ["label", "sentence"]
    assert wrong(ReasonForm({**SOUND, "item": "hobi"}, office=office)) == ["item"]
    assert wrong(ReasonForm({**SOUND, "sentence": "x" * 301}, office=office)) == [
        "sentence"
    ]
    assert ReasonForm(SOUND, office=office).is_valid()


def test_a_reason_of_the_same_name_is_told_but_not_to_itself():
    office = factories.office()
    own = office.reasons.create(**SOUND)

    assert wrong(ReasonForm({**SOUND, "label": "ktp LAMA"}, office=office)) == ["label"]
    assert ReasonForm({**SOUND, "item": "skl"}, office=office).is_valid()
    assert ReasonForm(SOUND, office=office, instance=own).is_valid()


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({}, ["subject", "body"]),
        ({"subject": "Kabar", "body": "Yth. {nama}: {tanda_terima}"}, []),
        ({"subject": "Kabar {nik}", "body": "Yth. {nama}"}, ["subject"]),
        ({"subject": "Kabar", "body": "Yth. { nama }"}, ["body"]),
        ({"subject": "Kabar", "body": "{nomor}"}, ["body"]),
        ({"subject": "x" * 121, "body": "y" * 2001}, ["subject", "body"]),
    ],
)
def test_a_text_that_cannot_be_sent_is_told_at_its_field(answers, fields):
    assert wrong(TextForm(answers, kind="submitted")) == fields


def test_the_line_ends_of_a_browser_are_those_of_a_letter():
    form = TextForm({"subject": "Kabar", "body": "a\r\n\r\nb"}, kind="approved")

    assert form.is_valid()
    assert form.cleaned_data["body"] == "a\n\nb"
