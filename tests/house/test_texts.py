"""Whatever a person reads goes through gettext: no bare text in templates or Python."""

import ast
import re
from html.parser import HTMLParser

import pytest
from django.template.base import Lexer, TokenType

from tests.house.source import ROOT, called, calls, functions, modules

LETTER = re.compile(r"[^\W\d_]")

# Templates -----------------------------------------------------------------------

# The card is an Indonesian form in every language.
CARD = ROOT / "templates/cardpress"
READ_ALOUD = ("alt", "aria-label", "content", "label", "placeholder", "title")
# Names that are the same in both languages, and what only machines read.
NAMES = re.compile(
    r"AK-1|Rp|\{\w+(?::\d)?\}|width=device-width, initial-scale=1|#[0-9a-f]{6}"
)
SILENT = ("comment", "blocktranslate")
CLASSES = ["block", "body_class"]
LITERAL = re.compile(
    r"""(?:\b(?:label|text|title|hint|heading)=|"""
    r"""\|(?:default|default_if_none|yesno|pluralize):)["']([^"']*)["']"""
)


class Bare(HTMLParser):
    """Words of a page that are read or heard; what `lang` marks is a quotation."""

    VOID = ("br", "hr", "img", "input", "link", "meta", "wbr")

    def __init__(self, html):
        super().__init__()
        self.words, self._quoted = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in READ_ALOUD:
                self.handle_data(value or "")
        if tag not in self.VOID:
            # The name of a key is the same in every language.
            self._quoted.append(tag == "kbd" or bool(dict(attrs).get("lang")))

    def handle_endtag(self, tag):
        if tag not in self.VOID and self._quoted:
            self._quoted.pop()

    def handle_data(self, data):
        left = NAMES.sub("", data).strip()
        if LETTER.search(left) and not any(self._quoted):
            self.words.append(left)


def bare_words(source: str) -> list[str]:
    """What stands in a template outside translate tags, variables and comments."""
    shown, found, inside = "", [], ""
    for token in Lexer(source).tokenize():
        tag = token.contents.split() if token.token_type == TokenType.BLOCK else []
        if not inside and tag and (tag[0] in SILENT or tag == CLASSES):
            inside = tag[0]
        elif inside and tag and tag[0] == f"end{inside}":
            inside = ""
        elif token.token_type == TokenType.TEXT and not inside:
            shown += token.contents
        elif token.token_type != TokenType.COMMENT and not inside:
            found += filter(LETTER.search, LITERAL.findall(token.contents))
    return found + Bare(shown).words


def test_templates_say_nothing_outside_gettext():
    found = {
        str(path.relative_to(ROOT)): words
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if CARD not in path.parents and (words := bare_words(path.read_text()))
    }

    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "<p>Selamat datang</p>",
        '<p>{% translate "Welcome" %} di sini</p>',
        '<img alt="Foto Anda">',
        '{% include "x.html" with label="Simpan" %}',
        '{{ name|default:"belum ada" }}',
    ],
)
def test_a_bare_word_in_a_template_is_found(source):
    assert len(bare_words(source)) == 1


# Python --------------------------------------------------------------------------

READ_KEYWORDS = {
    "label",
    "help_text",
    "verbose_name",
    "verbose_name_plural",
    "empty_label",
    "message",
}
# Which argument of these is read by a person.
READ_ARGUMENTS = {
    "Refused": 0,
    "ValidationError": 0,
    "add_error": 1,
    "success": 1,
    "info": 1,
    "warning": 1,
    "error": 1,
}
# Their labels are the words of a form or of a clock, the same in both languages.
FORM_WORDS = {"ReportLabels", "TimeZone"}


def is_text(node) -> bool:
    """A sentence or a word written where it stands, rather than through gettext."""
    value = getattr(node, "value", None)
    if isinstance(node, ast.JoinedStr):
        return any(is_text(part) for part in node.values)
    return isinstance(value, str) and bool(re.search(r"[^\W\d_]{2}", value))


def bare_texts(tree: ast.Module):
    """Texts for people that do not go through gettext, by line."""
    for call in calls(tree):
        for keyword in call.keywords:
            if keyword.arg in READ_KEYWORDS:
                yield keyword.value
            if keyword.arg == "error_messages" and isinstance(keyword.value, ast.Dict):
                yield from keyword.value.values
        position = READ_ARGUMENTS.get(called(call))
        if position is not None and "log" not in ast.unparse(call.func):
            yield from call.args[position : position + 1]
    for function in functions(tree):
        if function.name.startswith("bars_"):
            yield from (
                n.value for n in ast.walk(function) if isinstance(n, ast.Return)
            )
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name not in FORM_WORDS:
            yield from _labels(node)


def _labels(node: ast.ClassDef):
    """The second half of each choice of a TextChoices."""
    if any("TextChoices" in ast.unparse(base) for base in node.bases):
        for line in node.body:
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
                yield line.value.elts[1]


def test_python_says_nothing_to_people_outside_gettext():
    found = [
        f"{name}:{node.lineno} {ast.unparse(node)}"
        for _path, name, tree in modules()
        for node in bare_texts(tree)
        if is_text(node)
    ]

    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "raise Refused('Kartu belum disahkan.')",
        "messages.success(request, f'Tersimpan: {kind}')",
        "forms.CharField(label='Nama')",
        "forms.CharField(error_messages={'required': 'Isi nama Anda.'})",
        "def bars_start(card):\n    return 'Sudah ada kartu.'",
        "class Sex(models.TextChoices):\n    MALE = 'L', 'Laki-laki'",
    ],
)
def test_a_bare_text_in_python_is_found(source):
    assert [is_text(node) for node in bare_texts(ast.parse(source))].count(True) == 1
