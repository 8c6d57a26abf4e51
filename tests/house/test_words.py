"""The first sentence of a docstring says what the thing is, takes and gives."""

import ast

from tests.house.source import functions, modules


def test_a_rule_says_first_what_it_answers():
    rules = [
        (f"{name}.{function.name}", ast.get_docstring(function) or "")
        for _path, name, tree in modules()
        for function in functions(tree)
        if function.name.startswith("bars_")
        and name.rsplit(".")[-1].startswith("rules")
    ]

    assert len(rules) > 70
    assert [name for name, words in rules if not words.startswith("Why ")] == []


def test_who_a_view_is_for_says_so_first():
    words = [
        ast.get_docstring(function) or ""
        for _path, name, tree in modules()
        if name == "ak1portal.audience"
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        and function.name.startswith(("for_", "public"))
    ]

    assert len(words) == 10
    assert all(each.startswith("Decorator: ") for each in words)


def test_every_module_says_what_it_is():
    assert [
        name
        for path, name, tree in modules()
        if path.name not in ("__init__.py", "apps.py")
        and not path.name.startswith("urls")
        and not ast.get_docstring(tree)
    ] == []
