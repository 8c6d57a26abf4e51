import pytest

from applicants.forms import AddressForm
from applicants.models import Region
from tests import factories
from tests.applicants.forms.told import told

pytestmark = pytest.mark.django_db


ADDRESS = {
    "street": "Jl. Melati No. 3",
    "rt": "001",
    "rw": "2",
    "province": "33",
    "regency": "3301",
    "district": "330101",
    "village": factories.CILACAP_VILLAGE,
    "postal_code": "53263",
}


def address(**answers) -> AddressForm:
    return AddressForm({**ADDRESS, **answers})


def test_an_address_keeps_the_village_and_no_other_level():
    form = address()

    assert form.is_valid()
    assert form.cleaned_data == {
        "street": "Jl. Melati No. 3",
        "rt": "001",
        "rw": "2",
        "village": Region.objects.get(pk=factories.CILACAP_VILLAGE),
        "postal_code": "53263",
    }


def test_rt_rw_and_postal_code_may_be_left_out():
    assert address(rt="", rw="", postal_code="").is_valid()


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"village": ""}, {"village": ["Choose your village."]}),
        ({"village": "3372012001"}, {"village": ["Choose your village."]}),
        ({"village": "x"}, {"village": ["Choose your village."]}),
        (
            {"district": "330102"},
            {"village": ["Choose your village."]},
        ),
        (
            {"district": "337201"},
            {
                "district": ["Choose your district."],
                "village": ["Choose your village."],
            },
        ),
        (
            {"regency": "3201"},
            {
                "regency": ["Choose your regency or city."],
                "district": ["Choose your district."],
                "village": ["Choose your village."],
            },
        ),
        (
            {"province": "3301"},
            {
                "province": ["Choose your province."],
                "regency": ["Choose your regency or city."],
                "district": ["Choose your district."],
                "village": ["Choose your village."],
            },
        ),
        ({"street": ""}, {"street": ["Give your street or hamlet."]}),
        ({"rt": "1a"}, {"rt": ["RT: up to three digits."]}),
        (
            {"rw": "٣"},
            {
                "rw": [
                    "RW: up to three digits.",
                    "Write this on one line, with Latin letters, digits and signs.",
                ]
            },
        ),
        ({"postal_code": "5326"}, {"postal_code": ["Postal code: five digits."]}),
    ],
)
def test_an_address_outside_its_chain_is_refused_level_by_level(answers, errors):
    assert told(address(**answers)) == errors


def test_each_list_offers_what_lies_in_the_choice_above():
    form = AddressForm(initial={"province": "33", "regency": "3301"})

    offered = {
        level: form.fields[level].queryset.count() for level in AddressForm.LEVELS
    }

    assert offered["province"] == 38
    assert offered["regency"] == 35
    assert offered["district"] > 0
    assert offered["village"] == 0
    assert all(
        region.pk.startswith("3301") for region in form.fields["district"].queryset
    )


def test_an_address_of_before_is_shown_again():
    person = factories.applicant()

    assert AddressForm.answers(person) == {
        "street": "Jl. Melati No. 3",
        "rt": "001",
        "rw": "002",
        "postal_code": "",
        "province": "33",
        "regency": "3301",
        "district": "330101",
        "village": factories.CILACAP_VILLAGE,
    }
    assert "province" not in AddressForm.answers(factories.bare_applicant())


def test_a_street_on_two_lines_is_refused():
    form = AddressForm({"street": "Jl. Melati\r\nNo. 3"})

    assert [e.code for e in form.errors.as_data()["street"]] == ["one_line"]
