"""Labels found by the beginnings of their words, as one types: a sorted vocabulary, and the rows of each word."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.language.analysis import iter_words
from indexer.language.stopwords import STOPWORDS

_LAST = "\U0010ffff"


class WordIndex:
    """Built once and shared. A row is the place of a text among `texts`: give the best first."""

    def __init__(self, texts: Iterable[str]) -> None:
        typed = [_telling(list(iter_words(text))) for text in texts]
        self._size = len(typed)
        words = [(word, row) for row, own in enumerate(typed) for word in set(own)]
        words.sort()
        self._words = [word for word, _ in words]
        self._rows: NDArray[np.intp] = np.array([row for _, row in words], np.intp)
        wholes = sorted((" ".join(own), row) for row, own in enumerate(typed))
        self._wholes = [whole for whole, _ in wholes]
        self._whole_rows: NDArray[np.intp] = np.array([row for _, row in wholes], np.intp)

    def find(self, typed: Sequence[str], size: int) -> list[int]:
        """At most `size` rows that hold, for each folded word typed, a word that begins so.

        Texts that begin with all that was typed come first; then the order of rows.
        """
        if not typed:
            return []
        whole = " ".join(typed)
        first = np.sort(self._whole_rows[_begins(self._wholes, whole)])[:size]
        rows = dict.fromkeys([*first.tolist(), *self._find_words(typed)[: 2 * size].tolist()])
        return list(rows)[:size]

    def _find_words(self, typed: Sequence[str]) -> NDArray[np.intp]:
        found = np.ones(self._size, bool)
        for word in typed:
            holds = np.zeros(self._size, bool)
            holds[self._rows[_begins(self._words, word)]] = True
            found &= holds
        return np.flatnonzero(found)


def typed_words(text: str) -> list[str]:
    """The folded words that a text being typed must find: without stop words, unless there is nothing else."""
    return _telling(list(dict.fromkeys(iter_words(text))))


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word not in STOPWORDS] or words


def _begins(ordered: Sequence[str], beginning: str) -> slice:
    """The run of a sorted list that begins so."""
    low = bisect_left(ordered, beginning)
    return slice(low, bisect_left(ordered, beginning + _LAST, low))
