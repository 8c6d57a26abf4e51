"""The AK-1 as a PDF, for one card or a batch, and the same page for the screen.

Everything a card shows is handed in: nothing is looked up or fetched while it is set.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string

from services.cardpress import layout_folded, layout_form, pictures, press
from services.cardpress.batch import assemble
from services.cardpress.blank import STAND_INS, Blank, stand_in
from services.cardpress.fit import DoesNotFitError
from services.cardpress.ink import PLAIN, WIDE
from services.cardpress.pictures import BrokenPictureError, Picture

DOCUMENT = "cardpress/sheet.html"
LAYOUTS = {"A": layout_folded.sides, "B": layout_form.sides}
TITLE = "Kartu AK I"
PIXELS_PER_MODULE = 4


class UnprintableError(ValueError):
    """A card cannot be printed as it is; the message says which part and why."""


@dataclass(frozen=True)
class Sheet:
    """One card, ready to print: its frozen contents and its pictures."""

    printed: dict
    photo: bytes | None
    logo: bytes | None
    copy: int = 1


def card(sheet: Sheet) -> bytes:
    """The card as a file of its own: PDF/A-3a, and PDF/UA-1.

    The same sheet gives the same bytes. Raises UnprintableError when a picture is
    broken, a text does not fit, or a letter is none that the typeface has.
    """
    letters = _letters(sheet.printed)
    images = _images(sheet)
    slots = []
    html = _document(
        sheet,
        slots=slots,
        # Every form has its ground; a card on yellow stock leaves it out.
        yellow=True,
        photo_url="picture:photo" if "photo" in images else "",
        qr_url="picture:qr" if "qr" in images else "",
        logo_url="picture:logo" if sheet.logo else "",
    )
    # The open forms are shared by all threads too.
    with press.ONE_AT_A_TIME:
        return blank(html, sheet.logo).fill(
            slots,
            images,
            title=f"{TITLE} {sheet.printed['number']}".strip(),
            ground=sheet.printed["yellow"],
            wide=not letters <= PLAIN,
        )


def render(sheets: Sequence[Sheet]) -> bytes:
    """One PDF of all `sheets` in their order: a card, or a print job of several.

    Raises UnprintableError for the first that cannot be printed; see `card`.
    """
    if not sheets:
        raise UnprintableError("There is no card to print.")
    if len(sheets) == 1:
        return card(sheets[0])
    out = io.BytesIO()
    assemble(map(card, sheets), out, title=f"{TITLE} ({len(sheets)} kartu)")
    return out.getvalue()


def page(
    sheet: Sheet, *, photo_url: str, logo_url: str, qr_url: str = "", screen=True
) -> str:
    """The same card for the screen; pictures by address, "" leaves a frame.

    For paper instead of the screen, it is the card as it looks when set whole.
    """
    return _document(
        sheet,
        slots=None,
        yellow=sheet.printed["yellow"],
        screen=screen,
        photo_url=photo_url,
        logo_url=logo_url,
        qr_url=qr_url,
    )


def qr_png(url: str) -> bytes:
    """The QR of a card, four pixels a module, without its quiet zone."""
    image = pictures.qr_image(url)
    out = io.BytesIO()
    image.resize([side * PIXELS_PER_MODULE for side in image.size]).save(out, "PNG")
    return out.getvalue()


# Forms beyond these are set again when they are needed.
@lru_cache(maxsize=128)
def blank(html: str, logo: bytes | None) -> Blank:
    """The form that all cards with the same page and logo have in common."""
    images = {f"picture:{name}": stand_in(name) for name in STAND_INS}
    if logo:
        images["picture:logo"] = logo
    return Blank(press.pdf(html, images))


def _document(sheet, *, slots, yellow, screen=False, **addresses) -> str:
    printed = sheet.printed
    try:
        sides = LAYOUTS[printed["layout"]](printed, sheet.copy)
    except DoesNotFitError as error:
        raise UnprintableError(f"Too long for the card: {error}…") from error
    return render_to_string(
        DOCUMENT,
        {
            "title": TITLE,
            "layout": printed["layout"],
            "paper": printed["paper"],
            "yellow": yellow,
            "sides": sides,
            "slots": slots,
            "screen": screen,
            **addresses,
        },
    )


def _images(sheet) -> dict[str, Picture]:
    """The pictures that are different on every card."""
    images = {}
    for part, picture in (("photo", sheet.photo), ("logo", sheet.logo)):
        try:
            if picture and part == "photo":
                images["photo"] = pictures.photo(picture)
            elif picture:
                pictures.check(picture)
        except BrokenPictureError as error:
            raise UnprintableError(f"The {part} {error}.") from error
    if url := sheet.printed["check_url"]:
        images["qr"] = pictures.qr(url)
    return images


def _letters(printed: dict) -> frozenset[str]:
    """All letters on the card; raises UnprintableError for one that we cannot print."""
    found = set()
    for part, value in printed.items():
        letters = set("".join(_texts(value)))
        if strange := letters - WIDE:
            where = part.replace("_", " ")
            raise UnprintableError(
                f"The card cannot print “{min(strange)}”, which is in: {where}."
            )
        found |= letters
    return frozenset(found)


def _texts(value):
    """Every text in the contents of a card, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
