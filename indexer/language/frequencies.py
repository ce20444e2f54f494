"""The weighted terms of a document: several fields, one frequency a term (BM25F, Robertson and Zaragoza 2009, 3.5)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.language.analysis import tokens
from indexer.language.expressions import load_lexicon


@dataclass(frozen=True, slots=True)
class Field:
    """A text, what one of its words is worth, and the length (in words) that `normal` documents have; 0: any."""

    text: str
    weight: float
    normal: int = 0


_LENGTH_MATTERS = 0.75  # b of BM25: a word in a long text says less


def term_frequencies(fields: Iterable[Field]) -> dict[str, float]:
    """Term → weighted frequency. Expressions add their marker; a document says each thing once per occurrence."""
    frequencies: defaultdict[str, float] = defaultdict(float)
    for field in fields:
        terms = analyse(field.text)
        length = sum(terms.values())
        shrink = 1 - _LENGTH_MATTERS + _LENGTH_MATTERS * length / field.normal if field.normal else 1.0
        for term, count in terms.items():
            frequencies[term] += field.weight * count / max(shrink, 0.5)
    return {term: round(frequency, 3) for term, frequency in frequencies.items()}


def analyse(text: str) -> Counter[str]:
    """The terms of a text and the markers of its expressions, counted."""
    words = tokens(text)
    terms = Counter(word.term for word in words)
    terms.update(load_lexicon().markers_in(words))
    return terms
