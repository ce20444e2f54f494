"""How well the reader tells thématiques apart on phrases that it has not learned, by who says them.

Five folds: each phrase is judged by a head that was learned without it. The lexicon judges itself, so the figures
compare ways of reading; they say little of texts by other hands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.embeddings.encoder import Encoder
from indexer.language.head import Matrix, build_directions, learn_head, soften
from indexer.language.needs import LEAST, NO_NEED, SHARPNESS
from indexer.language.phrases import load_lexicon, load_off_topic

FOLDS = 5


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1. `silent`: nothing understood, which is right for `hors-sujet` alone."""

    register: str
    phrases: int
    first: float
    in_three: float
    silent: float


@dataclass(frozen=True)
class Judged:
    """Phrases in lexicon order: whose they are, and the class that is right."""

    texts: tuple[str, ...]
    registers: NDArray[np.str_]
    labels: NDArray[np.int64]


def build_judged() -> Judged:
    """All the lexicon; what is no need has the last label."""
    rows = [
        (phrase, register, place)
        for place, sayings in enumerate(load_lexicon().values())
        for register, own in sayings.registers().items()
        for phrase in own
    ]
    rows += [(phrase, NO_NEED, len(load_lexicon())) for phrase in load_off_topic()]
    texts, registers, labels = zip(*rows, strict=True)
    return Judged(texts, np.array(registers), np.array(labels))


def evaluate(encoder: Encoder) -> Iterator[Figures]:
    """A line a register, then one for all needs, then one for what is no need."""
    judged = build_judged()
    likely = _cross_validate(encoder.encode_queries(judged.texts), judged.labels)
    needs = judged.registers != NO_NEED
    for register in dict.fromkeys(judged.registers[needs].tolist()):
        yield _measure(register, likely, judged.labels, judged.registers == register)
    yield _measure("tous les besoins", likely, judged.labels, needs)
    yield _measure(NO_NEED, likely, judged.labels, ~needs)


def _cross_validate(vectors: Matrix, labels: NDArray[np.int64]) -> Matrix:
    """Probabilities [phrases, classes], each by a head that did not learn the phrase."""
    classes = int(labels.max()) + 1
    folds = _deal(labels.tolist())
    likely = np.zeros((len(labels), classes), np.float32)
    for fold in range(FOLDS):
        out = folds == fold
        table = learn_head(vectors[~out], labels[~out].tolist(), classes)
        directions = build_directions(vectors[out], table[-1])
        likely[out] = soften(np.float32(SHARPNESS) * (directions @ table[:-1].T))
    return likely


def _deal(labels: Sequence[int]) -> NDArray[np.int64]:
    """The fold of each phrase: the phrases of a class are shared out evenly, in an order drawn once and for all."""
    chance = np.random.default_rng(0)
    dealt = np.zeros(len(labels), np.int64)
    for label in sorted(set(labels)):
        own = chance.permutation(np.flatnonzero(np.asarray(labels) == label))
        dealt[own] = (np.arange(len(own)) + label) % FOLDS
    return dealt


def _measure(register: str, likely: Matrix, labels: NDArray[np.int64], chosen: NDArray[np.bool_]) -> Figures:
    """Rank among thématiques only, since being silent is told apart."""
    no_need = likely.shape[1] - 1
    own, right = likely[chosen], labels[chosen]
    top = own.argmax(axis=1)
    silent = (top == no_need) | (own.max(axis=1) < LEAST)
    if (right == no_need).all():
        return Figures(register, len(right), float("nan"), float("nan"), float(silent.mean()))
    rank = (own[:, :no_need] > own[np.arange(len(right)), right][:, None]).sum(axis=1)
    return Figures(register, len(right), float((rank < 1).mean()), float((rank < 3).mean()), float(silent.mean()))
