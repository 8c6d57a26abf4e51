"""What stands on a card, as somebody typed, pasted or scanned it. Pure, no Django.

static/js/verify-record.js reads the same three.
"""

import re

# What new cards carry (services.signing.record), and what the first ones did.
CODE = re.compile(r"[2-7A-Za-z]{100,180}", re.ASCII)
TOKEN = re.compile(r"[0-9A-Za-z]{26}", re.ASCII)
NUMBER = re.compile(r"[0-9A-Za-z./ -]{6,60}", re.ASCII)


def code_in(typed: str) -> str:
    """The code or token in a link or in what was typed; "" when there is none.

    Codes come back in capitals and tokens in small letters, as they are kept.
    """
    last = typed.strip().rstrip("/").rsplit("/", 1)[-1]
    bare = re.sub(r"[\s-]", "", last)
    if CODE.fullmatch(bare):
        return bare.upper()
    return bare.lower() if TOKEN.fullmatch(bare) else ""


def is_number(typed: str) -> bool:
    """Whether this may be a registration number: six digits or more, few letters."""
    return bool(NUMBER.fullmatch(typed.strip())) and len(re.findall(r"\d", typed)) >= 6
