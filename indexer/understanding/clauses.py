"""A sentence cut into what stands by itself: « plus de logement et mon fils est malade » says two things."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from indexer.language.stopwords import CONVERSATIONAL, STOPWORDS
from indexer.understanding.phrasebook_files import read_phrasebook
from indexer.understanding.phrases import Phrases
from indexer.understanding.words import Said

MOST: Final = 8
"""Clauses of a text that are told apart; what follows the last cut stays with it."""

_SIGNS: Final = frozenset('.,;:!?\n…/&+()[]—–|•،؛؟。、"«»')
_PRONOUNS: Final = frozenset({"elle", "il", "elles", "ils", "ca", "celui", "celle", "it", "they"})
_BEFORE_Y: Final = frozenset({"il", "j", "n", "s", "d", "on", "nous", "vous", "t", "m"})
_FEWEST = 3
"""Words before a subject for it to begin something new: « mais je » does not."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The words [start, stop) of a text; `opposed` when « mais » or its like follows it."""

    start: int
    stop: int
    opposed: bool = False


def split_clauses(said: Said) -> tuple[Clause, ...]:
    """All words are in one clause or are a joint between two. One that says nothing is left out."""
    cuts = [cut for cut in _find_cuts(said) if cut[0] > 0][: MOST - 1]
    bounds = [(0, 0), *cuts, (len(said.words), len(said.words))]
    found = []
    for (_, start), (stop, next_start) in pairwise(bounds):
        if says_something_within(said, start, stop):
            opposed = any(word in _OPPOSING for word in said.words[stop:next_start])
            found.append(Clause(start, stop, opposed))
    return tuple(found)


def _find_cuts(said: Said) -> list[tuple[int, int]]:
    """(where a clause ends, where the next begins), in order and apart."""
    joints = {match.start: match.stop for match in _load("joints").find(said.words)}
    begins = {match.start for match in _load("beginnings").find(said.words)}
    cuts: list[tuple[int, int]] = []
    last = 0
    for index in range(len(said.words)):
        if index < last:
            continue
        if index in joints and not _goes_on(said.words, index, joints[index]):
            last = joints[index]
            cuts.append((index, last))
        elif index and _is_cut(said, index, last, begins):
            last = index
            cuts.append((index, index))
    return _join(cuts)


def _goes_on(words: Sequence[str], index: int, after: int) -> bool:
    """« une voiture mais elle est en panne » is one thing said; « y » joins in Spanish, and not in « il y a »."""
    if words[index] == "y" and index and words[index - 1] in _BEFORE_Y:
        return True
    return after < len(words) and words[after] in _PRONOUNS


def _is_cut(said: Said, index: int, last: int, begins: set[int]) -> bool:
    if any(sign in _SIGNS for sign in said.between(index)):
        return True
    return index in begins and index - last >= _FEWEST and said.words[index - 1] not in _load_dependent()


def _join(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """« . Mais » is one cut."""
    joined: list[tuple[int, int]] = []
    for start, stop in cuts:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined


def says_something_within(said: Said, start: int, stop: int) -> bool:
    """Whether the words [start, stop) hold more than those by which one asks."""
    return any(word not in STOPWORDS and word not in CONVERSATIONAL for word in said.words[start:stop])


_OPPOSING: Final = frozenset({"mais", "par", "but", "pero", "mas", "ama", "але", "но"})


@cache
def _load(name: str) -> Phrases[None]:
    return Phrases((phrase, None) for phrase in _iter_phrases(name))


def _iter_phrases(name: str) -> Iterator[str]:
    yield from read_phrasebook("clauses")[name]


@cache
def _load_dependent() -> frozenset[str]:
    return frozenset(read_phrasebook("clauses")["dependent"])
