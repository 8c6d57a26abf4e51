"""“Tanda tangan saya”: a supervisor registers a certificate, and takes it back."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from ak1portal.sealed import Unreadable
from services.issuance import actions_cards as cards
from services.office.journal import lines
from services.signing import certificates
from services.signing.actions import add_certificate
from services.signing.models import Certificate, Signature
from tests import factories
from tests.authority import PASSPHRASE, name

pytestmark = pytest.mark.django_db
URL = "/petugas/kartu/tanda-tangan/"
NAME = "Sri Contoh, S.Sos."


@pytest.fixture
def head(client):
    """A supervisor, signed in."""
    head = factories.supervisor(name=NAME, password=factories.PASSWORD)
    client.force_login(head.user)
    return head


def answers(file, **others):
    typed = {"passphrase": PASSPHRASE, "password": factories.PASSWORD, **others}
    return {"file": file, **typed} if file else typed


def beside(response, field) -> str:
    """The sentences at one field, as a reader hears them."""
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field]
    page = response.content.decode()
    assert f'id="id_{field}_error"' in page
    return " ".join(errors[field])


# To register ----------------------------------------------------------------------


def test_who_has_no_certificate_signs_by_hand(client, head):
    page = client.get(URL).content.decode()

    assert reverse("signing:certificate") == URL
    assert "Anda menandatangani dengan tangan" in page
    assert "Sertifikat yang dipakai" not in page


def test_a_certificate_is_registered_with_file_and_two_secrets(client, head, authority):
    certificate = authority.issue("SRI CONTOH")

    response = client.post(URL, answers(authority.file(certificate)), follow=True)

    page = response.content.decode()
    kept = head.certificates.get()
    assert response.redirect_chain == [(URL, 302)]
    assert kept.subject == "SRI CONTOH · Pemerintah Kabupaten Contoh"
    assert kept.issuer == "Otoritas Contoh · Pemerintah Kabupaten Contoh"
    assert kept.valid_until == certificate.not_valid_after_utc
    assert (
        kept.fingerprint == certificate.fingerprint(certificates.hashes.SHA256()).hex()
    )
    grouped = re.findall("....", kept.fingerprint.upper())
    for shown in (kept.subject, kept.issuer, " ".join(grouped)):
        assert shown in page
    assert timezone.localtime(kept.valid_until).strftime("%Y, %H.%M") in page


def test_the_cards_of_whoever_registered_are_signed_electronically(
    client, head, authority
):
    client.post(URL, answers(authority.file()))
    card = factories.card(authorised=False)

    cards.authorise(card, officer=head)
    factories.finish()

    card.refresh_from_db()
    assert (card.signature, card.finish_problem) == (Signature.ELECTRONIC, "")
    assert card.signed_file


def test_a_number_in_the_certificate_is_not_shown(client, head, authority):
    """Some issuers write the NIK into the subject."""
    certificate = authority.issue(name("Sri Contoh", SERIAL_NUMBER="3301014101800001"))

    page = client.post(URL, answers(authority.file(certificate)), follow=True)

    assert "3301014101800001" not in page.content.decode()
    assert "3301014101800001" not in str(Certificate.objects.values())


def test_the_next_certificate_takes_the_place_of_the_last(client, head, authority):
    client.post(URL, answers(authority.file()))
    first = head.certificates.get()

    client.post(URL, answers(authority.file()))

    first.refresh_from_db()
    assert first.removed_at
    assert head.certificates.filter(removed_at=None).count() == 1


def test_a_certificate_sent_twice_is_registered_once(client, head, authority):
    certificate = authority.issue()

    for _click in range(2):
        client.post(URL, answers(authority.file(certificate)))

    assert head.certificates.count() == 1
    assert head.office.journal.filter(act="certificate_added").count() == 1


def test_the_database_keeps_one_certificate_in_use(client, head, authority):
    client.post(URL, answers(authority.file()))
    second = head.certificates.get()
    second.pk = None

    with pytest.raises(IntegrityError):
        second.save()


# What is wrong --------------------------------------------------------------------


def picture(authority):
    file = BytesIO(factories.picture(40, 40))
    file.name = "sri.p12"
    return file


def certificate_alone(authority):
    data = pkcs12.serialize_key_and_certificates(
        None,
        None,
        None,
        [authority.issue()],
        serialization.BestAvailableEncryption(PASSPHRASE.encode()),
    )
    return named(data)


def key_alone(authority):
    data = pkcs12.serialize_key_and_certificates(
        None,
        authority.leaf_key,
        None,
        None,
        serialization.BestAvailableEncryption(PASSPHRASE.encode()),
    )
    return named(data)


def named(data):
    file = BytesIO(data)
    file.name = "sri.p12"
    return file


def weak(authority):
    key = rsa.generate_private_key(65537, 1024)
    return authority.file(authority.issue(key=key), key=key)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda a: None, "Pilih berkas sertifikat Anda"),
        (lambda a: named(b""), "Berkas ini kosong"),
        (lambda a: named(b"x" * 300 * 1024), "terlalu besar: 300,0\xa0KB"),
        (picture, "bukan berkas sertifikat"),
        (lambda a: named(b"\x30\x00"), "bukan berkas sertifikat"),
        (lambda a: named(a.file().getvalue()[:900]), "bukan berkas sertifikat"),
        (certificate_alone, "tidak ada kunci privat"),
        (key_alone, "tidak ada sertifikat"),
        (lambda a: a.file(days=(-30, -1)), "telah berakhir pada"),
        (lambda a: a.file(days=(1, 30)), "belum berlaku"),
        (lambda a: a.file(usage=("key_encipherment",)), "tidak untuk menandatangani"),
        (weak, "Kunci sertifikat ini tidak dapat dipakai"),
        (lambda a: a.file(subject="Budi Contoh"), "bukan milik Anda"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(
    make, said, client, head, authority
):
    response = client.post(URL, answers(make(authority)))

    assert said in beside(response, "file")
    assert not Certificate.objects.exists()


def test_a_wrong_passphrase_is_said_at_the_passphrase(client, head, authority):
    response = client.post(URL, answers(authority.file(), passphrase="bukan-ini"))

    assert "tidak membuka berkas ini" in beside(response, "passphrase")


def test_a_missing_passphrase_is_said_at_the_passphrase(client, head, authority):
    response = client.post(URL, answers(authority.file(), passphrase=""))

    assert beside(response, "passphrase") == "Ketik frasa sandi berkas."


def test_a_wrong_password_opens_nothing(client, head, authority):
    """The file is rotten: that it is not mentioned shows that nobody looked."""
    response = client.post(URL, answers(picture(authority), password="bukan-ini"))

    assert beside(response, "password") == "Ini bukan kata sandi Anda di portal ini."


def test_passwords_cannot_be_guessed_here(client, head, authority):
    for _try in range(5):
        client.post(URL, answers(authority.file(), password="bukan-ini"))

    response = client.post(URL, answers(authority.file()))

    assert "Terlalu banyak" in beside(response, "password")
    assert not Certificate.objects.exists()


def test_the_password_of_somebody_else_is_not_ones_own(client, head, authority):
    factories.supervisor(password="kata-sandi-orang-lain")

    response = client.post(
        URL, answers(authority.file(), password="kata-sandi-orang-lain")
    )

    assert beside(response, "password")


# What is kept, and what is not ----------------------------------------------------


def test_no_secret_is_shown_logged_or_stored(client, head, authority, caplog, tmp_path):
    caplog.set_level(0)

    wrong = client.post(URL, answers(authority.file(), password="salah-ketik-ini"))
    client.post(URL, answers(authority.file()))

    private = authority.leaf_key.private_numbers()
    kept = head.certificates.get()
    dump = BytesIO()
    call_command("dumpdata", stdout=Text(dump))
    stored = dump.getvalue() + bytes(kept.key_sealed)
    prime = private.p.to_bytes(128, "big")
    for secret in (PASSPHRASE, "salah-ketik-ini", factories.PASSWORD):
        assert secret not in caplog.text
        assert secret.encode() not in stored
        assert secret not in wrong.content.decode()
    assert prime not in stored
    assert b"PRIVATE KEY" not in stored
    assert b"PRIVATE KEY" in kept.key_material


class Text:
    """A text stream onto bytes, for dumpdata."""

    def __init__(self, file):
        self.file = file

    def write(self, text):
        self.file.write(text.encode())


def test_a_sealed_key_opens_for_its_own_certificate_only(client, head, authority):
    client.post(URL, answers(authority.file()))
    kept = head.certificates.get()
    kept.fingerprint = "0" * 64

    with pytest.raises(Unreadable):
        assert kept.key_material


def test_a_credential_does_not_say_its_key(authority):
    credential = certificates.from_file(authority.file(), PASSPHRASE)

    assert repr(credential) == (
        "<Credential of Sri Contoh · Pemerintah Kabupaten Contoh>"
    )


def test_certificates_that_are_not_its_issuers_stay_behind(authority):
    stranger = authority.issue("Orang Lain")
    data = pkcs12.serialize_key_and_certificates(
        None,
        authority.leaf_key,
        authority.issue(),
        [stranger, authority.certificate],
        serialization.BestAvailableEncryption(PASSPHRASE.encode()),
    )

    chain = certificates.from_file(named(data), PASSPHRASE).chain

    assert chain[1:] == (authority.certificate,)


def test_the_journal_says_who_registered_and_took_back(client, head, authority):
    client.post(URL, answers(authority.file()))
    kept = head.certificates.get()
    client.post(reverse("signing:remove_certificate"))

    taken, added = lines(head.office.journal.all(), head.office)

    assert (str(added.act), added.subject, added.new) == (
        "Mendaftarkan sertifikat tanda tangan",
        NAME,
        kept.grouped_fingerprint,
    )
    assert (str(taken.act), taken.subject, taken.old) == (
        "Menarik sertifikat tanda tangan",
        NAME,
        kept.grouped_fingerprint,
    )


# To take back ---------------------------------------------------------------------


def test_a_certificate_is_taken_back_and_its_key_forgotten(client, head, authority):
    client.post(URL, answers(authority.file()))

    response = client.post(reverse("signing:remove_certificate"), follow=True)

    kept = head.certificates.get()
    assert kept.removed_at
    assert bytes(kept.key_sealed) == b""
    assert "Anda menandatangani dengan tangan" in response.content.decode()


def test_taking_back_twice_is_taking_back_once(client, head, authority):
    client.post(URL, answers(authority.file()))

    for _click in range(2):
        client.post(reverse("signing:remove_certificate"))

    assert head.office.journal.filter(act="certificate_removed").count() == 1


def test_nobody_takes_back_the_certificate_of_another(client, head, authority):
    other = factories.supervisor(name="Sri Contoh")
    credential = certificates.from_file(authority.file(), PASSPHRASE)
    add_certificate(other, credential=credential)

    client.post(reverse("signing:remove_certificate"))

    assert other.certificates.get().removed_at is None


def test_the_page_says_how_many_cards_still_wait_for_the_signature(
    client, head, authority
):
    def says_so():
        page = client.get(URL).content.decode()
        return "1 kartu yang Anda sahkan masih menanti tanda tangannya" in page

    client.post(URL, answers(authority.file()))
    assert not says_so()

    card = factories.card(authorised=False)
    cards.authorise(card, officer=head)
    assert says_so()

    client.post(reverse("signing:remove_certificate"))
    assert says_so()

    factories.void(card)
    assert not says_so()


# The end --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "said"),
    [(32, None), (29, "Sertifikat Anda berakhir pada"), (-1, "telah berakhir")],
)
def test_the_page_warns_thirty_days_before_the_end(
    days, said, client, head, authority, time_machine
):
    client.post(URL, answers(authority.file(days=(-1, 100))))
    end = head.certificates.get().valid_until
    time_machine.move_to(end - timedelta(days=days))
    client.force_login(head.user)

    page = client.get(URL).content.decode()

    warned = [
        s for s in ("Sertifikat Anda berakhir pada", "telah berakhir") if s in page
    ]
    assert warned == ([said] if said else [])


# The token ------------------------------------------------------------------------


def test_a_label_is_asked_only_where_the_office_has_a_token(client, head, settings):
    settings.PKCS11_MODULE = ""
    assert "token_label" not in client.get(URL).context["form"].fields

    settings.PKCS11_MODULE = "/usr/lib/token.so"
    assert "token_label" in client.get(URL).context["form"].fields


def label(text, **others):
    return answers(None, passphrase="", token_label=text, **others)


def test_a_certificate_on_the_token_is_registered_by_its_label(
    client, head, authority, token
):
    token.put("sri", key=authority.leaf_key, certificate=authority.issue())

    page = client.post(URL, label("sri"), follow=True).content.decode()

    kept = head.certificates.get()
    assert (kept.token_label, kept.subject) == (
        "sri",
        "Sri Contoh · Pemerintah Kabupaten Contoh",
    )
    assert "di token, dengan label “sri”" in page


def test_a_file_is_taken_where_the_office_has_a_token_as_well(
    client, head, authority, token
):
    client.post(URL, answers(authority.file(), token_label=""))

    assert head.certificates.get().token_label == ""


@pytest.mark.parametrize(
    ("case", "field", "said"),
    [
        ("no such label", "token_label", "Tidak ada sertifikat dengan label ini"),
        ("no key", "token_label", "Harus ada satu kunci privat"),
        ("another key", "token_label", "bukan kunci sertifikat ini"),
        ("somebody else", "token_label", "bukan milik Anda"),
        ("both", "token_label", "Pilih salah satu"),
        ("neither", "file", "Pilih berkas sertifikat Anda"),
        ("no passphrase", "passphrase", "Ketik frasa sandi berkas."),
    ],
)
def test_a_wrong_label_is_refused_with_what_is_wrong(
    case, field, said, client, head, authority, token
):
    key, mine = authority.leaf_key, authority.issue()
    token.put("kosong", certificate=mine)
    token.put("lain", key=rsa.generate_private_key(65537, 2048), certificate=mine)
    token.put("budi", key=key, certificate=authority.issue("Budi Contoh"))
    typed = {
        "no such label": label("sri"),
        "no key": label("kosong"),
        "another key": label("lain"),
        "somebody else": label("budi"),
        "both": answers(authority.file(), token_label="budi"),
        "neither": label(""),
        "no passphrase": answers(authority.file(), passphrase="", token_label=""),
    }[case]

    assert said in beside(client.post(URL, typed), field)
    assert not Certificate.objects.exists()


def test_a_token_that_is_not_connected_is_said_at_the_label(
    client, head, token, settings
):
    settings.PKCS11_TOKEN = "di-laci"

    assert "Apakah tersambung?" in beside(client.post(URL, label("sri")), "token_label")


def test_who_authorises_with_an_ended_certificate_is_told_so(client, head, authority):
    client.post(URL, answers(authority.file()))
    factories.card(authorised=False)
    told = "Sertifikat Anda telah berakhir"
    before = client.get(reverse("cards:list")).content.decode()
    Certificate.objects.update(valid_until=timezone.now() - timedelta(hours=1))

    after = client.get(reverse("cards:list")).content.decode()

    assert (told in before, told in after) == (False, True)
