"""The text that is searched, and whose needs are read: its clauses, without the place nor the conditions of a need."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from indexer.language.analysis import tokens
from indexer.language.stopwords import CONVERSATIONAL
from indexer.understanding.clauses import Clause, says_something_within
from indexer.understanding.phrasebook_files import read_phrasebook
from indexer.understanding.phrases import Phrases
from indexer.understanding.rules import load_constraints
from indexer.understanding.words import Said

Hole = tuple[int, int]
"""The words [start, stop) of a text that are left out."""

CONDITIONS: Final = ("sans-voiture", "gratuit", "le-soir", "le-week-end")
"""Constraints that are said beside a need (« nounou gratuite sans voiture »), where they are wishes and no need."""


def says_something(text: str) -> bool:
    """Whether a text holds more than the words by which one asks."""
    return any(token.word not in CONVERSATIONAL for token in tokens(text))


def find_conditions(said: Said, mended: Sequence[str], clauses: Iterable[Clause]) -> tuple[Hole, ...]:
    """The conditions of the clauses that say something else; alone, « je n'ai pas de voiture » is the need.

    Who speaks of going somewhere needs a way to go: there, nothing is set aside.
    """
    found = load_constraints().find_spans(mended, CONDITIONS)
    return tuple(hole for clause in clauses for hole in _beside_a_need(said, clause, found))


def _beside_a_need(said: Said, clause: Clause, found: Sequence[Hole]) -> Sequence[Hole]:
    own = [(start, stop) for start, stop in found if clause.start <= start and stop <= clause.stop]
    if not own or _load_moves().find(said.words[clause.start : clause.stop]):
        return ()
    rest = _between(clause, own)
    return own if any(says_something_within(said, start, stop) for start, stop in rest) else ()


@cache
def _load_moves() -> Phrases[None]:
    return Phrases((phrase, None) for phrase in read_phrasebook("clauses")["deplacements"])


def build_searched(said: Said, clauses: Sequence[Clause], holes: Sequence[Hole], *, whole: bool) -> str:
    """What the clauses say, as it was said when they are the whole text.

    Where something is left out, what says nothing is not searched: « je cherche à Roubaix ».
    """
    if not holes:
        return said.text if whole else join_clauses(said, clauses, ())
    searched = _leave_out(said, holes) if whole else join_clauses(said, clauses, holes)
    return searched if says_something(searched) else ""


def join_clauses(said: Said, clauses: Sequence[Clause], holes: Sequence[Hole]) -> str:
    """What the clauses say as it is written, without the holes."""
    return ", ".join(said.written(*piece) for clause in clauses for piece in _between(clause, holes))


def _leave_out(said: Said, holes: Iterable[Hole]) -> str:
    text = said.text
    for start, stop in sorted(holes, reverse=True):
        text = f"{text[: said.spans[start][0]]} {text[said.spans[stop - 1][1] :]}"
    return " ".join(text.split()).strip(" ,;:-()")


def _between(clause: Clause, holes: Iterable[Hole]) -> list[Hole]:
    """What is left of a clause."""
    left, start = [], clause.start
    for first, last in sorted(holes):
        if first < clause.stop and last > clause.start:
            left.append((start, max(start, first)))
            start = max(start, last)
    return [(first, last) for first, last in [*left, (start, clause.stop)] if first < last]
