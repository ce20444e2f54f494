"""Words that go to the other side before it said yes: without ways to write or to call."""

import re
from typing import Final

HIDDEN: Final = "[coordonnées données après l'accord]"

_MAIL = re.compile(
    r"[^\s@<>,;:]+\s?(?:@|\[at\]|\(at\)|\[arobase\]|\(arobase\))\s?[^\s@<>,;]+\.[^\s@<>,;]{2,}", re.IGNORECASE
)
_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)\d{1,3}[\s.\-]?\(?0?\)?[\s.\-]?\d|0\d)(?:[\s.\-]?\d{2}){4}(?!\d)")


def hide_contacts(text: str) -> str:
    """Mail addresses and phone numbers are replaced: neither side gets them before the answer is yes."""
    return _PHONE.sub(HIDDEN, _MAIL.sub(HIDDEN, text))
