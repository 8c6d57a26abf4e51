"""The police letter of a lost card: one picture, whatever was brought."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from applicants.uploads import UploadProblem
from services.printing.letters import clean_letter
from tests import factories

RED, BLUE = b"1 0 0 rg 0 0 600 800 re f", b"0 0 1 rg 0 0 600 800 re f"


def pdf(*pages: bytes) -> SimpleUploadedFile:
    """A page for each drawing, 300 by 400 points."""
    file = io.BytesIO()
    with pikepdf.new() as document:
        for drawing in pages:
            page = document.add_blank_page(page_size=(300, 400))
            page.Contents = document.make_stream(drawing)
        document.save(file)
    return SimpleUploadedFile("surat.pdf", file.getvalue(), "application/pdf")


def opened(jpeg) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def test_a_photo_of_the_letter_stays_one_picture():
    photo = factories.picture(600, 400)

    letter = clean_letter(SimpleUploadedFile("surat.jpg", photo, "image/jpeg"))

    assert opened(letter).size == (600, 400)


def test_the_back_of_a_letter_stands_below_its_front():
    whole = opened(clean_letter(pdf(RED, BLUE))).convert("RGB")
    front = opened(clean_letter(pdf(RED)))

    width, height = front.size
    assert whole.size == (width, 2 * height)
    above = whole.getpixel((width // 2, height // 2))
    below = whole.getpixel((width // 2, height + height // 2))
    assert above[0] > 200 > above[2]
    assert below[2] > 200 > below[0]


def test_three_pages_are_no_letter():
    with pytest.raises(UploadProblem, match="2"):
        clean_letter(pdf(RED, BLUE, RED))
