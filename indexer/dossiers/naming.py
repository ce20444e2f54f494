"""A name typed where a pseudonym was asked for: noticed, never refused."""

import re
from typing import Final

_TITLES: Final = frozenset({"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "dr"})
_NAME: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INITIALS: Final = 2
"""Letters: « AB » and « JP » are initials, « LÉA » is a name."""

_LITTLE: Final = frozenset(
    {"de", "du", "des", "la", "le", "les", "d", "l", "el", "al", "ben", "bin", "van", "von", "da", "dos"}
)
"""Between a first name and a surname, in small letters."""


def looks_like_full_name(name: str) -> bool:
    """Whether it reads as « Léa Bernard »: two words or more that begin by a capital and are no initials.

    « Léa B. », « Mme D. », « A. B. », « Mimosa », « Dossier 12 » do not.
    """
    words = [word for word in name.split() if word.rstrip(".").casefold() not in _TITLES]
    said = [word for word in words if word not in _LITTLE]
    return len(said) > 1 and all(_is_name(word) for word in said)


def _is_name(word: str) -> bool:
    if _NAME.fullmatch(word) is None or not word[0].isupper():
        return False
    return len(word) > _INITIALS or (len(word) == _INITIALS and not word.isupper())
