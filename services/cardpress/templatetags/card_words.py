"""Where a card says something about a person: the tags of its templates.

On the screen they print the words. While a form is set (see press) they print a
marker that keeps the place, and note in `slots` what is to stand there: the same page
for everybody, and beside it what is different, in the order of the page.
"""

from django import template
from django.utils.html import format_html, format_html_join

from services.cardpress.slots import MARKER, Moved, Words

register = template.Library()


@register.simple_tag(takes_context=True)
def words(context, text, align="left", goes_on=False):
    """`text`, one line of it; `align` as in the style sheet. See slots.Words."""
    if (slots := context.get("slots")) is None:
        return text
    slots.append(Words(text, align, goes_on))
    return MARKER


@register.simple_tag(takes_context=True)
def boxes(context, text, count, size):
    """`text` letter by letter in a row of `count` boxes of the class `size`."""
    if (slots := context.get("slots")) is None:
        letters, label = [*text], format_html(' role="img" aria-label="{}"', text)
    else:
        slots.append(Words(text, "boxes"))
        letters, label = [MARKER], ""
    letters += [""] * (count - len(letters))
    cells = format_html_join("", "<i>{}</i>", ((letter,) for letter in letters))
    return format_html(
        '<span class="boxes {}"{}>{}</span>', size, label if text else "", cells
    )


@register.simple_tag(takes_context=True)
def padded(context, lines, room, columns=1):
    """`lines`; in a form empty ones too, so that how many there are changes nothing.

    `room` is how many lines there can be. Lines of several columns are tuples.
    """
    if context.get("slots") is None:
        return lines
    empty = "" if columns == 1 else ("",) * columns
    return [*lines, *[empty] * (room - len(lines))]


@register.simple_tag(takes_context=True)
def entries(context, part):
    """The items of a part, each a list of lines: level, words and whether it goes on.

    In a form each line is an item, and there are as many as there is room for.
    """
    items = [
        [(level, line, index > 0) for index, (level, line) in enumerate(entry)]
        for entry in part.entries
    ]
    if context.get("slots") is None:
        return items
    lines = [[line] for item in items for line in item]
    return lines + [[("", "", False)]] * (part.room - len(lines))


@register.simple_tag(takes_context=True)
def moved(context, down):
    """Before what a form has at the top of its box: `down` mm is where it belongs."""
    if (slots := context.get("slots")) is not None:
        slots.append(Moved(down))
    return ""
