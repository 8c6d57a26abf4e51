"""The portal speaks Indonesian: whole, up to date, and in one voice.

When a test here says that the catalogue is stale, collect and compile it with

    DEBUG=1 uv run manage.py makemessages

(ak1portal/management/commands/makemessages.py; it needs GNU gettext), translate what
came in empty in ak1portal/locale/id/LC_MESSAGES/django.po, and run it once more.
"""

import re
import shutil
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.conf import settings as portal
from django.core.management import call_command
from django.utils.formats import date_format, number_format
from django.utils.translation import override

from applicants import codes
from tests.house.source import ROOT, called, calls, modules

PO = Path("ak1portal/locale/id/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def catalogue(path=ROOT / PO) -> polib.POFile:
    return polib.pofile(str(path))


def key(entry) -> tuple:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def words(entry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


# The catalogue -------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs GNU gettext")
def test_the_catalogue_has_every_msgid_of_the_code_and_no_other(
    tmp_path, settings, monkeypatch
):
    for part in ("ak1portal", "applicants", "services", "templates"):
        ignored = shutil.ignore_patterns("__pycache__", "data")
        shutil.copytree(ROOT / part, tmp_path / part, ignore=ignored)
    settings.LOCALE_PATHS = [tmp_path / "ak1portal/locale"]
    monkeypatch.chdir(tmp_path)

    call_command("makemessages", verbosity=0)

    collected = {key(entry) for entry in catalogue(tmp_path / PO)}
    kept = {key(entry) for entry in catalogue()}
    assert {"missing": collected - kept, "unused": kept - collected} == {
        "missing": set(),
        "unused": set(),
    }


def test_every_message_is_translated():
    unfinished = [
        entry.msgid
        for entry in catalogue()
        if entry.fuzzy or entry.obsolete or not all(words(entry))
    ]

    assert unfinished == []


def test_a_translation_fills_in_what_its_msgid_fills_in():
    differing = [
        entry.msgid
        for entry in catalogue()
        for sentence in words(entry)
        if set(PLACEHOLDER.findall(sentence))
        != set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    ]

    assert differing == []


def test_what_is_compiled_is_what_is_written():
    written = {key(e): words(e) for e in catalogue() if e.translated()}

    compiled = polib.mofile(str((ROOT / PO).with_suffix(".mo")))

    assert {key(entry): words(entry) for entry in compiled} == written


def test_the_foreign_messages_are_still_those_of_the_packages():
    theirs = set()
    for package, place in (
        ("django", "conf/locale/en"),
        ("django", "contrib/auth/locale/en"),
        ("allauth", "locale/id"),
    ):
        folder = Path(find_spec(package).origin).parent / place
        theirs |= {entry.msgid for entry in catalogue(folder / "LC_MESSAGES/django.po")}
    (tree,) = (
        tree for _, name, tree in modules() if name.endswith(".foreign_messages")
    )
    named = {call.args[0].value for call in calls(tree) if "gettext" in called(call)}

    assert named - theirs == set()


# The voice -----------------------------------------------------------------------

# What is written instead of what: one word for one thing, on every page.
NOT_OURS = {
    "anda": "Anda",
    "silahkan": "silakan",
    "e-mail": "email",
    "surel": "email",
    "password": "kata sandi",
    "login": "masuk",
    "logout": "keluar",
    "upload": "kirim",
    "submit": "ajukan",
    "antrian": "antrean",
    "aplikasi": "permohonan",
    "pelamar": "pemohon",
    "kadaluarsa": "kedaluwarsa",
    "kadaluwarsa": "kedaluwarsa",
}


def test_one_thing_has_one_word():
    found = [
        (word, entry.msgid)
        for entry in catalogue()
        for sentence in words(entry)
        for word in re.findall(r"[\w-]+", sentence)
        if word in NOT_OURS
    ]

    assert found == []


def test_the_card_prints_the_words_of_the_form():
    with override("id"):
        printed = {
            choices: [str(label) for label in choices.labels]
            for choices in (codes.Sex, codes.Religion, codes.MaritalStatus)
        }
        levels = [str(label) for label in codes.EducationLevel.labels[:5]]

    assert printed == {
        codes.Sex: ["Laki-laki", "Perempuan"],
        codes.Religion: [
            "Islam",
            "Kristen Protestan",
            "Katolik",
            "Hindu",
            "Buddha",
            "Konghucu",
            "Kepercayaan terhadap Tuhan YME",
        ],
        codes.MaritalStatus: ["Belum kawin", "Kawin", "Cerai hidup", "Cerai mati"],
    }
    assert levels == [
        "Tidak tamat SD",
        "SD/MI/Paket A",
        "SMP/MTs/Paket B",
        "SMA/MA/Paket C",
        "SMK/MAK",
    ]


def test_dates_and_numbers_are_written_as_indonesians_write_them():
    with override("id"):
        assert date_format(date(2026, 11, 22), "l, j F Y") == "Minggu, 22 November 2026"
        assert number_format(1234.5, force_grouping=True) == "1.234,5"


def test_both_languages_of_the_portal_can_be_chosen():
    assert portal.LANGUAGE_CODE == "id"
    assert [code for code, _name in portal.LANGUAGES] == ["id", "en"]
