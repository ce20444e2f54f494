"""Four ways of reading a text, and what they say together.

By its meaning (`head.py`), the phrases nearest to it (`neighbours.py`), its words (`terms.py`) and its letters
(`letters.py`). Each gives a probability a class, and the mean is taken: weights that were fitted did no better than
equal ones. What each brings: docs/relevance.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from indexer.language.head import Matrix, build_directions, learn_head, soften
from indexer.language.letters import SHARPNESS as LETTERS_SHARPNESS
from indexer.language.letters import LettersTable, learn_letters, score_letters
from indexer.language.neighbours import SHARPNESS as NEIGHBOURS_SHARPNESS
from indexer.language.neighbours import NearestPhrases, Neighbours, learn_neighbours
from indexer.language.terms import KnownTerms, TermsTable, learn_terms

MEANING, NEIGHBOURS, WORDS, LETTERS = "sens", "voisins", "mots", "lettres"

VIEWS: Final = (MEANING, NEIGHBOURS, WORDS, LETTERS)

SHARPNESS = 1.4
"""Of the view of meaning: the likeliest of 0.5 to 7, phrases left out (5 folds)."""

CONFIDENCE = 1.8
"""The mean of four views is too modest: to this power, probabilities are those of being right (dev texts)."""


@dataclass(frozen=True)
class Learned:
    """What is learned from phrases, and kept in files. `meaning`: a row a class, then what all phrases share."""

    meaning: Matrix
    neighbours: Neighbours
    letters: LettersTable
    terms: TermsTable


def learn_views(
    phrases: Mapping[str, Sequence[str]], vectors: Matrix, misspelled: Mapping[str, Sequence[str]] | None = None
) -> Learned:
    """From the phrases of each class, and their vectors [phrases, dimensions] in the same order.

    `misspelled` are further texts of some classes, for words and letters alone: an encoder takes them as they come.
    """
    texts, labels = _list(phrases, phrases)
    others, other_labels = _list(phrases, misspelled or {})
    meaning = learn_head(vectors, labels, len(phrases))
    return Learned(
        meaning,
        learn_neighbours(build_directions(vectors, meaning[-1]), tuple(map(len, phrases.values()))),
        learn_letters([*texts, *others], [*labels, *other_labels], len(phrases)),
        learn_terms([*texts, *others], [*labels, *other_labels], len(phrases)),
    )


def _list(classes: Iterable[str], phrases: Mapping[str, Sequence[str]]) -> tuple[list[str], list[int]]:
    """All phrases, and the place of the class of each."""
    pairs = [(text, place) for place, name in enumerate(classes) for text in phrases.get(name, ())]
    return [text for text, _ in pairs], [place for _, place in pairs]


class Views:
    """What was learned, made ready to read texts. Safe for several threads: nothing changes."""

    def __init__(self, learned: Learned) -> None:
        self._learned = learned
        self._nearest = NearestPhrases(learned.neighbours)
        self._terms = KnownTerms(learned.terms, len(learned.meaning) - 1)

    @property
    def letters(self) -> LettersTable:
        return self._learned.letters

    def read_each(self, texts: Sequence[str], vectors: Matrix) -> dict[str, Matrix]:
        """View → probabilities [texts, classes]."""
        return dict(zip(VIEWS, self._read_all(texts, vectors), strict=True))

    def read(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        """Probabilities [texts, classes] by all views together."""
        return fuse(self._read_all(texts, vectors))

    def _read_all(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        """Probabilities [views, texts, classes], in the order of `VIEWS`: softened at once."""
        meaning = self._learned.meaning
        directions = build_directions(vectors, meaning[-1])
        logits = (
            np.float32(SHARPNESS) * (directions @ meaning[:-1].T),
            np.float32(NEIGHBOURS_SHARPNESS) * self._nearest.score(directions),
            self._terms.score(texts),
            np.float32(LETTERS_SHARPNESS) * score_letters(self._learned.letters, texts),
        )
        return soften(np.array(logits))


def fuse(views: Sequence[Matrix] | Matrix) -> Matrix:
    """The mean of probabilities, made as confident as it is right."""
    raised = np.mean(views, axis=0) ** np.float32(CONFIDENCE)
    likely: Matrix = (raised / raised.sum(axis=-1, keepdims=True)).astype(np.float32)
    return likely
