"""Words as the rules of matching look for them: small letters without accents, by their beginnings."""

import re
import unicodedata
from collections.abc import Iterable


def plain(text: str) -> str:
    """Small letters without accents, one space between words: « À l'abri » is « a l abri »."""
    spaced = text.lower().replace("’", " ").replace("œ", "oe")
    bare = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9|]+", bare))


def any_of(starts: Iterable[str]) -> re.Pattern[str]:
    """Words or expressions that begin so; with a space at its end, the whole word."""
    return re.compile(rf"\b(?:{'|'.join(re.escape(start.rstrip()) + _end(start) for start in starts)})")


def _end(start: str) -> str:
    return r"\b" if start.endswith(" ") else ""
