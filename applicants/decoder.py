"""The program that opens files from strangers: started for one file, then gone.

`applicants.uploads` runs it as `python -I decoder.py <task> <numbers>`. A file comes in
on stdin, clean pictures leave on stdout, nothing is written to disk. Picture and PDF
libraries are written in C and their bugs are found by sending pictures, so whatever a
file does, it does here: without Django, keys or database, with little memory and time.

The answer is one line of JSON, {"pages": [[width, height, bytes, *own size], …]}
followed by the pictures one after the other, or {"problem": code, …}. A process that
dies without an answer met its limits.

Colours are turned into sRGB by the file's own profile, which is then dropped. A profile
that is broken or speaks of other pixels is ignored: a photo in slightly wrong colours
serves its owner better than a refusal.
"""

import io
import json
import re
import resource
import sys
from functools import partial

import pypdfium2
from PIL import Image, ImageChops, ImageCms
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

# Held in memory whole. A picture that is larger in pixels is built to hurt.
MAX_PIXELS = 60_000_000
# The best cameras of phones make 200 megapixels. A JPEG in one pass is read scaled down
# and never held whole.
MAX_SCALED_PIXELS = 210_000_000
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
ON_ITS_SIDE = [TURNS[5], TURNS[6], TURNS[7], TURNS[8]]

# Which pixels a colour profile speaks of.
PROFILE_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}

# For a JPEG that has none: bits that mean different things, then the mark.
ENDS = (b"\x00" * 64 + b"\xff\xd9", b"\xa5" * 64 + b"\xff\xd9")
OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")


class Problem(Exception):
    """Why there is no clean picture: a code of `uploads.SENTENCES` and its numbers."""

    def __init__(self, code, **numbers):
        super().__init__(code)
        self.answer = {"problem": code, **numbers}


def decode_picture(data: bytes, side: int) -> list[tuple[Image.Image, tuple]]:
    """The one picture in a JPEG or PNG, upright, no side longer than `side` pixels."""
    image = _opened(data)
    turn, own = TURNS.get(_orientation(image) or 0), image.size
    image = in_srgb(_shrunk(_whole(image, data, side), side))
    if turn is None:
        return [(image, own)]
    image = image.transpose(turn)
    return [(image, own[::-1] if turn in ON_ITS_SIDE else own)]


def decode_pdf(data: bytes, side: int) -> list[tuple[Image.Image, tuple]]:
    """Every page as it would be printed: scripts and attachments are not printed."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Problem(PDF_PROBLEMS.get(error.err_code, "unreadable")) from None
    if not _has_its_end(data):
        raise Problem("unreadable")
    if len(pdf) > MAX_PDF_PAGES:
        raise Problem("too_many_pages", found=len(pdf), limit=MAX_PDF_PAGES)
    # Visible signatures, as schools put on e-diplomas, are form fields.
    pdf.init_forms()
    return [_page(page, side) for page in pdf]


def crop(data: bytes, *numbers: int) -> list[tuple[Image.Image, tuple]]:
    """The 3:4 frame nearest to x, y, width, height, printed at width by height."""
    *frame, print_width, print_height = numbers
    picture = _opened(data)
    box = fitted(*frame, *picture.size)  # type: ignore[call-arg]
    print_size = print_width, print_height
    return [(in_srgb(picture).convert("RGB").resize(print_size, box=box), picture.size)]


def fitted(x, y, width, height, full_width, full_height) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) inside the picture, exactly 3:4, not too small."""
    largest = min(full_width // 3, full_height // 4)
    unit = min(largest, max(MIN_CROP_UNIT, min(width // 3, height // 4)))
    left = max(0, min(x, full_width - 3 * unit))
    top = max(0, min(y, full_height - 4 * unit))
    return left, top, left + 3 * unit, top + 4 * unit


def _opened(data: bytes) -> Image.Image:
    """An image of which only the head was read; too many pixels are refused here."""
    image = Image.open(io.BytesIO(data), formats=["JPEG", "PNG"])
    width, height = image.size
    if width * height > (MAX_SCALED_PIXELS if _in_one_pass(image) else MAX_PIXELS):
        raise Problem("too_many_pixels", width=width, height=height)
    return image


def _in_one_pass(image: Image.Image) -> bool:
    return image.format != "PNG" and "progressive" not in image.info


def _whole(image: Image.Image, data: bytes, side: int) -> Image.Image:
    """The image with its pixels, a large JPEG scaled down on the way.

    Some cameras forget the mark at the end, and every reader shows such a picture. What
    was cut off is told from it by putting two different ends there: where all pixels
    had come, neither changes any.
    """
    try:
        return _loaded(image, side)
    except OSError:
        if not _in_one_pass(image):
            raise
        first, second = (_loaded(_opened(data + end), side) for end in ENDS)
        if ImageChops.difference(first, second).getbbox() is not None:
            raise
        return first


def _loaded(image: Image.Image, side: int) -> Image.Image:
    scale = side / max(image.size)
    # Twice what is kept, so that averaging still has something to average.
    image.draft(None, tuple(int(2 * scale * length) for length in image.size))  # type: ignore[arg-type]
    image.load()
    return image


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    if image.mode.startswith("I"):
        image = _eight_bit(image)
    elif image.mode in ("1", "P") or "transparency" in image.info:
        # Palettes and bits cannot be averaged.
        image = image.convert("RGBA")
    image.thumbnail((side, side))
    return image


def in_srgb(image: Image.Image) -> Image.Image:
    """The colours that the file's own profile means; one that is broken is ignored.

    The profile is read here and not kept: every screen and printer takes what says
    nothing of its colours for sRGB.
    """
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    clear = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        colours = image.convert(PROFILE_MODES[source.profile.xcolor_space.strip()])
        if colours.mode != image.mode.removesuffix("A"):
            return image
        image = ImageCms.profileToProfile(  # type: ignore[assignment]
            colours,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (KeyError, ValueError, OSError, ImageCms.PyCMSError):
        return image
    if clear is not None:
        image.putalpha(clear)
    return image


def _eight_bit(image: Image.Image) -> Image.Image:
    """16-bit grey; `convert` alone would turn nearly everything into white."""
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _orientation(image: Image.Image) -> int | None:
    """How the camera was held. Old phones and editors write broken EXIF: then None."""
    try:
        return image.getexif().get(ORIENTATION)
    except Exception:
        return None


def _has_its_end(data: bytes) -> bool:
    """Whether the list of contents at a PDF's end has come, and no object after it.

    pdfium repairs what was cut, and shows the pages that did not come as white ones.
    """
    _before, found, after = data.rpartition(b"startxref")
    return bool(found) and not OBJECT.search(after)


def _page(page, side: int) -> tuple[Image.Image, tuple]:
    """A page as a picture, and its own size in millimetres."""
    size = page.get_size()
    # pdfium rounds up.
    scale = min((side - 1) / max(size), MAX_PDF_DPI / 72)
    own = tuple(round(length / 72 * 25.4) for length in size)
    return page.render(scale=scale).to_pil(), own


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
    # Ours is the stricter one, and it knows how large the picture is.
    Image.MAX_IMAGE_PIXELS = None
    decode, encode = TASKS[task]
    try:
        images = decode(data, *numbers)  # type: ignore[operator]
        bodies = [encode(image) for image, _own in images]  # type: ignore[operator]
    except Problem as problem:
        return json.dumps(problem.answer).encode()
    except MemoryError:
        raise
    except Exception:
        # Pillow and pdfium have dozens of ways to say it; none is for the person.
        return json.dumps({"problem": "unreadable"}).encode()
    pages = [
        (*image.size, len(body), *own)
        for (image, own), body in zip(images, bodies, strict=True)
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
