"""How well each view and all of them tell thématiques apart on phrases that they have not learned, by who says them.

Five folds: each phrase is judged by views that were learned without it. The lexicon judges itself, so the figures
compare ways of reading; they say little of texts by other hands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.embeddings.encoder import Encoder
from indexer.language.head import Matrix
from indexer.language.misspelling import MISSPELLED, build_misspelled
from indexer.language.needs import LEAST, NO_NEED
from indexer.language.phrases import load_lexicon, load_off_topic
from indexer.language.views import VIEWS, Views, fuse, learn_views

FOLDS = 5

TOGETHER = "ensemble"
"""All views, as the reader reads."""


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1. `silent`: nothing understood, which is right for `hors-sujet` alone."""

    view: str
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
    """For each view, then for all: a line a register, then one for all needs, then one for what is no need."""
    judged = build_judged()
    each = _cross_validate(judged, encoder.encode_queries(judged.texts))
    for view, likely in {**each, TOGETHER: fuse(tuple(each.values()))}.items():
        yield from _measure_view(view, likely, judged)


def _measure_view(view: str, likely: Matrix, judged: Judged) -> Iterator[Figures]:
    needs = judged.registers != NO_NEED
    for register in dict.fromkeys(judged.registers[needs].tolist()):
        yield _measure(view, register, likely, judged.labels, judged.registers == register)
    yield _measure(view, "tous les besoins", likely, judged.labels, needs)
    yield _measure(view, NO_NEED, likely, judged.labels, ~needs)


def _cross_validate(judged: Judged, vectors: Matrix) -> Mapping[str, Matrix]:
    """View → probabilities [phrases, classes], each by views that did not learn the phrase."""
    classes = int(judged.labels.max()) + 1
    folds = _deal(judged.labels.tolist())
    likely = {view: np.zeros((len(folds), classes), np.float32) for view in VIEWS}
    for fold in range(FOLDS):
        out = folds == fold
        learned = {
            str(label): [judged.texts[i] for i in np.flatnonzero(~out & (judged.labels == label))]
            for label in range(classes)
        }
        views = Views(learn_views(learned, vectors[~out], _misspell(judged, ~out)))
        read = views.read_each([judged.texts[i] for i in np.flatnonzero(out)], vectors[out])
        for view, own in read.items():
            likely[view][out] = own
    return likely


def _misspell(judged: Judged, chosen: NDArray[np.bool_]) -> dict[str, list[str]]:
    """Label → what is learned beside its phrases, as `learn_lexicon` does."""
    own: dict[str, list[str]] = {}
    for i in np.flatnonzero(chosen & np.isin(judged.registers, MISSPELLED)):
        own.setdefault(str(judged.labels[i]), []).extend(build_misspelled(judged.texts[i]))
    return own


def _deal(labels: Sequence[int]) -> NDArray[np.int64]:
    """The fold of each phrase: the phrases of a class are shared out evenly, in an order drawn once and for all."""
    chance = np.random.default_rng(0)
    dealt = np.zeros(len(labels), np.int64)
    for label in sorted(set(labels)):
        own = chance.permutation(np.flatnonzero(np.asarray(labels) == label))
        dealt[own] = (np.arange(len(own)) + label) % FOLDS
    return dealt


def _measure(view: str, register: str, likely: Matrix, labels: NDArray[np.int64], chosen: NDArray[np.bool_]) -> Figures:
    """Rank among thématiques only, since being silent is told apart."""
    no_need = likely.shape[1] - 1
    own, right = likely[chosen], labels[chosen]
    top = own.argmax(axis=1)
    silent = (top == no_need) | (own.max(axis=1) < LEAST)
    if (right == no_need).all():
        return Figures(view, register, len(right), float("nan"), float("nan"), float(silent.mean()))
    rank = (own[:, :no_need] > own[np.arange(len(right)), right][:, None]).sum(axis=1)
    return Figures(view, register, len(right), float((rank < 1).mean()), float((rank < 3).mean()), float(silent.mean()))
