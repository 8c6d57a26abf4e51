from collections import Counter

from tests.house.source import APPS, app_of, imported, modules

# Inside an app, each kind of module may import those before it.
STAIRS = (
    ("workflow", "terms", "nik", "codes", "numbering", "regions", "decoder", "uploads"),
    ("record", "hours", "pades", "pkcs11_keys"),
    ("models",),
    ("reasons", "texts"),
    ("journal", "rules_cards", "items", "contents", "validity", "people"),
    ("certificates", "signers", "signing"),
    (
        "rules",
        "answers",
        "search",
        "ledger",
        "lists",
        "needs",
        "earlier",
        "lookup",
        "withdrawn",
    ),
    ("filters", "letters"),
    ("channels", "links"),
    ("notices", "timeline", "checks"),
    ("actions",),
    ("register",),
    ("actions_clock", "actions_employers", "actions_register"),
    ("actions_cards", "actions_decide"),
    ("actions_hours", "actions_words", "concerns"),
    ("actions_printers", "actions_stock", "actions_settings"),
    ("forms", "forms_register", "sheet"),
    ("forms_hours", "forms_settings", "forms_words"),
    ("slots", "tags", "pictures", "fit"),
    ("ink", "templatetags"),
    ("cut", "press"),
    ("blank", "batch"),
    ("forms_card", "forms_printer", "forms_stock"),
    ("sides", "layout_folded", "layout_form"),
    ("pdf", "samples"),
    ("drawing", "calibration"),
    ("chores",),
    ("views", "views_account", "views_cards"),
    (
        "views_entries",
        "views_documents",
        "views_case",
        "views_decide",
        "views_queue",
        "views_letters",
    ),
    ("views_people", "views_papers"),
    ("views_claim", "views_diplomas"),
    ("views_offline", "views_search", "views_reports", "views_staff"),
    ("views_desk", "views_public", "views_register"),
    ("views_hours", "views_settings", "views_words"),
    ("views_runs",),
    ("views_card", "views_printers", "views_stock"),
    ("views_screen",),
    ("urls", "urls_desk", "urls_staff"),
)
STEP = {name: step for step, names in enumerate(STAIRS) for name in names}
# A room that one head can hold.
MOST_LINES = 4000
# Beside the wiring, in rooms of their own.
APART = ("ak1portal.demo.", "ak1portal.benches.", "ak1portal.management.")
# ak1portal is wiring: these parts of it know no app, and every app may import them.
SHARED = (
    "audience",
    "devices",
    "disk",
    "forms",
    "mail",
    "paging",
    "pictures",
    "sweeping",
    "tables",
    "text",
    "refusals",
    "sealed",
    "throttle",
    "tokens",
)


def test_apps_import_only_what_comes_before_them():
    assert [
        f"{name} imports {target}"
        for path, name, tree in modules()
        if app_of(name)
        for target in imported(tree)
        for later in APPS[APPS.index(app_of(name)) + 1 :]
        if target.startswith(later)
    ] == []


def test_modules_of_an_app_import_only_down_the_stairs():
    wrong = []
    for _path, name, tree in modules():
        app = app_of(name)
        own = name.removeprefix(f"{app}.").split(".")[0]
        for target in imported(tree):
            if not app or not target.startswith(f"{app}."):
                continue
            used = target.removeprefix(f"{app}.").split(".")[0]
            if STEP.get(used, -1) > STEP.get(own, len(STAIRS)):
                wrong.append(f"{name} imports {target}")
    assert wrong == []


def test_every_module_of_an_app_has_its_step():
    assert [
        name
        for _path, name, _tree in modules()
        if app_of(name)
        and name.removeprefix(f"{app_of(name)}.") != app_of(name)
        and "." not in (own := name.removeprefix(f"{app_of(name)}."))
        and own not in ("apps", "__init__", *STEP)
    ] == []


def test_apps_use_only_the_shared_parts_of_the_wiring():
    assert [
        f"{name} imports {target}"
        for _path, name, tree in modules()
        if app_of(name)
        for target in imported(tree)
        if target.startswith("ak1portal.") and target.split(".")[1] not in SHARED
    ] == []


def test_the_shared_parts_import_no_app():
    assert [
        f"{name} imports {target}"
        for _path, name, tree in modules()
        if name.removeprefix("ak1portal.") in SHARED
        for target in imported(tree)
        if target.startswith(APPS)
    ] == []


def test_the_card_press_knows_nothing_of_the_portal():
    """A room that could be a library of its own: it is given words and pictures."""
    assert [
        f"{name} imports {target}"
        for _path, name, tree in modules()
        if app_of(name) == "services.cardpress"
        for target in imported(tree)
        if target.startswith(("ak1portal", "django.db", *APPS[1:]))
    ] == []


def test_the_wiring_knows_no_business():
    """Apart from its demo, its benches, its commands and the list of addresses."""
    knowing = ("demo.", "benches.", "management.", "urls")
    assert [
        f"{name} imports {target}"
        for _path, name, tree in modules()
        if name.startswith("ak1portal.")
        and not name.removeprefix("ak1portal.").startswith(knowing)
        for target in imported(tree)
        if target.startswith((*APPS, "ak1portal.demo.", "ak1portal.benches."))
    ] == []


def test_no_room_is_too_large_to_know():
    lines = Counter()
    for path, name, _tree in modules():
        inner = name.startswith(APART)
        room = app_of(name) or ".".join(name.split(".")[: 1 + inner])
        lines[room] += path.read_text().count("\n")

    assert {room: count for room, count in lines.items() if count > MOST_LINES} == {}


def test_no_module_is_named_for_having_no_home():
    homeless = {
        "utils",
        "helpers",
        "constants",
        "mixins",
        "signals",
        "managers",
        "selectors",
    }

    assert [path.name for path, _n, _t in modules() if path.stem in homeless] == []
