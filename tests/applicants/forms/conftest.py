import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are read in English, as they stand in the code."""
    with translation.override("en"):
        yield
