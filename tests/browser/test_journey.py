"""The whole way in a real browser: from a stranger on a phone to a checked card."""

import re
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from django.core import mail
from django.urls import reverse
from django.utils.translation import gettext as _

from ak1portal.demo import pictures
from applicants import nik
from services.issuance.models import Application, Card
from services.issuance.workflow import Status
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

DESK = {"width": 1280, "height": 900}
BORN = date(2004, 3, 9)
ANSWERS = {
    "nik": "3301 0149 0304 0007",
    "name": "Rina Contohwati",
    "birth_place": "Cilacap",
    "birth_date_day": "9",
    "birth_date_month": "3",
    "birth_date_year": "2004",
}


def press(page, label):
    page.get_by_role("button", name=_(label), exact=True).click()


def fill(page, **answers):
    for name, answer in answers.items():
        page.fill(f"[name={name}]", answer)


def send_file(page, kind, name, content, mime="image/jpeg"):
    page.goto(
        re.sub(r"/saya/.*|/permohonan/.*", "", page.url)
        + f"/saya/dokumen/unggah/{kind}/"
    )
    page.set_input_files(
        "[name=file]", {"name": name, "mimeType": mime, "buffer": content}
    )
    press(page, "Send")


def sign_up(phone):
    page = phone.opens(reverse("home"))
    page.locator(f"a[href='{reverse('account_signup')}']").first.click()
    fill(page, email="rina@contoh.test", password1="kopi-susu-gula-aren")
    page.locator("main form button").first.click()
    page.wait_for_url("**" + reverse("account_email_verification_sent"))
    fill(page, code=re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0])
    page.locator("main form button").first.click()
    page.wait_for_url("**" + reverse("applicants:identity"))
    return page


def tell_everything(page, with_script=True):
    fill(page, **ANSWERS)
    page.check("[name=sex][value=P]")
    press(page, "Save and continue")
    fill(page, phone="0812 3456 7890")
    page.check("[name=marital_status][value='1']")
    page.check("[name=is_employed][value=no]")
    press(page, "Save and continue")
    tell_address(page, with_script)
    tell_lists(page)
    fill(page, wanted_job="Operator jahit", wanted_wage="2.500.000")
    page.check("[name=wanted_places][value=AKL]")
    press(page, "Save and continue")


def tell_address(page, with_script):
    fill(page, street="Jl. Kenanga No. 4", rt="003", rw="001")
    chain = {"province": "33", "regency": "3301", "district": "330101"}
    for level, code in chain.items():
        page.select_option(f"[name={level}]", code)
        if not with_script:
            press(page, "Show the choices")
    page.select_option("[name=village]", "3301012001")
    press(page, "Save and continue")


def tell_lists(page):
    page.get_by_role("link", name=_("Add a school")).click()
    page.select_option("[name=level]", "smk")
    fill(page, school="SMK Contoh Bahari", major="Tata Busana", graduated_year="2022")
    page.locator("main form button").first.click()
    for part in ("keterampilan", "bahasa", "pengalaman"):
        page.goto(re.sub(r"/saya/.*", f"/saya/{part}/", page.url))
        page.locator(f"form[action$='/{part}/tidak-ada/'] button").click()


def send_papers(page):
    send_file(page, "ktp", "IMG_0001.JPG", pictures.phone_photo(3))
    page.wait_for_url("**/permohonan/**")
    pdf = pictures.skl("Rina Contohwati", "SMK Contoh Bahari", 2022)
    send_file(page, "skl", "skl.jpg", pdf)
    page.wait_for_url("**/permohonan/**")
    send_file(page, "foto", "pas foto.jpg", pictures.photo(7, "P"))
    page.wait_for_url("**/atur/**")
    press(page, "Save and continue")


def test_from_a_stranger_on_a_phone_to_a_checked_card(phone):
    factories.office()
    officer, supervisor = factories.officer(), factories.supervisor()
    seeker = phone()

    page = sign_up(seeker)
    tell_everything(page)
    page.wait_for_url("**/permohonan/**")
    page.locator("main form button").first.click()
    send_papers(page)
    application = Application.objects.get()
    page = seeker.opens(reverse("issuance:check", args=[application.token]))
    page.check("[name=is_true]")
    press(page, "Send the application")
    page.wait_for_url("**/terkirim/")
    application.refresh_from_db()
    assert application.receipt in page.content()
    assert application.status == Status.SUBMITTED
    assert application.applicant.nik == nik.normalise(ANSWERS["nik"])

    page = phone(officer.user, viewport=DESK).opens(reverse("review:queue"))
    page.locator(f"form[action='{reverse('review:take_next')}'] button").click()
    page.wait_for_url("**/petugas/permohonan/**")
    assert "Rina Contohwati" in page.content()
    page.check("[name=name_agrees]")
    page.locator(
        f"[formaction='{reverse('review:approve', args=[application.token])}']"
    ).click()
    page.wait_for_url("**" + reverse("review:queue"))
    card = Card.objects.get()

    page = phone(supervisor.user, viewport=DESK).opens(reverse("cards:list"))
    page.locator(f"label[for='card-{card.token}']").first.click()
    page.locator("button[name=print]").click()
    page.wait_for_url("**/petugas/kartu/cetakan/**")
    factories.finish()
    run = card.prints.get().run
    factories.assemble(run)
    pdf = page.request.get(
        page.url.split("/petugas")[0] + reverse("cards:print_pdf", args=[run.token])
    )
    assert pdf.headers["content-type"] == "application/pdf"
    link = qr_of(pdf.body())
    card.refresh_from_db()
    assert link.endswith(card.get_absolute_url())

    page = phone().opens(card.get_absolute_url())
    assert page.locator("[data-status=valid]").count()
    for secret in (application.applicant.nik, "Contohwati", "Kenanga", "2004"):
        assert secret not in page.locator("main").inner_text()


def qr_of(pdf: bytes) -> str:
    page = pypdfium2.PdfDocument(BytesIO(pdf))[0]
    (code,) = zxingcpp.read_barcodes(page.render(scale=4).to_pil())
    return code.text


def test_the_whole_application_without_javascript(phone):
    factories.office()
    seeker = phone(java_script_enabled=False)

    page = sign_up(seeker)
    tell_everything(page, with_script=False)
    page.wait_for_url("**/permohonan/**")
    page.locator("main form button").first.click()
    send_papers(page)
    application = Application.objects.get()
    page = seeker.opens(reverse("issuance:check", args=[application.token]))
    page.check("[name=is_true]")
    press(page, "Send the application")

    application.refresh_from_db()
    assert application.status == Status.SUBMITTED
