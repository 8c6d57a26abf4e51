"""The card as a signed document: who signed, that it holds, what it is proven by."""

import hashlib
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from ak1portal.refusals import Refused
from services.issuance import actions_cards as cards
from services.issuance.chores import finish_card
from services.issuance.models import Card
from services.signing import certificates, pades, signing
from services.signing.actions import add_certificate, remove_certificate
from services.signing.models import Certificate, Signature
from services.signing.signers import Statement
from tests import factories
from tests.authority import PASSPHRASE, server, tells_time
from tests.house.source import ROOT

pytestmark = pytest.mark.django_db
NAME = "Sri Contoh"
OTHER = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}


@pytest.fixture
def head(authority):
    """A supervisor who signs electronically."""
    return with_certificate(factories.supervisor(name=NAME), authority.file())


@pytest.fixture
def web():
    with server() as told:
        yield told


def with_certificate(officer, file):
    credential = certificates.from_file(file, PASSPHRASE)
    add_certificate(officer, credential=credential)
    return officer


def authorised(head):
    card = factories.card(authorised=False)
    cards.authorise(card, officer=head)
    return card


def finished(head):
    """A card that was drawn and signed; fails loudly when it was not."""
    card = authorised(head)
    factories.finish()
    card.refresh_from_db()
    assert card.finish_problem == ""
    return card


def try_now(card):
    """What a worker makes of the card if it comes by now."""
    Card.objects.update(finish_try_at=timezone.now() - timedelta(seconds=1))
    finish_card()
    card.refresh_from_db()
    return card


def pdfsig(document, tmp_path) -> str:
    """What Poppler says of a signed file; it judges the signature, not the issuer."""
    path = tmp_path / "kartu.pdf"
    path.write_bytes(document)
    command = ["pdfsig", "-nocert", str(path)]
    return subprocess.run(command, capture_output=True, text=True).stdout


def root(authority):
    der = authority.certificate.public_bytes(serialization.Encoding.DER)
    return asn1_x509.Certificate.load(der)


def judged(document, authority, **context):
    """What a reader says who trusts the authority and asks nobody."""
    trust = ValidationContext(trust_roots=[root(authority)], **context)
    (signature,) = PdfFileReader(BytesIO(document)).embedded_signatures
    return validate_pdf_signature(
        signature, trust, trust, key_usage_settings=pades.SIGNS
    )


def has_its_time_proven(status) -> bool:
    time = status.timestamp_validity
    return time.intact and time.valid and time.trusted


# The signature --------------------------------------------------------------------


def test_a_card_is_signed_by_the_supervisor_who_authorised_it(
    head, authority, tmp_path
):
    card = finished(head)

    said = pdfsig(card.read_document(), tmp_path)
    assert card.signature == Signature.ELECTRONIC
    assert "Signer Certificate Common Name: Sri Contoh\n" in said
    assert "Signature Type: ETSI.CAdES.detached\n" in said
    assert "Total document signed\n" in said
    assert "Signature Validation: Signature is Valid.\n" in said
    assert judged(card.read_document(), authority).bottom_line


def test_a_supervisor_without_certificate_signs_by_hand():
    card = finished(factories.supervisor(name=NAME))

    assert (card.signature, card.signed_file) == (Signature.WET, "")
    with pikepdf.open(BytesIO(card.read_document())) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_the_signature_says_who_where_and_why(head):
    card = finished(head)

    with pikepdf.open(BytesIO(card.read_document())) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        said = {key: str(field.V[f"/{key}"]) for key in ("Name", "Location", "Reason")}
    assert said == {
        "Name": NAME,
        "Location": card.printed["office"]["city"],
        "Reason": "Pengesahan Kartu AK-1",
    }


def test_the_signature_certifies_that_nothing_may_be_added(head, authority):
    document = finished(head).read_document()

    (signature,) = PdfFileReader(BytesIO(document)).embedded_signatures
    assert signature.docmdp_level == MDPPerm.NO_CHANGES
    assert judged(document, authority).modification_level == ModificationLevel.NONE


@pytest.mark.parametrize("part", ["page", "head", "signature words"])
def test_one_flipped_bit_makes_it_invalid(part, head, authority, tmp_path):
    document = finished(head).read_document()
    position = {
        "page": document.rindex(b"/Tabs /S") + len(b"/Tabs /"),
        "head": len(b"%PDF-1.7\n%"),
        "signature words": document.index(b"Pengesahan Kartu"),
    }[part]
    changed = bytearray(document)
    changed[position] ^= 1

    said = pdfsig(bytes(changed), tmp_path)

    assert "Signature is Valid" not in said
    assert "Signature Validation: Digest Mismatch.\n" in said
    assert not judged(bytes(changed), authority).intact


def test_no_flipped_bit_of_what_is_signed_goes_unnoticed(head, authority):
    document = finished(head).read_document()
    assert holds(document, authority)
    start, length, rest, end = byte_range(document)
    covered = [*range(start, start + length), *range(rest, rest + end)]
    spread = covered[:: len(covered) // 60]

    believed = []
    for position in spread:
        changed = bytearray(document)
        changed[position] ^= 1
        if holds(bytes(changed), authority):
            believed.append(position)

    assert (rest + end, believed) == (len(document), [])


def byte_range(document) -> list[int]:
    with pikepdf.open(BytesIO(document)) as pdf:
        return [int(each) for each in pdf.Root.AcroForm.Fields[0].V.ByteRange]


def holds(document, authority) -> bool:
    """Whether a reader accepts the file; one that cannot open it does not."""
    try:
        return judged(document, authority).bottom_line
    except Exception:
        return False


def test_bytes_behind_the_end_are_noticed(head, tmp_path):
    document = finished(head).read_document()

    said = pdfsig(document + b"\n% more", tmp_path)

    assert "Total document signed" not in said


def test_every_reading_gives_the_same_bytes(head):
    card = finished(head)
    first = card.read_document()

    assert not finish_card()

    again = Card.objects.get(pk=card.pk).read_document()
    assert hashlib.sha256(again).digest() == hashlib.sha256(first).digest()


def test_an_elliptic_curve_key_signs_as_well(authority, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    file = authority.file(authority.issue(key=key), key=key)
    head = with_certificate(factories.supervisor(name=NAME), file)

    document = finished(head).read_document()

    assert "Signature is Valid." in pdfsig(document, tmp_path)
    assert judged(document, authority).bottom_line


def test_a_certificate_without_its_issuers_signs_as_well(authority, tmp_path):
    head = with_certificate(
        factories.supervisor(name=NAME), authority.file(chain=False)
    )

    assert "Signature is Valid." in pdfsig(finished(head).read_document(), tmp_path)


# The page stays what it was -------------------------------------------------------


def fonts(pdf) -> set:
    return {
        str(each.get("/BaseFont"))
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
    }


def test_the_page_lies_unchanged_in_front_of_the_signature(head):
    card = finished(head)

    assert card.read_document().startswith(card.read_page())


def test_what_makes_the_file_an_archive_is_not_touched(head):
    """PDF/A-3 (ISO 19005-3) 6.3.2, 6.3.3, 6.4, annex B; PDF/UA-1 7.18."""
    card = finished(head)

    with (
        pikepdf.open(BytesIO(card.read_page())) as page,
        pikepdf.open(BytesIO(card.read_document())) as signed,
    ):
        assert signed.Root.Metadata.read_raw_bytes() == (
            page.Root.Metadata.read_raw_bytes()
        )
        assert fonts(signed) == fonts(page)
        (field,) = signed.Root.AcroForm.Fields
        print_, hidden, invisible, no_view = 4, 2, 1, 32
        assert int(field.F) & (print_ | hidden | invisible | no_view) == print_
        left, bottom, right, top = field.Rect
        assert (right - left, top - bottom) == (0, 0)
        assert left < 0
        assert field.TU == "Pengesahan Kartu AK-1"
        assert signed.pages[0].Tabs == "/S"
        assert "/NeedAppearances" not in signed.Root.AcroForm
        assert "/DR" not in signed.Root.AcroForm
        assert list(signed.Root.Perms.keys()) == ["/DocMDP"]
        (reference,) = field.V.Reference
        assert not {"/DigestMethod", "/DigestValue", "/DigestLocation"} & set(
            reference.keys()
        )


# When there is no certificate any more --------------------------------------------


def test_a_card_waits_when_the_certificate_was_taken_back_before_it_was_signed(head):
    card = authorised(head)
    remove_certificate(head)

    try_now(card)

    assert card.finished_at is None
    assert card.finish_problem == (
        "Sertifikat Sri Contoh telah ditarik. Daftarkan sertifikat lain, lalu coba"
        " lagi."
    )


def test_a_card_waits_when_the_certificate_has_ended_before_it_was_signed(head):
    card = authorised(head)
    Certificate.objects.update(valid_until=timezone.now() - timedelta(hours=1))

    try_now(card)

    assert card.finished_at is None
    assert "telah berakhir" in card.finish_problem


def test_the_next_certificate_signs_what_waited_for_the_last_one(
    head, authority, tmp_path
):
    card = authorised(head)
    remove_certificate(head)
    try_now(card)
    with_certificate(head, authority.file())

    try_now(card)

    assert "Signature is Valid." in pdfsig(card.read_document(), tmp_path)


def test_whoever_never_had_a_certificate_signs_nothing(head):
    Certificate.objects.all().delete()

    with pytest.raises(Refused, match="tidak memiliki sertifikat"):
        signing.sign(b"", head, Statement(head.name, "Kota Contoh"))


def test_a_certificate_that_begins_tomorrow_signs_nothing_yet(head):
    Certificate.objects.update(valid_from=timezone.now() + timedelta(days=1))

    with pytest.raises(Refused, match="belum berlaku"):
        signing.sign(b"", head, Statement(head.name, "Kota Contoh"))


# Proof of time and validity -------------------------------------------------------


def test_with_a_timestamp_server_the_time_of_the_signature_is_proven(
    head, authority, web, settings
):
    settings.TIMESTAMP_URL = f"{web.url}/time"
    web.pages["/time"] = tells_time(authority.clock())

    document = finished(head).read_document()

    status = judged(document, authority)
    assert status.bottom_line
    assert has_its_time_proven(status)
    assert abs(status.timestamp_validity.timestamp - datetime.now(UTC)) < timedelta(
        minutes=1
    )
    # Each answer may cost something: one card, one question. The certificate says
    # nowhere how to ask whether it was revoked, so this is PAdES B-T.
    assert web.asked == ["/time"]
    with pikepdf.open(BytesIO(document)) as pdf:
        assert "/DSS" not in pdf.Root


def test_a_certificate_that_can_be_revoked_carries_the_proof_that_it_was_not(
    authority, web, settings, tmp_path
):
    settings.TIMESTAMP_URL = f"{web.url}/time"
    web.pages["/time"] = tells_time(authority.clock())
    web.pages["/list"] = authority.revocations()
    file = authority.file(revocations=f"{web.url}/list")
    head = with_certificate(factories.supervisor(name=NAME), file)

    card = finished(head)

    document = card.read_document()
    reader = PdfFileReader(BytesIO(document))
    proof = DocumentSecurityStore.read_dss(reader).as_validation_context(
        {"trust_roots": [root(authority)], "revocation_mode": "hard-fail"}
    )
    (signature,) = reader.embedded_signatures
    # Nobody is asked any more: all that is needed lies in the file.
    status = validate_pdf_signature(
        signature, proof, proof, key_usage_settings=pades.SIGNS
    )
    assert status.bottom_line
    assert status.modification_level == ModificationLevel.LTA_UPDATES
    assert "Signature is Valid." in pdfsig(document, tmp_path)
    with (
        pikepdf.open(BytesIO(card.read_page())) as page,
        pikepdf.open(BytesIO(document)) as pdf,
    ):
        assert len(pdf.Root.DSS.CRLs) == 1
        assert pdf.Root.Metadata.read_raw_bytes() == (
            page.Root.Metadata.read_raw_bytes()
        )


def says_the_same(clock):
    """A server that gives everybody the token it gave the first one."""
    given = []

    def page(posted):
        given.append(tells_time(clock)(posted))
        return given[0]

    page(tsp.TimeStampReq({"version": 1, "message_imprint": OTHER}).dump())
    return page


def says_anything(clock):
    """A server that signs the time of other bytes than it was asked for."""

    def page(posted):
        question = tsp.TimeStampReq.load(posted)
        question["message_imprint"] = OTHER
        return tells_time(clock)(question.dump(force=True))

    return page


@pytest.mark.parametrize(
    "answer", ["nothing", "nonsense", "the same to all", "for other bytes"]
)
def test_a_card_waits_for_a_timestamp_server_that_does_not_do_its_work(
    answer, head, authority, web, settings
):
    settings.TIMESTAMP_URL = f"{web.url}/time"
    web.pages["/time"] = {
        "nothing": None,
        "nonsense": lambda posted: b"<html>Selamat datang</html>",
        "the same to all": says_the_same(authority.clock()),
        "for other bytes": says_anything(authority.clock()),
    }[answer]
    card = authorised(head)

    try_now(card)

    assert (card.finished_at, card.signed_file) == (None, "")
    assert card.finish_problem.startswith("Server penanda waktu tidak menjawab")

    web.pages["/time"] = tells_time(authority.clock())
    try_now(card)

    assert has_its_time_proven(judged(card.read_document(), authority))


def test_a_timestamp_server_that_says_nothing_is_not_waited_for_long(
    head, web, settings, monkeypatch
):
    assert pades.TIMEOUT_SECONDS == 10
    monkeypatch.setattr(pades, "TIMEOUT_SECONDS", 0.3)
    settings.TIMESTAMP_URL = f"{web.url}/time"
    over = threading.Event()
    web.pages["/time"] = lambda posted: over.wait(30) and b""
    card = authorised(head)

    before = timezone.now()
    try_now(card)
    over.set()

    assert timezone.now() - before < timedelta(seconds=10)
    assert card.finish_problem.startswith("Server penanda waktu tidak menjawab")


@pytest.mark.parametrize("state", ["revoked", "unknown", "nonsense"])
def test_a_certificate_that_may_be_revoked_signs_nothing(
    state, authority, web, settings, caplog
):
    settings.TIMESTAMP_URL = f"{web.url}/time"
    web.pages["/time"] = tells_time(authority.clock())
    certificate = authority.issue(revocations=f"{web.url}/list")
    web.pages["/list"] = {
        "revoked": authority.revocations(certificate),
        "unknown": None,
        "nonsense": b"<html>Selamat datang</html>",
    }[state]
    head = with_certificate(
        factories.supervisor(name=NAME), authority.file(certificate)
    )
    card = authorised(head)

    try_now(card)

    assert (card.finished_at, card.signed_file) == (None, "")
    assert "dicabut" in card.finish_problem
    assert NAME not in caplog.text


# A key on a token -----------------------------------------------------------------


@pytest.fixture
def holder(authority, token):
    """A supervisor whose key never leaves the token."""
    token.put("sri", key=authority.leaf_key, certificate=authority.issue())
    token.put("otoritas", certificate=authority.certificate)
    head = factories.supervisor(name=NAME)
    add_certificate(head, credential=certificates.from_token("sri"))
    return head


def test_a_key_on_a_token_signs(holder, authority, tmp_path):
    document = finished(holder).read_document()

    assert "Signature is Valid." in pdfsig(document, tmp_path)
    assert judged(document, authority).bottom_line
    assert b"PRIVATE" not in holder.certificates.get().key_material


def test_the_issuer_on_the_token_goes_with_the_signature(holder, authority):
    (signature,) = PdfFileReader(
        BytesIO(finished(holder).read_document())
    ).embedded_signatures

    assert [c.subject.native for c in signature.other_embedded_certs] == [
        root(authority).subject.native
    ]


def test_another_key_under_the_same_label_signs_nothing(holder, token):
    card = authorised(holder)
    token.wipe()
    token.put("sri", key=rsa.generate_private_key(65537, 2048))

    try_now(card)

    assert card.finished_at is None
    assert "bukan lagi milik sertifikat" in card.finish_problem


def test_a_card_waits_for_a_token_that_lost_its_key(holder, token):
    card = authorised(holder)
    token.wipe()

    try_now(card)

    assert card.finished_at is None
    assert "kunci privat" in card.finish_problem


def test_a_card_waits_for_a_token_that_is_not_connected(holder, settings):
    card = authorised(holder)
    settings.PKCS11_TOKEN = "di-laci"

    try_now(card)

    assert card.finished_at is None
    assert "NoSuchToken" in card.finish_problem


def test_a_wrong_pin_is_tried_once(holder, token, settings):
    """SoftHSM never locks; a chip does, for good, after a few."""
    card = authorised(holder)
    right, settings.PKCS11_PIN = settings.PKCS11_PIN, "000000"
    try_now(card)
    assert "PKCS11_PIN" in card.finish_problem

    # If it were tried again, it would now open the token.
    with token.pin("000000"):
        try_now(card)
    assert card.finished_at is None
    assert "PKCS11_PIN" in card.finish_problem

    settings.PKCS11_PIN = right
    try_now(card)
    assert card.finished_at


# The house ------------------------------------------------------------------------


def test_no_page_waits_for_the_library_that_signs():
    """It takes a second to import, and a token's library runs native code."""
    done = subprocess.run(
        [sys.executable, "-c", WHAT_IS_LOADED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"


WHAT_IS_LOADED = """
import os, sys
os.environ.update(DEBUG="1", DJANGO_SETTINGS_MODULE="ak1portal.settings")
os.environ.setdefault("DATABASE_URL", "postgresql://nobody@127.0.0.1/none")
import django
django.setup()
import ak1portal.urls, services.issuance.chores, services.printing.chores
from services.signing import views
print(sorted({n.split(".")[0] for n in sys.modules} & {"pyhanko", "pkcs11"}))
"""
