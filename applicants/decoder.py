"""The program that opens files from strangers: started for one file, then gone.

`applicants.uploads` runs it as `python -I decoder.py <task> <numbers>`. A file comes in
on stdin, clean pictures leave on stdout, nothing is written to disk. Picture and PDF
libraries are written in C and their bugs are found by sending pictures, so whatever a
file does, it does here: without Django, keys or database, with little memory and time.

The answer is one line of JSON, {"pages": [[width, height, bytes], …]} followed by the
pictures one after the other, or {"problem": code, …}. A process that dies without an
answer met its limits.
"""

import io
import json
import resource
import sys
import warnings
from functools import partial

import pypdfium2
from PIL import Image
from PIL.Image import Transpose
from pypdfium2 import raw

MEGABYTE = 1024 * 1024

LIMITS = {
    resource.RLIMIT_AS: 768 * MEGABYTE,
    resource.RLIMIT_CPU: 8,  # seconds
    resource.RLIMIT_NOFILE: 16,
    resource.RLIMIT_NPROC: 0,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}

# A phone's best camera mode makes 50 megapixels; a picture that is larger in pixels
# than in the 10 MB it may weigh is built to hurt.
MAX_PIXELS = 60_000_000
# A diploma and its transcript, both sides. Everything is kept or nothing: an officer
# who sees the first pages only could not know that there were more.
MAX_PDF_PAGES = 8
# A scan holds no more detail than this, and an identity card needs that much.
MAX_PDF_DPI = 300
DOCUMENT_QUALITY = 82
PHOTO_QUALITY = 85

# Smaller than this a face on the card would be a guess.
MIN_CROP_UNIT = 80

PDF_PROBLEMS = {
    raw.FPDF_ERR_PASSWORD: "locked_pdf",
    raw.FPDF_ERR_SECURITY: "locked_pdf",
    # The file is sound, and there is nothing in it.
    raw.FPDF_ERR_SUCCESS: "no_pages",
}

ORIENTATION = 0x0112
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


class Problem(Exception):
    """Why there is no clean picture: a code of `uploads.SENTENCES` and its numbers."""

    def __init__(self, code, **numbers):
        super().__init__(code)
        self.answer = {"problem": code, **numbers}


def decode_picture(data: bytes, side: int) -> list[Image.Image]:
    """The one picture in a JPEG or PNG, upright, no side longer than `side` pixels."""
    return [_shrunk(_opened(data), side)]


def decode_pdf(data: bytes, side: int) -> list[Image.Image]:
    """Every page as it would be printed: scripts and attachments are not printed."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Problem(PDF_PROBLEMS.get(error.err_code, "unreadable")) from None
    if len(pdf) > MAX_PDF_PAGES:
        raise Problem("too_many_pages", found=len(pdf), limit=MAX_PDF_PAGES)
    # Visible signatures, as schools put on e-diplomas, are form fields.
    pdf.init_forms()
    return [_page(page, side) for page in pdf]


def crop(data: bytes, *numbers: int) -> list[Image.Image]:
    """The 3:4 frame nearest to x, y, width, height, printed at width by height."""
    *frame, print_width, print_height = numbers
    picture = _opened(data)
    box = fitted(*frame, *picture.size)
    return [picture.convert("RGB").resize((print_width, print_height), box=box)]


def fitted(x, y, width, height, full_width, full_height) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) inside the picture, exactly 3:4, not too small."""
    largest = min(full_width // 3, full_height // 4)
    unit = min(largest, max(MIN_CROP_UNIT, min(width // 3, height // 4)))
    left = max(0, min(x, full_width - 3 * unit))
    top = max(0, min(y, full_height - 4 * unit))
    return left, top, left + 3 * unit, top + 4 * unit


def _opened(data: bytes) -> Image.Image:
    """An image of which only the head was read; too many pixels are refused here."""
    try:
        return Image.open(io.BytesIO(data), formats=["JPEG", "PNG"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Problem("too_many_pixels") from None


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    if image.mode.startswith("I"):
        image = _eight_bit(image)
    elif image.mode in ("1", "P") or "transparency" in image.info:
        # Palettes and bits cannot be averaged.
        image = image.convert("RGBA")
    image.thumbnail((side, side))
    turn = TURNS.get(_orientation(image))
    return image if turn is None else image.transpose(turn)


def _eight_bit(image: Image.Image) -> Image.Image:
    """16-bit grey; `convert` alone would turn nearly everything into white."""
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _orientation(image: Image.Image) -> int | None:
    """How the camera was held. Old phones and editors write broken EXIF: then None."""
    try:
        return image.getexif().get(ORIENTATION)
    except Exception:
        return None


def _page(page, side: int) -> Image.Image:
    # pdfium rounds up.
    scale = min((side - 1) / max(page.get_size()), MAX_PDF_DPI / 72)
    return page.render(scale=scale).to_pil()


def jpeg(image: Image.Image, quality: int) -> bytes:
    """Pixels on fresh white paper: what the old file said besides them stays behind."""
    paper = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper.paste(image, mask=image)
    else:
        paper.paste(image.convert("RGB"))
    file = io.BytesIO()
    paper.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


def png(image: Image.Image) -> bytes:
    """For a coat of arms: no white box around it on yellow paper."""
    file = io.BytesIO()
    clear = Image.new("RGBA", image.size, (0, 0, 0, 0))
    clear.paste(image.convert("RGBA"))
    clear.save(file, "PNG", optimize=True)
    return file.getvalue()


TASKS = {
    "picture": (decode_picture, partial(jpeg, quality=DOCUMENT_QUALITY)),
    "pdf": (decode_pdf, partial(jpeg, quality=DOCUMENT_QUALITY)),
    "crop": (crop, partial(jpeg, quality=PHOTO_QUALITY)),
    "logo": (decode_picture, png),
}


def answer(task: str, numbers: list[int], data: bytes) -> bytes:
    """What goes to stdout. Raises only MemoryError."""
    # Pillow alone refuses at twice its limit and below that only warns.
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    decode, encode = TASKS[task]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            images = decode(data, *numbers)
            bodies = [encode(image) for image in images]
    except Problem as problem:
        return json.dumps(problem.answer).encode()
    except MemoryError:
        raise
    except Exception:
        # Pillow and pdfium have dozens of ways to say it; none is for the person.
        return json.dumps({"problem": "unreadable"}).encode()
    pages = [
        (*image.size, len(body)) for image, body in zip(images, bodies, strict=True)
    ]
    return b"\n".join([json.dumps({"pages": pages}).encode(), b"".join(bodies)])


def main(task: str, *numbers: str) -> None:
    # What Pillow still has to import, it imports before it may not write: a compiled
    # module that a limit cuts short would stay broken for everybody.
    Image.preinit()
    sys.dont_write_bytecode = True
    # Here and not in the parent: code between fork and exec is not safe with threads.
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))
    data = sys.stdin.buffer.read()
    sys.stdout.buffer.write(answer(task, [int(number) for number in numbers], data))


if __name__ == "__main__":
    main(*sys.argv[1:])
