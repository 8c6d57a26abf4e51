"""Cards of made-up people for the tests, and how to read them back from the PDF."""

import io
import re
import subprocess
from functools import cache

import numpy
import pypdfium2
from PIL import Image, ImageDraw

from ak1portal.demo import pictures
from services.cardpress import pdf, samples
from services.cardpress.pdf import Sheet

PAPERS = {
    ("A", "330x120"): (330, 120),
    ("A", "A4"): (297, 210),
    ("B", "A4"): (210, 297),
}
# The paper of a layout where a test is about the layout alone.
PAPER = {"A": "330x120", "B": "A4"}


@cache
def photo() -> bytes:
    return pictures.photo(1, "L")


@cache
def logo() -> bytes:
    image = Image.new("RGBA", (120, 150))
    ImageDraw.Draw(image).ellipse((10, 10, 110, 140), fill="#1d5fa8")
    return png(image)


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def sheet(make=samples.typical, *, copy=1, **changes) -> Sheet:
    return Sheet(make(**changes), photo(), logo(), copy)


@cache
def made(kind: str, layout: str, paper: str) -> bytes:
    labels = ["Kesatu", "Kedua", "Ketiga"] if layout == "B" else None
    changes = {"report_labels": labels} if labels else {}
    make = getattr(samples, kind)
    return pdf.card(sheet(make, layout=layout, paper=paper, **changes))


def pages_of(document: bytes) -> list[str]:
    """The words of each page with single spaces, in the order of the content."""
    opened = pypdfium2.PdfDocument(document)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in opened]


def text_of(document: bytes) -> str:
    return " ".join(pages_of(document))


def read_in_lines(document: bytes, page: int) -> str:
    """A page as it is read line by line from left to right, by Poppler."""
    number = str(page + 1)
    command = ["pdftotext", "-layout", "-f", number, "-l", number, "-", "-"]
    shown = subprocess.run(command, input=document, capture_output=True, check=True)
    return shown.stdout.decode()


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def missing(words: list[str], document: bytes) -> list[str]:
    """Which of `words` are not in the document; line ends do not count."""
    everything = squeezed(text_of(document))
    return [word for word in words if squeezed(word) not in everything]


def picture_of(document: bytes, page: int = 0, dpi: int = 300) -> Image.Image:
    opened = pypdfium2.PdfDocument(document)
    return opened[page].render(scale=dpi / 72).to_pil().convert("RGB")


def pictures_of(document: bytes, dpi: int) -> list[numpy.ndarray]:
    """Every page as Poppler shows it, in grey."""
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-"]
    shown = subprocess.run(
        command, input=document, capture_output=True, check=True
    ).stdout
    pages = []
    while shown:
        kind, size, depth, rest = shown.split(b"\n", 3)
        assert (kind, depth) == (b"P5", b"255")
        width, height = map(int, size.split())
        pages.append(
            numpy.frombuffer(rest[: width * height], numpy.uint8)
            .reshape(height, width)
            .astype(int)
        )
        shown = rest[width * height :]
    return pages
