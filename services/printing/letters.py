"""The police letter that a lost card is reprinted for: one picture, however it came."""

from io import BytesIO

from PIL import Image

from applicants.uploads import UploadProblem, clean_document

# A letter has a front and a back.
MAX_PAGES = 2


def clean_letter(file) -> bytes:
    """A JPEG of the letter in a JPEG, PNG or PDF; two pages stand one below the other.

    Opened in a process of its own, as all uploads are. Raises UploadProblem.
    """
    pages = clean_document(file)
    if len(pages) > MAX_PAGES:
        raise UploadProblem("too_many_pages", found=len(pages), limit=MAX_PAGES)
    if len(pages) == 1:
        return pages[0].jpeg
    width = max(page.width for page in pages)
    whole = Image.new("RGB", (width, sum(page.height for page in pages)), "white")
    top = 0
    for page in pages:
        with Image.open(BytesIO(page.jpeg), formats=("JPEG",)) as picture:
            whole.paste(picture, (0, top))
        top += page.height
    out = BytesIO()
    whole.save(out, "JPEG", quality=85)
    return out.getvalue()
