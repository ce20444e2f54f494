"""The words of a text that led to a need, by what the letters of each say for it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np

from indexer.language.analysis import fold
from indexer.language.head import Matrix
from indexer.language.letters import MOST_WORDS, LettersTable, build_pieces
from indexer.language.stopwords import STOPWORDS

MOST = 4

BESIDE = 0.4
"""A word is told when it says at least this much of what the most telling one says."""

_WORD = re.compile(r"[^\W_]+")


def find_leading_words(text: str, letters: LettersTable, classes: Sequence[int]) -> list[tuple[str, ...]]:
    """For each class, the words as they were typed, in the order of the text; none when no word speaks for it."""
    words = [(typed, said) for typed in _WORD.findall(text)[:MOST_WORDS] if (said := _read_word(typed)) is not None]
    if not words or not classes:
        return [() for _ in classes]
    told = _tell(letters, [said for _, said in words], classes)
    return [_choose([typed for typed, _ in words], own) for own in told.T]


@lru_cache(maxsize=20_000)
def _read_word(typed: str) -> str | None:
    """Folded; None for stop words and single letters."""
    folded = fold(typed)
    return folded if len(folded) > 1 and folded not in STOPWORDS else None


def _tell(letters: LettersTable, words: Sequence[str], classes: Sequence[int]) -> Matrix:
    """[words, classes]: what the pieces of each word add to each class, beyond what they add to all."""
    pieces = [build_pieces(word) for word in words]
    firsts = np.cumsum([0, *map(len, pieces[:-1])])
    rows = np.fromiter(chain.from_iterable(pieces), np.intp)
    read = letters[rows]
    weights = read["weights"]
    usual = weights.sum(axis=1, keepdims=True, dtype=np.float32) / np.float32(weights.shape[1])
    said = (weights[:, classes] - usual) * (read["rarity"] * read["scale"])[:, None]
    told: Matrix = np.add.reduceat(said, firsts, axis=0)
    return told


def _choose(words: Sequence[str], told: Matrix) -> tuple[str, ...]:
    most = told.max()
    if most <= 0:
        return ()
    telling = [place for place in np.argsort(-told, kind="stable")[:MOST] if told[place] >= BESIDE * most]
    return tuple(dict.fromkeys(words[place] for place in sorted(telling)))
