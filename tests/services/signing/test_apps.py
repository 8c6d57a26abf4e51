import pytest

from services.signing.apps import timestamp_url_is_one, token_can_be_used

LIBRARY = "libpango-1.0.so.0"


@pytest.mark.parametrize(
    ("module", "label", "pin", "said"),
    [
        ("", "", "", None),
        (LIBRARY, "ak1", "1234", None),
        ("", "ak1", "1234", "belong together"),
        (LIBRARY, "", "1234", "belong together"),
        (LIBRARY, "ak1", "", "belong together"),
        ("/no/such/module.so", "ak1", "1234", "cannot"),
    ],
)
def test_a_token_is_set_up_as_a_whole_or_not_at_all(module, label, pin, said, settings):
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = module, label
    settings.PKCS11_PIN = pin

    errors = token_can_be_used(None)

    assert [said in error.msg for error in errors] == ([True] if said else [])


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("", 0),
        ("http://tsa.contoh.test", 0),
        ("https://a:b@tsa.contoh.test/tsr", 0),
        ("tsa.contoh.test", 1),
        ("ldap://tsa.contoh.test", 1),
    ],
)
def test_the_address_of_the_timestamp_server_is_one(url, count, settings):
    settings.TIMESTAMP_URL = url

    assert len(timestamp_url_is_one(None)) == count
