"""What an act, a rule or a model takes and gives is written in its types."""

import ast

from tests.house.source import app_of, modules

KINDS = ("actions", "rules", "terms", "models", "workflow", "validity", "needs")
KINDS += ("ledger", "register", "numbering", "record")


def unannotated(tree):
    """Public functions of a module, and methods of its public classes.

    `**facts` are the columns of a model, and self is what it is; the methods that
    Django itself names are its own.
    """
    django = {"save", "delete", "update", "lock", "get_absolute_url"}
    classes = [n for n in tree.body if isinstance(n, ast.ClassDef)]
    named = [n for n in tree.body if isinstance(n, ast.FunctionDef)]
    for each in classes:
        named += [n for n in each.body if isinstance(n, ast.FunctionDef)]
    for function in named:
        if function.name.startswith("_") or function.name in django:
            continue
        arguments = function.args.posonlyargs + function.args.args
        arguments += function.args.kwonlyargs
        bare = [a.arg for a in arguments if a.arg not in ("self", "cls")]
        bare = [a.arg for a in arguments if a.arg in bare and a.annotation is None]
        if bare or function.returns is None:
            yield function.name, bare, function.returns is None


def test_public_functions_say_what_they_take_and_give():
    missing = {
        name: found
        for _path, name, tree in modules()
        if app_of(name)
        and name.removeprefix(app_of(name)).lstrip(".").split("_")[0].split(".")[0]
        in KINDS
        and (found := list(unannotated(tree)))
    }

    assert missing == {}
