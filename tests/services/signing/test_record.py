"""The signed record in the QR: what it holds, what it refuses, how large it is."""

import base64
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from services.cardpress import pdf, pictures
from services.issuance import contents
from services.signing import record
from services.signing.record import NotARecordError, Record
from tests import factories

OLD = "1:ZGV2ZWxvcG1lbnQtb25seS1jYXJkLWtleS0wMDAwMDE="
NEW = "2:ZGV2ZWxvcG1lbnQtb25seS1jYXJkLWtleS0wMDAwMDI="
TYPICAL = Record(
    region="3301",
    number="3301 000001 221126",
    revision=1,
    issued_on=date(2026, 11, 22),
    expires_on=date(2028, 11, 22),
    name="SITI CONTOH RAHAYU",
)
LONG_HOST = "https://ak1.disnaker.kabcontohan.go.id"
LARGEST_VERSION = 8
# The side of the printed code, without its quiet zone (card.css: .qr).
QR_MILLIMETRES = 30.6 - 2 * 2.3
SMALLEST_MODULE = 0.396

letters = st.text(st.sampled_from(record.LETTERS), min_size=1, max_size=40)
days = st.dates(date(2020, 1, 1), date(2199, 6, 5))
records = st.builds(
    Record,
    region=st.integers(1101, 9999).map(str),
    number=letters.map(record.folded).filter(bool),
    revision=st.integers(1, 255),
    issued_on=days,
    expires_on=days,
    name=letters.map(record.folded),
)


def raw(code):
    return base64.b32decode(code + "=" * (-len(code) % 8))


def as_code(raw):
    return base64.b32encode(raw).decode().rstrip("=")


# What it holds -------------------------------------------------------------------


@given(records)
def test_what_is_written_is_read(written):
    read = record.read(record.write(written))

    assert replace(read, name="") == replace(written, name="")
    if read.name.endswith("…"):
        kept = read.name.removesuffix("…")
        assert written.name.startswith(kept)
        assert len(kept) < len(written.name)
    else:
        assert read.name == written.name


@given(records)
def test_a_record_is_never_larger_than_its_room(written):
    assert len(raw(record.write(written))) <= record.MAX_BYTES <= 110


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("A" * 24, "A" * 24),
        ("A" * 25, "A" * 24 + "…"),
        ("A" * 23 + " " + "B", "A" * 23 + "…"),
    ],
)
def test_a_name_that_finds_no_room_says_so(name, kept):
    assert record.read(record.write(replace(TYPICAL, name=name))).name == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Siti Rahayu", "SITI RAHAYU"),
        ("José Ñuñez", "JOSE NUNEZ"),
        ("Ma’ruf  H.", "MARUF H."),
        ("Øyvind Groß-Łęcki", "OYVIND GROSS-LECKI"),
        ("dtk–ak1/0001", "DTK-AK1/0001"),
    ],
)
def test_words_are_folded_to_the_letters_of_a_record(written, kept):
    assert record.folded(written) == kept


@given(st.text(max_size=30))
def test_whatever_is_folded_stays_folded(words):
    once = record.folded(words)

    assert record.folded(once) == once
    assert set(once) <= set(record.LETTERS)


@pytest.mark.django_db
def test_two_people_who_differ_in_their_nik_alone_have_the_same_record():
    """Nothing in it comes from a NIK: the number, the name and the days are all."""
    card = factories.card()
    person = card.application.applicant

    code = record.write(
        Record(
            region=card.office.region_code,
            number=card.number,
            revision=card.revision,
            issued_on=card.issued_on,
            expires_on=card.expires_on,
            name=card.holder_name,
        )
    )

    assert card.code == code
    said = str(record.read(code))
    for secret in (person.nik, person.nik[6:], str(person.birth_date)):
        assert secret not in said


# What it refuses -----------------------------------------------------------------


def test_a_single_changed_bit_anywhere_is_refused():
    whole = raw(record.write(TYPICAL))
    accepted = []
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            record.read(as_code(bytes(changed)))
        except NotARecordError:
            continue
        accepted.append(bit)

    assert accepted == []


@pytest.mark.parametrize("count", [1, 2, 8, 100])
def test_a_code_that_was_cut_short_or_went_on_is_refused(count):
    code = record.write(TYPICAL)

    for damaged in (code[:-count], code[count:], code + "A" * count):
        with pytest.raises(NotARecordError):
            record.read(damaged)


@given(st.text(max_size=200))
def test_anything_else_is_refused_with_the_same_error(text):
    with pytest.raises(NotARecordError):
        record.read(text)


def test_small_letters_say_the_same_and_strange_ones_nothing():
    # In Python ı is a small I, and in a link it is nothing of the kind.
    code = next(
        code
        for revision in range(1, 200)
        if "I" in (code := record.write(replace(TYPICAL, revision=revision)))
    )

    assert record.read(code.lower()) == record.read(code)
    with pytest.raises(NotARecordError):
        record.read(code.replace("I", "ı"))


def test_one_record_has_one_code():
    """Base32 leaves spare bits at the end; only empty ones are accepted."""
    written = next(
        code
        for name in ("A", "A" * 4, "A" * 7)
        if len(raw(code := record.write(replace(TYPICAL, name=name)))) % 5
    )
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    twin = written[:-1] + alphabet[alphabet.index(written[-1]) + 1]
    assert raw(twin) == raw(written)

    with pytest.raises(NotARecordError):
        record.read(twin)


def test_a_signature_with_the_group_order_added_is_refused():
    """RFC 8032: S must be below L, or one record would have two signatures."""
    order = 2**252 + 27742317777372353535851937790883648493
    whole = raw(record.write(TYPICAL))
    s = int.from_bytes(whole[-32:], "little") + order

    with pytest.raises(NotARecordError):
        record.read(as_code(whole[:-32] + s.to_bytes(32, "little")))


def test_what_is_signed_for_another_purpose_cannot_pass_as_a_record():
    facts = raw(record.write(TYPICAL))[: -record.SIGNATURE_BYTES]

    with pytest.raises(ValueError, match="begins with a letter"):
        record.sign(facts)


# Keys ----------------------------------------------------------------------------


def test_a_card_of_the_old_key_stays_good_beside_a_new_one(settings):
    settings.CARD_KEYS = OLD
    old = record.write(TYPICAL)
    settings.CARD_KEYS = f"{NEW},{OLD}"
    new = record.write(TYPICAL)

    assert (raw(old)[1], raw(new)[1]) == (1, 2)
    assert record.read(old) == record.read(new) == TYPICAL
    assert list(record.public_keys()) == [2, 1]


def test_a_key_that_was_taken_away_signs_for_nothing_any_more(settings):
    settings.CARD_KEYS = OLD
    old = record.write(TYPICAL)
    settings.CARD_KEYS = NEW

    with pytest.raises(NotARecordError):
        record.read(old)


# In the QR -----------------------------------------------------------------------


@pytest.mark.parametrize("number", ["3301 000001 221126", "DTK-AK1/" + "01234567" * 4])
@pytest.mark.parametrize("name", ["SITI", "W" * 100])
def test_the_largest_record_behind_a_long_host_fits_a_qr_of_version_8(
    settings, number, name
):
    settings.PUBLIC_URL = LONG_HOST
    assert len(LONG_HOST.removeprefix("https://")) == 30
    url = contents.check_url(record.write(replace(TYPICAL, number=number, name=name)))

    picture = Image.open(BytesIO(pdf.qr_png(url)))
    modules = picture.width // pdf.PIXELS_PER_MODULE

    assert (modules - 17) // 4 <= LARGEST_VERSION
    assert QR_MILLIMETRES >= 22
    assert QR_MILLIMETRES / modules >= SMALLEST_MODULE


def test_no_record_of_a_thousand_needs_a_larger_qr(settings):
    settings.PUBLIC_URL = LONG_HOST
    sizes = set()
    for day in range(1000):
        issued = TYPICAL.issued_on + timedelta(days=day)
        url = contents.check_url(
            record.write(replace(TYPICAL, issued_on=issued, name="W" * 24))
        )
        sizes.add(pictures.coded(url).version)

    assert sizes == {LARGEST_VERSION}


def test_the_link_stays_in_the_letters_that_every_phone_follows(settings):
    """Some phones do not follow a host in capitals, though it would be a smaller QR."""
    settings.PUBLIC_URL = "https://ak1.contoh.go.id"
    code = record.write(TYPICAL)

    assert contents.check_url(code) == f"https://ak1.contoh.go.id/periksa/{code}/"
