import csv
import lzma
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection

from applicants import nik, regions
from applicants.data import make_regions
from applicants.models import Region


@pytest.fixture(scope="module")
def names():
    return dict(regions.read())


def test_the_list_is_whole(names):
    assert Counter(len(code) for code in names) == {2: 38, 4: 514, 6: 7285, 10: 83762}


def test_codes_are_unique_digits_in_order():
    codes = [code for code, _name in regions.read()]

    assert codes == sorted(set(codes))
    assert all(code.isascii() and code.isdigit() for code in codes)


def test_every_region_lies_in_one_that_is_listed(names):
    homeless = [
        code for code in names if len(code) > 2 and regions.parent(code) not in names
    ]

    assert homeless == []


def test_the_provinces_are_those_that_a_nik_may_begin_with(names):
    today = {code: names[code] for code in names if len(code) == 2}

    assert {**today, "54": "Timor Timur"} == nik.PROVINCES


def test_cilacap_and_surakarta_are_as_the_ministry_counts_them(names):
    districts_of_cilacap = _below(names, "3301", 6)
    villages_of_cilacap = _below(names, "3301", 10)
    villages_of_surakarta = _below(names, "3372", 10)

    assert names["3301"] == "Kabupaten Cilacap"
    assert len(districts_of_cilacap) == 24
    assert len(villages_of_cilacap) == 284
    assert names["3372"] == "Kota Surakarta"
    assert sorted(_below(names, "3372", 6)) == [
        "Banjarsari",
        "Jebres",
        "Laweyan",
        "Pasar Kliwon",
        "Serengan",
    ]
    assert len(villages_of_surakarta) == 54


def test_every_regency_says_what_it_is(names):
    kinds = Counter(names[code].split()[0] for code in names if len(code) == 4)

    assert kinds == {"Kabupaten": 416, "Kota": 98}


def test_no_name_has_a_stray_capital_space_or_sign(names):
    assert [name for name in names.values() if _looks_wrong(name)] == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Kapur IX", "Kapur IX"),
        ("Lawe Petanduk-II", "Lawe Petanduk-II"),
        ("UPT Aih Selah", "UPT Aih Selah"),
        ("Pangkajene dan Kepulauan", "Pangkajene dan Kepulauan"),
        ("2 x 11 Anam Lingkuang", "2 x 11 Anam Lingkuang"),
        ("P.O. Manduamas", "P.O. Manduamas"),
        ("Pa' Padi", "Pa' Padi"),
        ("O'o'u", "O'o'u"),
        ("Grong-grong", "Grong-grong"),
        ('Ra"as', "Ra'as"),
        ("Regapu’u", "Regapu'u"),
        ("KI'E", "Ki'e"),
        ('T"Singa', "T'singa"),
        ("Bua ' Tarrung", "Bua' Tarrung"),
        ("AFD.II Rantauprapat", "Afd. II Rantauprapat"),
        ("Lubuk Pakam I,II", "Lubuk Pakam I, II"),
        ("Konda/ Kondaga", "Konda/Kondaga"),
        ("Selok Awar - Awar", "Selok Awar-Awar"),
        ("TanjungTebat", "Tanjung Tebat"),
        ("PenanaE", "Penanae"),
        ("Timang gajah", "Timang Gajah"),
        ("candirejo", "Candirejo"),
        ("Teuw*", "Teuw"),
        ("Losung Batu.", "Losung Batu"),
    ],
)
def test_names_are_put_right_on_the_way_in(source, name):
    assert make_regions.neat(source) == name


def test_the_table_is_made_from_an_unpacked_package(tmp_path):
    package = _package(
        tmp_path,
        provinces=[("31", "Daerah Khusus Ibukota Jakarta")],
        regencies=[("31.01", "Kabupaten Administrasi Kepulauan Seribu")],
        districts=[("31.01.01", "Kepulauan Seribu utara")],
        villages=[("31.01.01.1001", "Pulau I,II")],
    )
    table = tmp_path / "regions.csv.xz"

    count = make_regions.write(package, table)

    assert count == 4
    assert lzma.decompress(table.read_bytes()).decode().splitlines() == [
        "31,DKI Jakarta",
        "3101,Kabupaten Administrasi Kepulauan Seribu",
        "310101,Kepulauan Seribu Utara",
        '3101011001,"Pulau I, II"',
    ]


def test_an_address_is_walked_upwards():
    assert regions.parent("3301012001") == "330101"
    assert regions.parent("330101") == "3301"
    assert regions.parent("3301") == "33"
    assert regions.parent("33") == ""
    assert regions.lineage("3301012001") == ["33", "3301", "330101", "3301012001"]
    assert regions.lineage("3301") == ["33", "3301"]


@pytest.mark.django_db
def test_children_are_the_level_below_by_name():
    villages = [region.code for region in regions.children("337201")]

    assert [region.name for region in regions.children("3372")] == [
        "Banjarsari",
        "Jebres",
        "Laweyan",
        "Pasar Kliwon",
        "Serengan",
    ]
    assert regions.children("").count() == 38
    assert regions.children("33").count() == 35
    assert {code[:6] for code in villages} == {"337201"}
    assert regions.children(villages[0]).count() == 0


@pytest.mark.django_db
def test_the_database_has_the_shipped_list(names):
    assert dict(Region.objects.values_list("code", "name")) == names


@pytest.mark.django_db
def test_loading_again_writes_nothing():
    assert regions.load(connection) == 0


@pytest.mark.django_db
def test_loading_writes_what_is_missing_or_renamed_and_takes_nothing_away(capsys):
    Region.objects.filter(code="3301").update(name="Kabupaten Tjilatjap")
    Region.objects.filter(code="3372").delete()
    Region.objects.create(code="5401", name="Kabupaten Dili")

    call_command("load_reference")

    assert Region.objects.get(code="3301").name == "Kabupaten Cilacap"
    assert Region.objects.get(code="3372").name == "Kota Surakarta"
    assert Region.objects.get(code="5401").name == "Kabupaten Dili"
    assert capsys.readouterr().out.startswith("2 region(s) written")


@pytest.mark.django_db
def test_loading_twice_in_one_transaction_is_no_trouble():
    Region.objects.filter(code__startswith="3372").delete()

    assert [regions.load(connection), regions.load(connection)] == [60, 0]


def _below(names, code, digits):
    return [
        name
        for below, name in names.items()
        if below.startswith(code) and len(below) == digits
    ]


def _looks_wrong(name):
    """Whether a word has a capital inside, none in front, or a sign nobody writes."""
    words = [part for part in _split(name) if part not in ("dan", "x")]
    return (
        name != " ".join(name.split())
        or bool(set(name) & set('"’`*'))
        or name.endswith(".")
        or any(word[0].islower() for word in name.split() if word in words)
        or any(not word.isupper() and word[1:] != word[1:].lower() for word in words)
        or any(word.isupper() and len(word) > 5 for word in words)
    )


def _split(name):
    for sign in "-/().,":
        name = name.replace(sign, " ")
    return [word.strip("'") for word in name.split() if word.strip("'")]


def _package(folder, **levels):
    (folder / "data").mkdir()
    for level, rows in levels.items():
        with (folder / "data" / f"{level}.csv").open("w", newline="") as file:
            csv.writer(file).writerows([("code", "name"), *rows])
    return folder
