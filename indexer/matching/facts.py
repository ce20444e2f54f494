"""What a note says of a person without asking for anything (« Veuve », « Au RSA depuis 2019 », « Titulaire d'un CAP »).

Read alone, such words look like a need: someone who types « RSA » in a search wants something of it. In a note they
tell who the person is, and open no need; what they say of publics, means and health is used elsewhere. The phrases are
in `rules/faits.toml`.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from indexer.engines.base import Need
from indexer.language.stopwords import STOPWORDS
from indexer.understanding.clauses import Clause, split_clauses
from indexer.understanding.phrases import Phrases
from indexer.understanding.words import Said, clean_text, read_words


def drop_facts(piece: str, needs: Sequence[Need]) -> tuple[Need, ...]:
    """The needs of a sentence, without those that only facts led to; none where it holds nothing else."""
    if not needs:
        return ()
    said = read_words(clean_text(piece)[0])
    clauses = split_clauses(said)
    facts = _find_facts(said, clauses)
    if not facts:
        return tuple(needs)
    if len(facts) == len(clauses):
        return ()
    elsewhere = _words_of(said, [clause for clause in clauses if clause not in facts])
    of_facts = _words_of(said, facts) - elsewhere
    return tuple(need for need in needs if not (own := telling_words(need)) or not own <= of_facts)


class _Kind(Enum):
    """What a phrase does of the part of a sentence that holds it."""

    FACT = "faits"
    NEXT = "suites"
    COMPLEMENT = "complements"
    ASKING = "demandes"


@dataclass(frozen=True, slots=True)
class _Rules:
    phrases: Phrases[_Kind]
    small: frozenset[str]
    accented: frozenset[str]


def _find_facts(said: Said, clauses: Sequence[Clause]) -> list[Clause]:
    facts: list[Clause] = []
    for before, clause in zip([None, *clauses], clauses, strict=False):
        words = said.words[clause.start : clause.stop]
        if _is_fact(words, goes_on=before in facts) and not _lacks_accent(said, clause):
            facts.append(clause)
    return facts


def _lacks_accent(said: Said, clause: Clause) -> bool:
    accented = _load_rules().accented
    places = range(clause.start, clause.stop)
    return any(said.words[i] in accented and not said.written(i, i + 1).lower().endswith("é") for i in places)


def _is_fact(words: Sequence[str], *, goes_on: bool) -> bool:
    """`goes_on`: what comes right before is one."""
    rules = _load_rules()
    found = rules.phrases.find(words)
    kinds = {match.meaning for match in found}
    if _Kind.ASKING in kinds or not (_Kind.FACT in kinds or (goes_on and _Kind.NEXT in kinds)):
        return False
    covered = {place for match in found for place in range(match.start, match.stop)}
    return all(place in covered or _is_small(word, rules) for place, word in enumerate(words))


def _is_small(word: str, rules: _Rules) -> bool:
    return word in STOPWORDS or word in rules.small or word.isdigit()


def _words_of(said: Said, clauses: Sequence[Clause]) -> set[str]:
    return {word for clause in clauses for word in said.words[clause.start : clause.stop]}


def telling_words(need: Need) -> set[str]:
    """The words that led to it, one by one (some are told as an expression), without those that stand anywhere."""
    return {word for told in need.words for word in read_words(told).words} - STOPWORDS


@cache
def _load_rules() -> _Rules:
    read = tomllib.loads(files("indexer.matching").joinpath("rules", "faits.toml").read_text(encoding="utf-8"))
    said = {"faits": [phrase for group in read["faits"].values() for phrase in group]}
    phrases = Phrases((phrase, kind) for kind in _Kind for phrase in said.get(kind.value, read[kind.value]))
    return _Rules(phrases, frozenset(read["petits_mots"].split()), frozenset(read["avec_accent"]))
