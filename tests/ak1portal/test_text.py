"""Copied text loses its invisible guests; two spellings of a name are one."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ak1portal.text import name_key, tidy
from applicants.models import Applicant
from tests import factories


@pytest.mark.parametrize(
    ("copied", "meant"),
    [
        ("0812\u20113456\u20117890", "0812-3456-7890"),
        ("Siti\u200b Contoh\u200e", "Siti Contoh"),
        ("\ufeffSiti\u00a0Contoh", "Siti Contoh"),
        ("Siti\u202fContoh\u3000", "Siti Contoh "),
        ("3301０１５７", "33010157"),
        ("ｓｉｔｉ＠ｃｏｎｔｏｈ．ｔｅｓｔ", "siti@contoh.test"),
        ("Budi\u202eidarG\u202c", "BudiidarG"),
        ("Con\u00adtoh", "Contoh"),
        ("Mu\u0308ller", "Müller"),
        ("Jl. Contoh\u2028No. 1", "Jl. Contoh\nNo. 1"),
        ("O’Neil – 1.234,5 ½ m²", "O’Neil – 1.234,5 ½ m²"),
    ],
)
def test_text_is_read_as_it_was_meant(copied, meant):
    assert tidy(copied) == meant


@given(st.text())
def test_tidied_twice_it_is_the_same(text):
    assert tidy(tidy(text)) == tidy(text)


SAME = [
    ("Ma'ruf", "Maruf", "Ma’ruf", "MA`RUF"),
    ("Sa'id", "Said", "Saʻid"),
    ("'Ufairah Contoh", "Ufairah  Contoh"),
    ("Anne-Marie", "Anne Marie", "anne – marie"),
    ("Müller", "Muller"),
    ("Siti Contoh, S.Pd.", "siti contoh S Pd"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_have_one_key(names):
    assert len({name_key(name) for name in names}) == 1


def test_other_names_have_another():
    assert len({name_key(name) for name in ("Said", "Sayid", "Siti", "Siti A")}) == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [*(name for names in SAME for name in names), "ÀÇÉÎÕÙÝ Š", "I.G.N. Rai"]
)
def test_the_database_makes_the_same_key(name):
    person = factories.bare_applicant()
    Applicant.objects.filter(pk=person.pk).update(name=name)

    assert Applicant.objects.get(pk=person.pk).name_key == name_key(name)


@pytest.mark.django_db
def test_the_search_of_a_name_uses_its_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM applicants_applicant"
            " WHERE to_tsvector('simple', COALESCE(name_key, ''))"
            " @@ to_tsquery('simple', 'maruf:*')"
        )
        plan = " ".join(line for (line,) in cursor.fetchall())

    assert "applicant_words" in plan
