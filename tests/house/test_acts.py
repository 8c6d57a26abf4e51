"""Who may write a status, and that every act holds what it changes."""

import ast

from tests.house.source import called, calls, functions, modules

ACTIONS = [
    (name, tree)
    for _path, name, tree in modules()
    if name.rpartition(".")[2].startswith("actions")
]
# What an act is that its caller has already locked for it says so in its docstring.
LOCKED_BY_CALLER = "that its caller has locked"


def test_a_status_is_written_only_in_move():
    writers = []
    for _path, name, tree in modules():
        for function in functions(tree):
            for node in ast.walk(function):
                targets = node.targets if isinstance(node, ast.Assign) else []
                if any(
                    isinstance(target, ast.Attribute) and target.attr == "status"
                    for target in targets
                ):
                    writers.append(f"{name}.{function.name}")
                if isinstance(node, ast.Call) and called(node) == "update":
                    writers += [
                        f"{name}.{function.name}"
                        for keyword in node.keywords
                        if keyword.arg == "status"
                    ]
    assert writers == [
        "services.hall.models.move",
        "services.issuance.models.application.move",
    ]


def test_move_is_called_by_actions_only():
    assert [
        name
        for _path, name, tree in modules()
        if not name.rpartition(".")[2].startswith("actions")
        for call in calls(tree)
        if called(call) == "move"
    ] == []


def test_every_move_is_made_behind_a_lock():
    """The row is held before it is judged: `lock()` or a locking query comes first."""
    unlocked = []
    for name, tree in ACTIONS:
        for function in functions(tree):
            names = [called(call) for call in _in_order(function)]
            if LOCKED_BY_CALLER in (ast.get_docstring(function) or ""):
                continue
            if "move" in names and not (
                {"lock", "select_for_update"} & set(names[: names.index("move")])
            ):
                unlocked.append(f"{name}.{function.name}")
    assert unlocked == []


def test_rules_are_asked_after_the_lock():
    early = []
    for name, tree in ACTIONS:
        for function in functions(tree):
            names = [called(call) for call in _in_order(function)]
            asks_and_locks = {"lock", "refuse_if"} <= set(names)
            if asks_and_locks and names.index("refuse_if") < names.index("lock"):
                early.append(f"{name}.{function.name}")
    assert early == []


def test_every_public_act_is_one_transaction():
    """Or it writes nothing itself, and calls one that is."""
    open_acts = []
    for name, tree in ACTIONS:
        for function in tree.body:
            if not isinstance(function, ast.FunctionDef):
                continue
            if function.name.startswith("_"):
                continue
            decorators = [ast.unparse(d) for d in function.decorator_list]
            words = [called(call) for call in _in_order(function)]
            writes = {"save", "create", "move", "delete", "bulk_create"} & set(words)
            documented = LOCKED_BY_CALLER in (ast.get_docstring(function) or "")
            if writes and "transaction.atomic" not in decorators and not documented:
                open_acts.append(f"{name}.{function.name}")
    assert open_acts == []


def _in_order(function):
    return sorted(calls(function), key=lambda call: (call.lineno, call.col_offset))
