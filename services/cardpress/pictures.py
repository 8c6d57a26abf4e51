"""The photo and the QR of a card, as the pictures that stand in its PDF."""

import io
import zlib
from dataclasses import dataclass

import qrcode
from PIL import Image

# Every reader knows all eight masks. Drawing all of them to take the prettiest costs
# more than the rest of a card.
MASK = 4
# 49 modules on 26 mm are 0.53 mm each; cameras want 0.396 mm and more.
LARGEST_VERSION = 8
COLOURS = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}


class BrokenPictureError(ValueError):
    """A picture that cannot be printed as it is."""


@dataclass(frozen=True)
class Picture:
    """A picture as a PDF holds it: `data` in the coding that `filter` names."""

    data: bytes
    filter: str
    size: tuple[int, int]
    colour: str
    bits: int


def photo(jpeg: bytes) -> Picture:
    """The photo as it is; raises BrokenPictureError unless it is a JPEG of 3 to 4."""
    kind, mode, (width, height) = check(jpeg)
    if kind != "JPEG" or mode not in COLOURS or width * 4 != height * 3:
        raise BrokenPictureError("not a JPEG of 3 to 4")
    return Picture(jpeg, "/DCTDecode", (width, height), COLOURS[mode], 8)


def check(picture: bytes) -> tuple[str, str, tuple[int, int]]:
    """Decode the whole picture: format, mode and size. Raises BrokenPictureError.

    A PDF would hold a broken one in silence.
    """
    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as image:
            facts = image.format, image.mode, image.size
            # A JPEG is read to its end all the same, at an eighth of the size.
            image.draft("L", (75, 100))
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BrokenPictureError("cannot be read") from error
    return facts  # type: ignore[return-value]


def qr(url: str) -> Picture:
    """The QR of `url`, one pixel a module; see `qr_image`."""
    image = qr_image(url)
    return Picture(
        zlib.compress(image.tobytes()), "/FlateDecode", image.size, COLOURS["L"], 1
    )


def qr_image(url: str) -> Image.Image:
    """A QR of `url`, one pixel a module, black on white, without its quiet zone.

    Digits, capitals and other letters go into segments of their own, which keeps the
    modules large. Error level M where that stays at version 8; L for a longer address.
    """
    code = coded(url)
    code.make(fit=False)
    size = code.modules_count
    dots = bytes(0 if dark else 255 for row in code.modules for dark in row)
    return Image.frombytes("L", (size, size), dots).convert("1")


def coded(url: str) -> qrcode.QRCode:
    """The code of `url` before it is drawn: its `version` says how large it will be."""
    code = _fitted(url, qrcode.ERROR_CORRECT_M)
    if code.version > LARGEST_VERSION:
        code = _fitted(url, qrcode.ERROR_CORRECT_L)
    return code


def _fitted(url: str, level: int) -> qrcode.QRCode:
    code = qrcode.QRCode(error_correction=level, border=0, mask_pattern=MASK)
    code.add_data(url, optimize=8)
    code.best_fit(start=1)
    return code
