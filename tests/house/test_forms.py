"""Every form reads its answers as they were meant, also one of tomorrow."""

from importlib import import_module

from allauth.account import app_settings
from django.forms import BaseForm
from django.urls import get_resolver

from ak1portal.forms import Tidied
from applicants.forms import SignInForm
from services.desk.forms import LookForm
from tests.house.source import modules


def forms():
    for _path, name, _tree in modules():
        if "forms" in name or name.endswith("filters"):
            for each in vars(import_module(name)).values():
                if isinstance(each, type) and issubclass(each, BaseForm):
                    yield each


def of_ours(each) -> bool:
    return each.__module__.startswith(("ak1portal", "applicants", "services"))


def test_every_form_is_tidied():
    found = {each for each in forms() if of_ours(each)}

    assert len(found) > 40
    assert [each.__name__ for each in found if not issubclass(each, Tidied)] == []


def test_so_is_every_form_of_signing_in():
    """allauth takes ours where it can, and its pages of codes are ours."""
    ours = {name for name, path in app_settings.FORMS.items()}
    pages = [
        pattern.callback.view_class
        for pattern in _patterns(get_resolver())
        if hasattr(pattern.callback, "view_class")
        and hasattr(pattern.callback.view_class, "form_class")
    ]
    assert ours >= {"login", "signup", "reset_password", "reset_password_from_key"}
    assert ours >= {"change_password", "set_password", "add_email", "reauthenticate"}
    codes = [
        pattern.callback.view_initkwargs.get("form_class")
        for pattern in _patterns(get_resolver())
        if "code" in getattr(pattern, "name", "") or "kode" in str(pattern.pattern)
        if hasattr(pattern.callback, "view_initkwargs")
    ]
    assert pages
    assert codes
    assert all(issubclass(form, Tidied) for form in codes)


def _patterns(resolver):
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            yield from _patterns(each)
        else:
            yield each


def test_a_search_and_a_sign_in_are_read_as_they_were_meant():
    look = LookForm({"words": "Siti\u200b\u00a0Contoh"})
    assert look.is_valid()
    assert look.cleaned_data["words"] == "Siti Contoh"

    door = SignInForm(
        {"login": "\u200bsiti@contoh.test\u00a0", "password": "kunci\u200b\u00a0１"}
    )
    assert door.data["login"] == "siti@contoh.test "
    assert door.data["password"] == "kunci\u200b\u00a0１"
