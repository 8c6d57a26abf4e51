from datetime import date
from html.parser import HTMLParser
from uuid import UUID

import pytest
import time_machine
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from ak1portal.forms import (
    DigitsInput,
    KeyedForm,
    MeasureField,
    PhoneField,
    PortalForm,
    PortalModelForm,
    RupiahField,
    SplitDateField,
    YearField,
)
from services.office.models import Office

KEY = "5f1c1f0e-6f0c-4b63-a1a7-0d5c6f3b8a11"


class PersonForm(PortalForm):
    name = forms.CharField(label="Name", help_text="As on the KTP.")
    born = SplitDateField(label="Born", autocomplete="bday")
    sex = forms.ChoiceField(
        label="Sex", choices=[("L", "Male"), ("P", "Female")], widget=forms.RadioSelect
    )
    phone = PhoneField(label="Telephone", required=False)
    agrees = forms.BooleanField(label="All of this is true")


class SearchForm(PortalForm):
    optional_is_obvious = True

    q = forms.CharField(label="Name", required=False)


class GroupedForm(KeyedForm):
    street = forms.CharField(label="Street")
    year = YearField(label="Year")

    def layout(self):
        return Layout(Fieldset("Address", "street"))


class KeyedOfficeForm(KeyedForm, PortalModelForm):
    class Meta:
        model = Office
        fields = ["name"]


class Tags(HTMLParser):
    """The start tags of a page, in order, as (name, attributes)."""

    def __init__(self, html):
        super().__init__()
        self.all = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))

    def one(self, **wanted):
        found = [attrs for _tag, attrs in self.all if wanted.items() <= attrs.items()]
        assert len(found) == 1, f"{wanted}: {found}"
        return found[0]


def shown(form, **context):
    return render_to_string(
        "components/_form.html",
        {"form": form, "label": "Save", "url": "", "cancel": "", "look": "", **context},
    )


def why_not(field, value):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.error_list[0].code


# Dates -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["17", "8", "2001"], date(2001, 8, 17)),
        ([" 01 ", "01", "1999"], date(1999, 1, 1)),
        (["29", "2", "2004"], date(2004, 2, 29)),
    ],
)
def test_a_date_is_read_from_its_three_boxes(written, meant):
    assert SplitDateField().clean(written) == meant


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (["", "", ""], "required"),
        ([None, None, None], "required"),
        (["17", "", "2001"], "incomplete"),
        (["31", "2", "2001"], "invalid"),
        (["29", "2", "2001"], "invalid"),
        (["17", "13", "2001"], "invalid"),
        (["17", "8", "0000"], "invalid"),
        (["17", "Bulan", "2001"], "invalid"),
        (["١٧", "8", "2001"], "invalid"),
        (["-1", "8", "2001"], "invalid"),
        (["17", "8", "01"], "short_year"),
    ],
)
def test_a_date_that_does_not_exist_gets_one_error(written, code):
    assert why_not(SplitDateField(), written) == code


def test_a_date_that_need_not_be_given_is_none():
    assert SplitDateField(required=False).clean(["", "", ""]) is None


def test_a_date_not_understood_is_shown_again_as_it_was_typed():
    form = PersonForm({"born_day": "31", "born_month": "feb", "born_year": "2001"})

    tags = Tags(shown(form))

    assert [tags.one(name=f"born_{part}")["value"] for part in ("day", "month")] == [
        "31",
        "feb",
    ]


def test_a_stored_date_fills_its_three_boxes():
    tags = Tags(shown(PersonForm(initial={"born": date(2001, 8, 17)})))

    values = [
        tags.one(name=f"born_{part}")["value"] for part in ("day", "month", "year")
    ]
    assert values == ["17", "8", "2001"]


def test_the_three_boxes_have_labels_and_a_birthday_fills_itself_in():
    html = shown(PersonForm())

    tags = Tags(html)
    for number, part in enumerate(("day", "month", "year")):
        box = tags.one(name=f"born_{part}")
        assert box["id"] == f"id_born_{number}"
        assert box["autocomplete"] == f"bday-{part}"
        assert tags.one(**{"for": box["id"]})


def test_an_unchanged_date_is_not_a_change():
    field = SplitDateField()

    assert not field.has_changed(date(2001, 8, 17), ["17", "08", "2001"])
    assert field.has_changed(date(2001, 8, 17), ["18", "8", "2001"])


# Telephone -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "081234567890",
        "0812-3456-7890",
        " 0812 3456 7890 ",
        "6281234567890",
        "62 812 3456 7890",
        "+62 812-3456-7890",
        "(0812) 34567890",
    ],
)
def test_a_telephone_number_is_read_however_it_is_written(written):
    assert PhoneField().clean(written) == "+6281234567890"


def test_a_landline_with_the_country_code_but_no_plus_is_not_read_as_a_local_number():
    # 0622 is an area code too; nobody drops its zero.
    assert PhoneField().clean("62 21 3901234") == "+62213901234"


def test_a_landline_and_a_number_from_abroad_are_telephone_numbers():
    assert PhoneField().clean("(0282) 533123") == "+62282533123"
    assert PhoneField().clean("+60 12-345 6789") == "+60123456789"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "required"),
        ("0812", "invalid"),
        ("081234567890123", "invalid"),
        ("+999 1234", "invalid"),
        ("0800-AK-SATU", "invalid"),
        ("tidak ada", "invalid"),
    ],
)
def test_what_is_no_telephone_number_is_refused(written, code):
    assert why_not(PhoneField(), written) == code


def test_a_telephone_number_that_need_not_be_given_is_empty():
    assert PhoneField(required=False).clean("") == ""


def test_a_stored_number_is_shown_as_it_is_spoken():
    assert PhoneField().prepare_value("+6281234567890") == "0812-3456-7890"


def test_a_number_not_understood_is_shown_again_as_it_was_typed():
    tags = Tags(shown(PersonForm({"phone": "62 0812 x"})))

    assert tags.one(name="phone")["value"] == "62 0812 x"


# Years and amounts -----------------------------------------------------------------


@time_machine.travel("2026-12-31 17:01:00+00:00")
def test_a_year_is_four_digits_and_not_in_the_future():
    # New Year has come to Indonesia and not yet to Greenwich.
    field = YearField()

    assert field.clean("2027") == 2027
    assert field.clean(" 1940 ") == 1940
    assert why_not(field, "2028") == "future"
    assert why_not(field, "1939") == "invalid"
    assert why_not(field, "19") == "invalid"
    assert why_not(field, "dua ribu") == "invalid"
    assert why_not(field, "") == "required"
    assert YearField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2500000", 2_500_000),
        ("2.500.000", 2_500_000),
        ("Rp 2.500.000", 2_500_000),
        ("rp2.500.000,00", 2_500_000),
        ("Rp. 2.500.000,-", 2_500_000),
        ("0", 0),
    ],
)
def test_an_amount_is_read_however_it_is_written(written, meant):
    assert RupiahField().clean(written) == meant


@pytest.mark.parametrize(
    "written", ["2.5", "2,500,000", "-1", "2 dollar", "25.00.000", "Rp", "2.500.000,50"]
)
def test_an_amount_that_could_mean_two_things_is_refused(written):
    assert why_not(RupiahField(), written) == "invalid"


def test_an_amount_larger_than_its_column_is_refused():
    assert RupiahField().clean("2147483647") == 2_147_483_647
    assert why_not(RupiahField(), "2147483648") == "max_value"


def test_a_stored_amount_is_shown_in_groups_and_a_typed_one_as_it_was():
    assert RupiahField().prepare_value(2_500_000) == "2.500.000"
    assert RupiahField().prepare_value("2,5 juta") == "2,5 juta"
    assert RupiahField(required=False).clean("") is None


# The page --------------------------------------------------------------------------


def test_every_error_is_linked_to_the_box_it_is_about():
    tags = Tags(shown(PersonForm({})))

    linked = [a["href"] for tag, a in tags.all if tag == "a"]
    assert linked == ["#id_name", "#id_born_0", "#id_sex_0", "#id_agrees"]
    for href in linked:
        assert tags.one(id=href[1:])
    summary = tags.one(role="alert")
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary


def test_the_summary_says_an_error_in_the_words_beside_the_box():
    form = PersonForm({"born_day": "31", "born_month": "2", "born_year": "2001"})

    assert shown(form).count(form.errors["born"][0]) == 2


def test_hint_and_error_belong_to_their_input():
    box = Tags(shown(PersonForm({}))).one(name="name")

    assert box["aria-describedby"] == "id_name_helptext id_name_error"
    assert box["aria-invalid"] == "true"


def test_hint_and_error_of_a_group_belong_to_the_group():
    tags = Tags(shown(PersonForm({})))

    groups = [a for tag, a in tags.all if tag == "fieldset"]
    assert [group["aria-describedby"] for group in groups] == [
        "id_born_error",
        "id_sex_error",
    ]


def test_label_hint_error_and_input_stand_in_that_order():
    html = shown(PersonForm({}))

    places = [
        html.index(part)
        for part in (
            'for="id_name"',
            'id="id_name_helptext"',
            'id="id_name_error"',
            'name="name"',
        )
    ]
    assert places == sorted(places)


def test_only_what_may_stay_empty_is_called_optional():
    assert shown(PersonForm()).count('class="optional"') == 1
    assert shown(SearchForm()).count('class="optional"') == 0


def test_the_browser_checks_nothing_by_itself():
    html = shown(PersonForm())

    assert "novalidate" in html
    assert "required" not in html


def test_a_form_without_errors_has_no_summary():
    assert 'role="alert"' not in shown(PersonForm())


def test_a_file_is_sent_as_a_file():
    class PaperForm(PortalForm):
        file = forms.FileField(label="Photo")

    assert 'enctype="multipart/form-data"' in shown(PaperForm())
    assert "enctype" not in shown(PersonForm())


def test_groups_have_a_heading_and_a_forgotten_field_is_still_asked():
    html = shown(GroupedForm())

    assert "<legend>Address</legend>" in html
    tags = Tags(html)
    assert tags.one(name="street")
    assert tags.one(name="year")
    assert tags.one(name="key")["type"] == "hidden"


def test_grouped_errors_stand_above_the_groups():
    html = shown(GroupedForm({"key": KEY}))

    assert html.index('role="alert"') < html.index("<legend>Address</legend>")


def test_a_digits_box_has_room_for_pasted_spaces():
    assert DigitsInput(16).attrs["maxlength"] == 32
    assert DigitsInput(16, {"size": 20}).attrs["size"] == 20


# The key ---------------------------------------------------------------------------


def test_every_page_shown_has_its_own_key():
    keys = {Tags(shown(GroupedForm())).one(name="key")["value"] for _page in range(2)}

    assert len(keys) == 2
    assert all(UUID(key).version == 4 for key in keys)


def test_the_key_stays_the_same_when_the_form_comes_back():
    form = GroupedForm({"key": KEY, "street": ""})

    assert Tags(shown(form)).one(name="key")["value"] == KEY


@pytest.mark.parametrize("key", ["", "not-a-key"])
def test_a_form_without_its_key_says_what_to_do(key):
    html = shown(GroupedForm({"key": key, "street": "Jl. Contoh", "year": "2019"}))

    assert html.count("<li>") == 1
    assert 'href="#id_key"' not in html


def test_a_form_of_a_model_can_carry_a_key():
    form = KeyedOfficeForm({"key": KEY, "name": "DINAS CONTOH"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"key": UUID(KEY), "name": "DINAS CONTOH"}


# As people write it -----------------------------------------------------------------


class Told(PortalForm):
    phone = PhoneField(required=False)
    wage = RupiahField(required=False)
    height = MeasureField(unit="cm", required=False)
    weight = MeasureField(unit="kg", required=False)
    day = SplitDateField(required=False)


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        ("phone", "08591915781114", "+628591915781114"),
        ("phone", "0812\u20113456\u20117890", "+6281234567890"),
        ("phone", "+62 859-1915-781114", "+628591915781114"),
        ("phone", "0812–3456–7890", "+6281234567890"),
        ("phone", "０８１２３４５６７８９０", "+6281234567890"),
        ("phone", "0282 534567", "+62282534567"),
        ("wage", "2,5 juta", 2_500_000),
        ("wage", "2.5 jt", 2_500_000),
        ("wage", "3 juta", 3_000_000),
        ("wage", "Rp 2.500.000,-", 2_500_000),
        ("wage", "850 ribu", 850_000),
        ("wage", "2500000", 2_500_000),
        ("height", "165 cm", 165),
        ("height", "165,5", 166),
        ("height", "1,65 m", 165),
        ("height", "165cm.", 165),
        ("height", "165", 165),
        ("weight", "55 kg", 55),
        ("weight", "54.5", 55),
    ],
)
def test_what_is_unambiguous_is_taken(field, written, meant):
    form = Told({field: written})

    assert form.is_valid(), form.errors
    assert form.cleaned_data[field] == meant


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("phone", "0859191578111400"),
        ("phone", "0812345"),
        ("phone", "+1 8591915781114"),
        ("wage", "2,5"),
        ("wage", "UMR"),
        ("wage", "2-3 juta"),
        ("wage", "1.234 juta"),
        ("height", "165 kg"),
        ("height", "5 kaki"),
        ("weight", "55 m"),
        ("weight", "lima puluh"),
    ],
)
def test_what_could_mean_two_things_is_asked_again(field, written):
    form = Told({field: written})

    assert list(form.errors) == [field]
    assert form[field].value() == written


@pytest.mark.parametrize(
    "month", ["5", "05", "Mei", "mei", "MEI.", "May", " Mei\u00a0"]
)
def test_a_month_may_be_a_word(month):
    form = Told({"day_day": "1", "day_month": month, "day_year": "1998"})

    assert form.is_valid()
    assert form.cleaned_data["day"] == date(1998, 5, 1)


@pytest.mark.parametrize("month", ["Me", "bulan", "13"])
def test_a_month_that_is_none_is_asked_again(month):
    assert not Told({"day_day": "1", "day_month": month, "day_year": "1998"}).is_valid()
