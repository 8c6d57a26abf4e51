"""What stands in the database and on the disk opens with our keys, in its own place."""

import base64
import errno
import os

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from ak1portal.disk import DiskRefused
from ak1portal.sealed import (
    NONCE_BYTES,
    Unreadable,
    blind_index,
    seal,
    unseal,
)

NIK = b"3301015505900001"
OLD_KEY = base64.b64encode(b"o" * 32).decode()
NEW_KEY = base64.b64encode(b"n" * 32).decode()


def on_disk(name) -> bytes:
    with open(default_storage.path(name), "rb") as file:
        return file.read()


def put_on_disk(name, data: bytes) -> None:
    with open(default_storage.path(name), "wb") as file:
        file.write(data)


def read(name) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_was_sealed_opens_in_its_own_context(plain, context):
    assert unseal(seal(plain, context), context) == plain


def test_a_row_of_the_database_opens_too():
    assert unseal(memoryview(seal(NIK, "row|1")), "row|1") == NIK


def test_another_context_refuses():
    sealed = seal(NIK, "applicant.nik|1")

    with pytest.raises(Unreadable):
        unseal(sealed, "applicant.nik|2")


def test_every_flipped_byte_refuses():
    sealed = seal(NIK, "row|1")
    opened = []

    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        try:
            opened.append(unseal(bytes(changed), "row|1"))
        except Unreadable:
            continue

    assert opened == []


def test_every_shortened_value_refuses():
    sealed = seal(NIK, "row|1")
    opened = []

    for length in range(len(sealed)):
        try:
            opened.append(unseal(sealed[:length], "row|1"))
        except Unreadable:
            continue

    assert opened == []


def test_a_key_that_we_do_not_have_refuses(settings):
    settings.DATA_KEYS = f"7:{OLD_KEY}"
    sealed = seal(NIK, "row|1")
    settings.DATA_KEYS = f"8:{OLD_KEY}"

    with pytest.raises(Unreadable, match="row"):
        unseal(sealed, "row|1")


def test_a_refusal_names_the_place_and_never_the_content():
    sealed = seal(NIK, "row|1")

    with pytest.raises(Unreadable) as caught:
        unseal(sealed[:-1], "row|1")

    assert str(caught.value) == "row|1"
    assert caught.value.__suppress_context__


def test_nothing_of_the_plain_bytes_is_in_the_sealed_ones():
    assert NIK not in seal(NIK, "row|1")


def test_the_same_bytes_are_never_sealed_alike():
    sealed = [seal(NIK, "row|1") for _time in range(100)]

    assert len({one[1 : 1 + NONCE_BYTES] for one in sealed}) == 100
    assert len({one[1 + NONCE_BYTES :] for one in sealed}) == 100


def test_the_first_key_seals_and_the_second_still_opens(settings):
    settings.DATA_KEYS = f"1:{OLD_KEY}"
    old = seal(NIK, "row|1")
    settings.DATA_KEYS = f"2:{NEW_KEY}, 1:{OLD_KEY}"
    new = seal(NIK, "row|1")

    assert (old[0], new[0]) == (1, 2)
    assert [unseal(one, "row|1") for one in (old, new)] == [NIK, NIK]


def test_once_the_old_key_is_taken_away_only_the_new_values_open(settings):
    settings.DATA_KEYS = f"1:{OLD_KEY}"
    old = seal(NIK, "row|1")
    settings.DATA_KEYS = f"2:{NEW_KEY}"

    assert unseal(seal(NIK, "row|1"), "row|1") == NIK
    with pytest.raises(Unreadable):
        unseal(old, "row|1")


@pytest.mark.parametrize(
    "keys",
    [
        OLD_KEY,
        f"a:{OLD_KEY}",
        f"0:{OLD_KEY}",
        f"256:{OLD_KEY}",
        "1:short",
        "1:" + base64.b64encode(b"x" * 31).decode(),
        "1:not base64 at all!",
        f"1:{OLD_KEY},",
    ],
)
def test_keys_that_are_none_are_named_as_the_mistake(settings, keys):
    settings.DATA_KEYS = keys

    with pytest.raises(ImproperlyConfigured, match="DATA_KEYS"):
        seal(NIK, "row|1")


def test_a_blind_index_is_equal_where_values_are():
    assert blind_index("3301", "nik") == blind_index("3301", "nik")
    assert blind_index("3301", "nik") != blind_index("3302", "nik")
    assert len(blind_index("3301", "nik")) == 32


def test_a_blind_index_serves_one_purpose():
    assert blind_index("3301", "nik") != blind_index("3301", "phone")


def test_a_blind_index_needs_the_key(settings):
    before = blind_index("3301", "nik")
    settings.INDEX_KEY = OLD_KEY

    assert blind_index("3301", "nik") != before


def test_an_index_key_that_is_none_is_named_as_the_mistake(settings):
    settings.INDEX_KEY = "1234"

    with pytest.raises(ImproperlyConfigured, match="INDEX_KEY"):
        blind_index("3301", "nik")


def test_a_file_comes_back_as_it_was_and_lies_sealed_on_the_disk():
    plain = b"\xff\xd8\xff" + NIK * 100

    name = default_storage.write("documents/one.jpg", plain)

    assert read(name) == plain
    assert NIK not in on_disk(name)
    assert b"\xff\xd8\xff" not in on_disk(name)


def test_a_file_that_was_partly_read_is_saved_whole():
    content = ContentFile(b"0123456789")
    content.read(4)

    name = default_storage.save("documents/one.jpg", content)

    assert read(name) == b"0123456789"


def test_a_second_file_of_that_name_gets_a_name_of_its_own():
    first = default_storage.write("documents/one.jpg", b"first")
    second = default_storage.write("documents/one.jpg", b"second")

    assert first != second
    assert [read(first), read(second)] == [b"first", b"second"]


def test_swapped_files_refuse():
    first = default_storage.write("documents/first.jpg", b"first")
    second = default_storage.write("documents/second.jpg", b"second")
    one, other = on_disk(first), on_disk(second)

    put_on_disk(first, other)
    put_on_disk(second, one)

    for name in (first, second):
        with pytest.raises(Unreadable):
            read(name)


@pytest.mark.parametrize("left", [0, 1, 5, 13, 20])
def test_a_file_that_was_cut_short_refuses(left):
    name = default_storage.write("documents/one.jpg", b"whole")
    put_on_disk(name, on_disk(name)[:left])

    with pytest.raises(Unreadable, match=name):
        read(name)


def test_a_missing_file_refuses():
    with pytest.raises(Unreadable, match="documents/never.jpg"):
        read("documents/never.jpg")


def test_a_save_leaves_nothing_beside_the_file():
    default_storage.write("documents/one.jpg", b"one")

    assert default_storage.listdir("documents") == ([], ["one.jpg"])


def test_the_folder_of_files_is_closed_to_others():
    default_storage.write("documents/one.jpg", b"one")

    assert os.stat(default_storage.path("documents")).st_mode & 0o077 == 0


def test_a_sealed_file_has_no_address():
    name = default_storage.write("documents/one.jpg", b"one")

    with pytest.raises(NotImplementedError):
        default_storage.url(name)


def test_a_full_disk_leaves_no_half_file(monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(DiskRefused, match="ENOSPC"):
        default_storage.write("documents/one.jpg", b"one")

    assert default_storage.listdir("documents") == ([], [])
