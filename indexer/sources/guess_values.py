"""Proposes the translation of a column's own words into a vocabulary, and says which ones it is not sure of."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from indexer.normalise.vocabulary_values import translate_value
from indexer.schema.vocabulary import vocabulary

MAX_VALUES: Final = 60
SEPARATORS: Final = ";|/\n,"
_CLOSE: Final = 80.0
_FREE = re.compile(r"gratuit|free|sans frais|^0(?:[.,]0+)? ?€?$|^non$", re.IGNORECASE)
_PAID = re.compile(r"payant|\d|€|euro|^oui$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Translation:
    """One value and its code; `code` None when nothing resembles it, `sure` when it is the code or its label."""

    value: str
    code: str | None
    sure: bool
    count: int


def find_separator(values: Iterable[str]) -> str | None:
    """The character that cuts these cells into several values, when one does."""
    counts = Counter(character for value in values for character in SEPARATORS if character in value)
    return counts.most_common(1)[0][0] if counts else None


def translate_values(field: str, values: Iterable[str], separator: str | None) -> list[Translation]:
    """The distinct values, the most frequent first, each with its code in the vocabulary of `field`."""
    parts = Counter(
        part.strip() for value in values for part in (value.split(separator) if separator else [value]) if part.strip()
    )
    return [_translate(field, value, count) for value, count in parts.most_common(MAX_VALUES)]


def _translate(field: str, value: str, count: int) -> Translation:
    if field == "frais":
        code = "gratuit" if _FREE.search(value) else "payant" if _PAID.search(value) else None
        return Translation(value, code, code is not None, count)
    codes, rule = translate_value(field, value)
    if len(codes) == 1 and rule is None:
        return Translation(value, codes[0], True, count)
    labels = {code: f"{term.label} {term.shown}" for code, term in vocabulary(field).items()}
    close = process.extractOne(value, labels, scorer=fuzz.token_set_ratio, processor=str.lower, score_cutoff=_CLOSE)
    return Translation(value, None if close is None else str(close[2]), False, count)
