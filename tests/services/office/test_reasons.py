import pytest
from django.utils.translation import override

from services.issuance.items import ITEM_TITLES
from services.office import reasons
from services.office.models import Reason
from tests import factories


def test_the_items_are_those_of_a_case():
    assert {key: reasons.ITEMS[key] for key in ITEM_TITLES} == ITEM_TITLES
    assert set(reasons.ITEMS) - set(ITEM_TITLES) == {""}


def test_every_part_of_a_case_has_a_reason_to_begin_with():
    assert {item for item, _label, _sentence in reasons.STARTING} == set(reasons.ITEMS)


@pytest.mark.parametrize("reason", reasons.STARTING, ids=lambda reason: reason[1])
def test_every_reason_to_begin_with_fits_its_columns(reason):
    item, label, sentence = reason
    Reason(item=item, label=label, sentence=sentence).clean_fields(exclude=["office"])
    assert sentence.endswith(".")


@pytest.mark.django_db
def test_an_office_begins_with_reasons():
    begun = (
        factories.office()
        .reasons.values_list("item", "label", "sentence")
        .order_by("position")
    )

    assert list(begun) == list(reasons.STARTING)


def test_the_line_is_indonesian_whatever_the_reader_has_chosen():
    with override("en"):
        assert reasons.line("kk", "Buram.") == "- Kartu Keluarga (KK): Buram."
        assert reasons.line("", "Buram.") == "- KTP: Buram."
