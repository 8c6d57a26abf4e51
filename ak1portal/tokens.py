"""Names for the outside: random, so that nothing can be counted or guessed."""

import secrets

# Crockford's alphabet: no I, L, O, U to be misread from paper or over the phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILO", "110")


def new_token() -> str:
    """128 random bits as 26 lower-case letters and digits, for a URL."""
    return _letters(26).lower()


def new_receipt() -> str:
    """50 random bits in three groups, for paper and telephone: ABC-DEFG-HJK."""
    letters = _letters(10)
    return f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"


def read_receipt(text: str) -> str:
    """What was typed, as `new_receipt` wrote it; "" when it cannot be one."""
    letters = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
    if len(letters) != 10 or set(letters) - set(ALPHABET):
        return ""
    return f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"


def new_claim_code() -> str:
    """60 random bits in three groups of four, for a receipt: ABCD-EFGH-JKMN."""
    letters = _letters(12)
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def read_claim_code(text: str) -> str:
    """What was typed, as `new_claim_code` wrote it; "" when it cannot be one."""
    letters = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
    if len(letters) != 12 or set(letters) - set(ALPHABET):
        return ""
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))
