"""The view of letters: pieces of words, so that a word is known with a typo, without accents, as in an SMS.

Pieces of two to five letters, edges of words marked, are hashed into buckets; a ridge regression on their tf-idf says
how likely each class is (as character n-grams and a linear model have done since Cavnar and Trenkle, 1994).
"""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from math import log

import numpy as np
from numpy.typing import NDArray

from indexer.language.analysis import iter_words
from indexer.language.head import Matrix
from indexer.language.sparse import Sparse

BUCKETS = 1 << 14
SHORTEST, LONGEST = 2, 5
MOST_WORDS = 300
"""A text is read no further: what it needs was said before."""

RIDGE, STEPS = 1.0, 15
"""Weight of the squared weights, and steps of the conjugate gradient: it is then closer than int8 can say."""

SHARPNESS = 8.0
"""Of the soft maximum that turns its scores, near 0 and 1, into probabilities."""

LettersTable = NDArray[np.void]
"""A row a bucket: `rarity` (idf), `scale`, and `weights` int8, one a class."""


@lru_cache(maxsize=20_000)
def build_pieces(word: str) -> tuple[int, ...]:
    """The buckets of the pieces of one folded word. Words are remembered one by one: texts share most of theirs."""
    marked = f" {word} "
    return tuple(
        zlib.crc32(marked[start : start + size].encode()) % BUCKETS
        for size in range(SHORTEST, min(LONGEST, len(marked)) + 1)
        for start in range(len(marked) - size + 1)
    )


def list_pieces(text: str) -> list[int]:
    """The bucket of each piece of a text, as often as the text has it."""
    return list(chain.from_iterable(map(build_pieces, islice(iter_words(text), MOST_WORDS))))


def count_pieces(text: str) -> dict[int, float]:
    """Bucket → 1 + log of how often the text has it."""
    return damp(Counter(list_pieces(text)))


def damp(counts: Mapping[int, int]) -> dict[int, float]:
    return {piece: 1 + log(count) for piece, count in counts.items()}


def learn_letters(texts: Sequence[str], labels: Sequence[int], classes: int) -> LettersTable:
    """A row a bucket."""
    counted = Sparse.from_rows([count_pieces(text) for text in texts], BUCKETS)
    known = np.bincount(counted.columns, minlength=BUCKETS)
    rarity = (np.log((1 + len(texts)) / (1 + known)) + 1).astype(np.float32)
    wanted = np.eye(classes, dtype=np.float32)[np.asarray(labels)]
    weights = _regress(counted.scale(rarity), wanted)
    table = np.zeros(BUCKETS, [("rarity", "<f4"), ("scale", "<f4"), ("weights", "i1", (classes,))])
    scale = np.maximum(np.abs(weights).max(axis=1) / 127, 1e-9)
    table["rarity"], table["scale"] = rarity, scale
    table["weights"] = np.rint(weights / scale[:, None])
    return table


def score_letters(table: LettersTable, texts: Sequence[str]) -> Matrix:
    """[texts, classes]: near 1 for the right class, near 0 for others; zeros for a text without a letter."""
    scores: Matrix = np.zeros((len(texts), table["weights"].shape[1]), np.float32)
    for place, text in enumerate(texts):
        rows, counts = np.unique(np.array(list_pieces(text), np.intp), return_counts=True)
        if len(rows):
            read = table[rows]
            values = (1 + np.log(counts)).astype(np.float32) * read["rarity"]
            values /= np.sqrt(values @ values)
            scores[place] = np.einsum("p,pc->c", values * read["scale"], read["weights"].astype(np.float32))
    return scores


def _regress(rows: Sparse, wanted: Matrix) -> Matrix:
    """Weights [buckets, classes] of the ridge regression, by conjugate gradient (Hestenes and Stiefel, 1952)."""
    columns = rows.transpose()
    left = columns.times(wanted)
    weights: Matrix = np.zeros_like(left)
    way, error = left.copy(), (left * left).sum(axis=0)
    for _ in range(STEPS):
        slope = columns.times(rows.times(way)) + np.float32(RIDGE) * way
        step = error / np.maximum((way * slope).sum(axis=0), 1e-12)
        weights += step * way
        left -= step * slope
        now = (left * left).sum(axis=0)
        way = left + now / np.maximum(error, 1e-12) * way
        error = now
    return weights
