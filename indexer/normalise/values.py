"""What counts as absent, and how deep and how long a value may be."""

import math
import re
from typing import Any, Final

MAX_DEPTH: Final = 14
MAX_INTEGER_BITS: Final = 200
_ABSENT_WORDS: Final = frozenset({"", "null", "none", "n/a", "nan", "undefined", "<na>", "#n/a"})
_SURROGATES = re.compile("[\ud800-\udfff]")


def is_absent(value: Any) -> bool:
    """Null, empty, NaN, or a word that an export writes for nothing ("null", "None", "N/A", "nan")."""
    if value is None:
        return True
    if isinstance(value, str):
        return len(value) <= 12 and value.strip().lower() in _ABSENT_WORDS
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, (list, tuple, dict)) and not value


def tamed(value: Any, depth: int = 0) -> Any:
    """The value made safe to store and to show: no lone surrogate, no bottomless nesting, no endless integer."""
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATES.sub("", value)
    if isinstance(value, (list, tuple)):
        return None if depth > MAX_DEPTH else [tamed(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return None if depth > MAX_DEPTH else {tamed(str(k)): tamed(v, depth + 1) for k, v in value.items()}
    if isinstance(value, int) and value.bit_length() > MAX_INTEGER_BITS:
        return None
    return value


def as_text(value: Any) -> str | None:
    """A text or a number as text; None for what is neither."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
