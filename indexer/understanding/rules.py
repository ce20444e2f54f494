"""The rules, read from their files: what is looked for, how surely it is meant, and what cancels it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from indexer.understanding.phrasebook_files import read_phrasebook
from indexer.understanding.phrases import Phrases, drop_cancelled
from indexer.understanding.words import Said, show_words

SCORES: Final = {"certain": 0.95, "probable": 0.75, "possible": 0.55}
"""What each list of phrases is worth: an opinion of whoever wrote the rule, not a frequency that was measured."""

NEVER: Final = "jamais"


@dataclass(frozen=True, slots=True)
class Sign:
    """Something understood: its code, how sure it is (0 to 1), the words that led to it."""

    code: str
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """`score` is 0 for what cancels."""

    code: str
    score: float


class RuleSet:
    """Codes looked for by their phrases. Each code's `jamais` cancels its own matches only."""

    def __init__(self, read: Mapping[str, Mapping[str, Any]], scores: Mapping[str, float]) -> None:
        self.codes = tuple(read)
        self._phrases = Phrases(_iter_phrases(read, scores))

    @property
    def vocabulary(self) -> set[str]:
        """The words of all phrases, folded."""
        return self._phrases.vocabulary

    def find(self, said: Said, words: Sequence[str] | None = None) -> list[Sign]:
        """At most one sign a code, in the order of the rules. `words` stand for those of the text, mended."""
        by_code: dict[str, list[Any]] = {}
        for match in self._phrases.find(said.words if words is None else words):
            by_code.setdefault(match.meaning.code, []).append(match)
        return [
            sign
            for code in self.codes
            if code in by_code and (sign := _strongest(said, code, by_code[code])) is not None
        ]

    def find_spans(self, words: Sequence[str], codes: Iterable[str]) -> list[tuple[int, int]]:
        """The words [start, stop) of some codes, apart and in order; one within another is told by the longer."""
        matches = self._phrases.find(words)
        kept = [
            match
            for code in codes
            for match in drop_cancelled([m for m in matches if m.meaning.code == code], lambda rule: rule.score == 0)
        ]
        return _join_spans(sorted((match.start, match.stop) for match in kept))


def _join_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, stop in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _strongest(said: Said, code: str, matches: list[Any]) -> Sign | None:
    kept = drop_cancelled(matches, lambda rule: rule.score == 0)
    if not kept:
        return None
    best = max(kept, key=lambda match: (match.meaning.score, match.stop - match.start))
    return Sign(code, best.meaning.score, show_words(said, best.start, best.stop))


def _iter_phrases(read: Mapping[str, Mapping[str, Any]], scores: Mapping[str, float]) -> Iterator[tuple[str, Rule]]:
    for code, own in read.items():
        for level, score in {**scores, NEVER: 0.0}.items():
            rule = Rule(code, score)
            yield from ((phrase, rule) for phrase in own.get(level, ()))


@cache
def load_publics() -> RuleSet:
    return RuleSet(read_phrasebook("publics"), SCORES)


@cache
def load_constraints() -> RuleSet:
    return RuleSet(read_phrasebook("contraintes"), SCORES)
