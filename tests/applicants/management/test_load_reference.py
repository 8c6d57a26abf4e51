import pytest
from django.core.management import call_command

from applicants.models import Region

pytestmark = pytest.mark.django_db


def test_a_second_load_writes_nothing(capsys):
    call_command("load_reference")

    assert capsys.readouterr().out.startswith("0 region(s) written")


def test_a_name_that_was_changed_comes_back(capsys):
    name = Region.objects.get(pk="3301").name
    Region.objects.filter(pk="3301").update(name="Bukan Cilacap")

    call_command("load_reference")

    assert capsys.readouterr().out.startswith("1 region(s) written")
    assert Region.objects.get(pk="3301").name == name
