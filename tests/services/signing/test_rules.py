"""Whose certificate it is, and what it may be used for."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from services.office.models import Office, Officer
from services.signing.rules import bars_certificate, bars_owner
from tests.authority import name

NIP = "198001012005012001"
ANOTHER_NIP = "197001011990011002"


def officer(called="Sri Contoh", nip=""):
    return Officer(name=called, nip=nip, office=Office())


def barred(certificate, who=None, days=0):
    now = datetime.now(UTC) + timedelta(days=days)
    return bars_certificate(certificate, who or officer(), now)


# Whose it is ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("Sri Contoh", "Sri Contoh"),
        ("SRI CONTOH", "Sri Contoh, S.Sos., M.M."),
        ("Sri  Contoh, S.Sos.", "Sri Contoh"),
        ("Séri Contoh", "Seri Contoh"),
        ("Drs. Sri Contoh", "Drs Sri Contoh"),
        ("Sri Ma’ruf", "Sri Ma'ruf"),
    ],
)
def test_a_name_counts_by_its_letters_before_the_first_comma(
    written, called, authority
):
    assert bars_owner(authority.issue(written), officer(called)) is None


@pytest.mark.parametrize(
    "written", ["Sri", "Sri Contoh Dua", "Budi Contoh", ", S.Sos."]
)
def test_a_certificate_of_somebody_else_is_refused_with_both_names(written, authority):
    bar = bars_owner(authority.issue(written), officer())

    assert f"“{written}”" in bar
    assert "“Sri Contoh”" in bar


@pytest.mark.parametrize(
    "facts",
    [
        {"subject": name("Sri Lama", SERIAL_NUMBER=NIP)},
        {"subject": name("Sri Lama", SERIAL_NUMBER=f"NIP.{NIP}")},
        {"subject": name("Sri Lama", ORGANIZATIONAL_UNIT_NAME=f"Dinas - {NIP}")},
        {"subject": "Sri Lama", "alternative": [x509.RFC822Name(f"{NIP}@contoh.test")]},
        {
            "subject": "Sri Lama",
            "alternative": [
                x509.DirectoryName(name("Sri", SERIAL_NUMBER=NIP)),
                x509.OtherName(
                    x509.ObjectIdentifier("1.2.3"), b"\x0c\x12" + NIP.encode()
                ),
            ],
        },
    ],
)
def test_the_nip_decides_wherever_it_stands(facts, authority):
    certificate = authority.issue(**facts)

    assert bars_owner(certificate, officer(nip=NIP)) is None
    assert bars_owner(certificate, officer(nip="19800101 200501 2 001")) is None
    assert bars_owner(certificate, officer(nip=ANOTHER_NIP))


@pytest.mark.parametrize("nip", ["", ANOTHER_NIP])
def test_another_nip_is_somebody_else_whatever_the_name(nip, authority):
    certificate = authority.issue(name("Sri Contoh", SERIAL_NUMBER=NIP))

    assert "NIP lain" in bars_owner(certificate, officer(nip=nip))


def test_a_part_of_a_longer_number_is_not_a_nip(authority):
    certificate = authority.issue(name("Sri Lama", SERIAL_NUMBER=f"{NIP}7"))

    assert bars_owner(certificate, officer(nip=NIP))


def test_a_name_counts_where_only_the_office_knows_the_nip(authority):
    assert bars_owner(authority.issue(), officer(nip=NIP)) is None


def test_a_certificate_without_a_name_belongs_to_nobody(authority):
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "ID")])

    assert bars_owner(authority.issue(subject), officer())


# What it may be used for ----------------------------------------------------------


@pytest.mark.parametrize(
    ("usage", "good"),
    [
        (None, True),
        (("digital_signature",), True),
        (("content_commitment",), True),
        (("key_encipherment",), False),
        ((), False),
    ],
)
def test_it_must_allow_signatures_where_it_says_what_it_allows(usage, good, authority):
    bar = barred(authority.issue(usage=usage))

    assert bool(bar) != good


@pytest.mark.parametrize(
    ("days", "said"),
    [(-2, "belum berlaku"), (-0.9, None), (364.9, None), (366, "telah berakhir")],
)
def test_it_must_be_valid_now(days, said, authority):
    bar = barred(authority.issue(), days=days)

    assert (said is None and bar is None) or said in bar


@pytest.mark.parametrize(
    ("kind", "good"),
    [("rsa-1024", False), ("rsa-2048", True), ("p-256", True), ("ed25519", False)],
)
def test_its_key_must_be_one_that_readers_know(kind, good, authority):
    key = {
        "rsa-1024": lambda: rsa.generate_private_key(65537, 1024),
        "rsa-2048": lambda: authority.leaf_key,
        "p-256": lambda: ec.generate_private_key(ec.SECP256R1()),
        "ed25519": ed25519.Ed25519PrivateKey.generate,
    }[kind]()

    assert bool(barred(authority.issue(key=key))) != good
