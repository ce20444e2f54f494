"""Spellings that mean the same: without accents, capitals, hyphens, underscores nor apostrophes."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def unaccent(text: str) -> str:
    """The text without diacritics; ligatures opened, typographic apostrophes made plain."""
    if text.isascii():
        return text
    text = text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=16_384)
def fold(value: str) -> str:
    """A key of comparison. `--` still parts a category from what follows it."""
    plain = unaccent(value).lower().replace("_", "-")
    return "--".join(_NOT_WORD.sub("", part) for part in re.split(r"\s*--\s*", plain))
