"""Which clauses say a need, and which what is had or not wanted: « j'ai déjà un logement, il me faut un travail »."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from indexer.understanding.clauses import Clause
from indexer.understanding.phrasebook_files import read_phrasebook
from indexer.understanding.phrases import Match, Phrases
from indexer.understanding.words import Said

_NEAR: Final = 4
"""Words after « j'ai déjà » or « pas une » within which the thing had or refused is said."""

_Kind = str


def wanted_clauses(said: Said, clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Those that may say a need."""
    found = _load_phrases().find(said.words)
    return tuple(
        clause
        for place, clause in enumerate(clauses)
        if not _is_settled(said, clause, [m for m in found if _within(m, clause)], _is_opposed(clauses, place))
    )


def _is_opposed(clauses: Sequence[Clause], place: int) -> bool:
    """« j'ai un logement mais », or something else said after: a fact beside a need."""
    return clauses[place].opposed and place + 1 < len(clauses)


def _is_settled(said: Said, clause: Clause, found: Sequence[Match[_Kind]], opposed: bool) -> bool:
    kinds = {match.meaning for match in found}
    if "malgre_tout" in kinds:
        return False
    if "refus" in kinds:
        return True
    if "regles" in kinds and _names_good(said, clause.start, clause.stop):
        return True
    if any(m.meaning == "refus_de_biens" and _names_good(said, m.stop, m.stop + 2, clause) for m in found):
        return True
    had = {"possessions", "oppositions"} if opposed else {"possessions"}
    return any(
        m.meaning in had and _names_good(said, m.start, m.stop + _NEAR, clause) and not _has_trouble(found, m.stop)
        for m in found
    )


def _names_good(said: Said, start: int, stop: int, clause: Clause | None = None) -> bool:
    last = stop if clause is None else min(stop, clause.stop)
    return any(word in _load_goods() for word in said.words[start:last])


def _has_trouble(found: Sequence[Match[_Kind]], after: int) -> bool:
    return any(match.meaning == "ennuis" and match.start >= after for match in found)


def _within(match: Match[_Kind], clause: Clause) -> bool:
    return clause.start <= match.start and match.stop <= clause.stop


@cache
def _load_phrases() -> Phrases[_Kind]:
    read = read_phrasebook("clauses")
    kinds = ("possessions", "oppositions", "refus", "refus_de_biens", "regles", "malgre_tout", "ennuis")
    return Phrases((phrase, kind) for kind in kinds for phrase in read[kind])


@cache
def _load_goods() -> frozenset[str]:
    return frozenset(read_phrasebook("clauses")["biens"].split())
