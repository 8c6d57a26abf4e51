"""The examples of the settings, which follow what is typed and save nothing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from services.office.models import JournalEntry, Office, Role
from services.office.numbering import DEFAULT_PATTERN
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page_of(phone):
    head = factories.officer(Role.ADMINISTRATOR)
    return lambda name, *args: phone(head.user).opens(
        reverse(f"office:{name}", args=args)
    )


def test_the_example_of_a_number_follows_what_is_typed(page_of):
    page = page_of("number")
    example = page.locator("[data-example]")
    expect(example).to_contain_text("3301 000001")

    page.fill("[name=number_pattern]", "DTK-{urut:4}-{yyyy:4}")
    expect(example).to_contain_text("DTK-0001-20")
    page.fill("[name=number_pattern]", "DTK-{urut:4}")
    expect(example).to_contain_text("belum menghasilkan nomor")

    assert page.input_value("[name=number_pattern]") == "DTK-{urut:4}"
    assert page.url.endswith(reverse("office:number"))
    assert Office.objects.get().number_pattern == DEFAULT_PATTERN
    assert not JournalEntry.objects.exists()


def test_the_message_is_filled_in_while_it_is_written(page_of):
    page = page_of("text", "approved")

    page.fill("[name=body]", "Selamat, {nama}!")

    expect(page.locator("[data-example]")).to_contain_text("Selamat, Siti Contoh!")
    page.fill("[name=body]", "NIK Anda {nik}")
    expect(page.locator("[data-example]")).to_contain_text("Tidak dikenal: {nik}.")


def test_a_message_goes_over_into_the_other_language(page_of):
    page = page_of("text", "approved")
    page.fill("[name=body]", "Selamat, {nama}!")
    page.locator("button[name=show]").click()
    expect(page.locator("[data-example]")).to_contain_text("Selamat, Siti Contoh!")

    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()

    assert page.input_value("[name=body]") == "Selamat, {nama}!"
    page.fill("[name=body]", "Halo, {nama}!")
    expect(page.locator("[data-example]")).to_contain_text("Halo, Siti Contoh!")
