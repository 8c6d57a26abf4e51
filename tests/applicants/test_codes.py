import pytest
from django.utils import translation

from applicants import codes
from applicants.codes import (
    AK1_MARITAL_STATUS,
    AK1_RELIGION,
    AK1_SEX,
    EDUCATION,
    Ak1Row,
    EducationLevel,
    MaritalStatus,
    Religion,
    Sex,
)
from services.cardpress.layout_form import EDUCATION_ROWS


def test_every_person_has_a_number_to_print_on_the_card():
    assert {sex.value: AK1_SEX[sex] for sex in Sex} == {"L": "1", "P": "2"}
    assert [AK1_MARITAL_STATUS[status] for status in MaritalStatus] == list("2122")
    assert [AK1_RELIGION[religion] for religion in Religion] == list("1324567")


def test_every_level_of_education_has_its_facts():
    assert list(EDUCATION) == list(EducationLevel)


def test_the_levels_are_listed_from_low_to_high():
    ranks = [level.facts.rank for level in EducationLevel]

    assert ranks == sorted(ranks)
    assert set(ranks) == set(range(11))


def test_only_unfinished_primary_school_has_no_row_on_the_card():
    without = [level for level in EducationLevel if level.ak1_row is None]
    rows = [level.ak1_row for level in EducationLevel if level not in without]

    assert without == [EducationLevel.NO_PRIMARY]
    assert set(rows) == set(Ak1Row)


@pytest.mark.parametrize(
    ("level", "ak1_row", "ipk2", "head", "ipk8", "kk"),
    [
        ("tidak_sd", None, "1101", "1000", "11", ("1", "2")),
        ("sd", "SD/sederajat", "1102", "1000", "12", ("3",)),
        ("smp", "SLTP/sederajat", "2000", "2000", "13", ("4",)),
        ("sma", "SLTA/SMK/sederajat", "3001", "3000", "14", ("5",)),
        ("smk", "SLTA/SMK/sederajat", "3000", "3000", "14", ("5",)),
        ("d1", "D.I/II/III/D.IV", "4100", "4000", "15", ("6",)),
        ("akta2", "Akta I/II/III/IV", "4200", "4000", "15", ("6",)),
        ("d3", "D.I/II/III/D.IV", "5000", "5000", "16", ("7",)),
        ("akta3", "Akta I/II/III/IV", "5600", "5000", "16", ("7",)),
        ("d4", "D.I/II/III/D.IV", "6000", "6000", "17", ("8",)),
        ("s1", "S1/S2/S3", "6000", "6000", "17", ("8",)),
        ("s2", "S1/S2/S3", "7000", "7000", "18", ("9",)),
        ("s3", "S1/S2/S3", "7000", "7000", "18", ("10",)),
    ],
)
def test_a_level_counts_in_the_lines_of_the_tables(
    level, ak1_row, ipk2, head, ipk8, kk
):
    facts = EducationLevel(level).facts

    assert EDUCATION_ROWS.get(facts.ak1_row) == ak1_row
    assert (facts.ipk2, facts.ipk2_head, facts.ipk8, facts.kk) == (ipk2, head, ipk8, kk)


def test_every_code_of_the_family_card_leads_to_a_level():
    known = {code for level in EducationLevel for code in level.facts.kk}

    assert known == {str(code) for code in range(1, 11)}


@pytest.mark.parametrize(
    ("level", "lines"),
    [
        ("smp", []),
        ("sma", []),
        ("smk", ["3100", "3200", "3300", "3400", "3500", "3600"]),
        ("d1", []),
        ("d3", ["5100", "5200", "5300", "5400", "5500", "5600"]),
        ("akta3", []),
        ("d4", ["6100", "6200", "6300", "6400", "6500", "6600"]),
        ("s1", ["6100", "6200", "6300", "6400", "6500", "6600"]),
        ("akta4", []),
        ("s3", ["7100", "7200", "7300", "7400", "7500", "7600"]),
    ],
)
def test_fields_are_lines_below_the_head_of_the_level(level, lines):
    assert [line for line, _label in codes.fields_of(level)] == lines


def test_kbji_has_ten_main_groups_and_forty_three_below():
    assert [group.code for group in codes.main_job_groups()] == list("0123456789")
    assert len(codes.job_groups()) == 43
    assert [len(codes.job_groups(str(main))) for main in range(10)] == [
        *(3, 4, 6, 5, 4, 4, 3, 5, 3, 6)
    ]


def test_a_job_group_is_found_by_its_digits():
    assert str(codes.job_group("52")) == "52 Tenaga Penjualan"
    assert codes.job_group("9").title == "Pekerja Kasar"
    assert codes.job_group("77") is None
    assert codes.job_group("") is None


def test_the_choices_name_every_job_group_once_under_its_main_group():
    choices = codes.job_group_choices()
    offered = [code for _title, groups in choices for code, _label in groups]

    assert choices[8] == (
        "Operator dan Perakit Mesin",
        [
            ("81", "Operator Mesin Stasioner dan YBDI"),
            ("82", "Perakit"),
            ("83", "Pengemudi dan Operator Mesin Bergerak"),
        ],
    )
    assert offered == [group.code for group in codes.job_groups()]


def test_a_section_of_kbli_is_known_with_its_version():
    assert "".join(codes.sectors("2020")) == "ABCDEFGHIJKLMNOPQRSTU"
    assert "".join(codes.sectors("2025")) == "ABCDEFGHIJKLMNOPQRSTUV"
    assert str(codes.sectors("2020")["P"]) == "P Pendidikan"
    assert str(codes.sectors("2025")["Q"]) == "Q Pendidikan"


def test_there_is_no_other_version_of_kbli():
    with pytest.raises(ValueError, match="KBLI 2015"):
        codes.sectors("2015")


def test_places_of_work_are_named_in_plain_words():
    with translation.override("en"):
        labels = {value: str(label) for value, label in codes.PlacementKind.choices}

    assert labels == {
        "AKL": "In my own regency or city",
        "AKAD": "Elsewhere in Indonesia",
        "AKAN": "Abroad",
    }


def test_the_form_has_a_row_for_each_and_no_other():
    assert list(EDUCATION_ROWS) == list(Ak1Row)
