"""The source of the portal, read as a tree: for tests about the house itself."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Each app may import those before it, never one after it.
APPS = (
    "services.cardpress",
    "applicants",
    "services.office",
    "services.signing",
    "services.issuance",
    "services.printing",
    "services.verification",
    "services.review",
    "services.registry",
    "services.hall",
    "services.desk",
)


@cache
def modules() -> list[tuple[Path, str, ast.Module]]:
    """(path, dotted name, tree) of every module of the portal, without migrations."""
    found = []
    for top in ("ak1portal", "applicants", "services"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found.append((path, name, ast.parse(path.read_text())))
    return found


def app_of(name: str) -> str | None:
    """The app that a module belongs to; None for ak1portal."""
    return next((a for a in APPS if name == a or name.startswith(f"{a}.")), None)


def imported(tree: ast.Module) -> list[str]:
    """Every module that is imported, and every `module.name` that is taken from one."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def calls(node: ast.AST) -> list[ast.Call]:
    return [child for child in ast.walk(node) if isinstance(child, ast.Call)]


def called(call: ast.Call) -> str:
    """The last word of what is called: "move" for `application.move(…)`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return getattr(function, "id", "")
