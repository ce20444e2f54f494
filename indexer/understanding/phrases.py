"""Phrases looked for in a text, many at once: each begins at a few words, and is followed from there.

A phrase is written as it is said, without accents or with them, with a few signs:
`mon|ma|mes` one of these words; `jeune(s)` a word with and without its end; `(tres)` a word that may be absent;
`handicap*` a word that begins so; `#` a number; `...` up to three words of any kind. It begins with words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from indexer.understanding.words import split_words

T = TypeVar("T")

GAP = 3
_KEY = 2
"""Letters by which the phrases that begin with the beginning of a word are found."""

_END = re.compile(r"([^()|]+)\(([^()|]+)\)")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """The words [start, stop) of the text are a phrase of `meaning`."""

    start: int
    stop: int
    meaning: T

    def overlaps(self, other: "Match[T]") -> bool:
        return self.start < other.stop and other.start < self.stop

    def exceeds(self, other: "Match[T]") -> bool:
        """Whether it holds all the words of another, and more: « en finir avec la vie » beside « en finir avec »."""
        return (
            self.start <= other.start and other.stop <= self.stop and self.stop - self.start > other.stop - other.start
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """One word of a phrase: any of `words`, or one that begins with any of `beginnings`."""

    words: frozenset[str]
    beginnings: tuple[str, ...] = ()
    may_be_absent: bool = False
    is_number: bool = False
    is_gap: bool = False

    def takes(self, word: str) -> bool:
        return (
            word in self.words
            or (bool(self.beginnings) and word.startswith(self.beginnings))
            or (self.is_number and word.isdigit())
        )


class Phrases(Generic[T]):
    """Built once, then only read; shared between threads."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        """ValueError for a phrase that is not written as it should."""
        self._by_word: dict[str, list[tuple[tuple[_Step, ...], T]]] = {}
        self._by_beginning: dict[str, list[tuple[tuple[_Step, ...], T]]] = {}
        self.vocabulary: set[str] = set()
        for phrase, meaning in phrases:
            self._add(tuple(_iter_steps(phrase)), meaning, phrase)

    def find(self, words: Sequence[str]) -> list[Match[T]]:
        """Every phrase of the text, those within one another too, by their beginning."""
        return [
            Match(start, stop, meaning)
            for start, word in enumerate(words)
            if word in self._by_word or word[:_KEY] in self._by_beginning
            for steps, meaning in (*self._by_word.get(word, ()), *self._by_beginning.get(word[:_KEY], ()))
            if steps[0].takes(word) and _may_go_on(steps, words, start + 1)
            for stop in set(_walk(steps, 1, words, start + 1))
        ]

    def _add(self, steps: tuple[_Step, ...], meaning: T, phrase: str) -> None:
        if not steps or not (steps[0].words or steps[0].beginnings):
            raise ValueError(f"« {phrase} » does not begin with words")
        if steps[0].may_be_absent:
            self._add(steps[1:], meaning, phrase)
        for step in steps:
            self.vocabulary |= step.words
        for word in steps[0].words:
            self._by_word.setdefault(word, []).append((steps, meaning))
        for beginning in {beginning[:_KEY] for beginning in steps[0].beginnings}:
            self._by_beginning.setdefault(beginning, []).append((steps, meaning))


def drop_cancelled(matches: Iterable[Match[T]], is_cancelling: Callable[[T], bool]) -> list[Match[T]]:
    """The matches that mean something, without those that a cancelling one overlaps; a match that says more stays."""
    matches = list(matches)
    cancelling = [match for match in matches if is_cancelling(match.meaning)]
    return [
        match
        for match in matches
        if not is_cancelling(match.meaning)
        and not any(match.overlaps(other) and not match.exceeds(other) for other in cancelling)
    ]


def _may_go_on(steps: tuple[_Step, ...], words: Sequence[str], at: int) -> bool:
    """Whether the second word of a phrase does not forbid it: most phrases that begin go no further."""
    if len(steps) == 1 or steps[1].is_gap or steps[1].may_be_absent:
        return True
    return at < len(words) and steps[1].takes(words[at])


def _walk(steps: tuple[_Step, ...], step: int, words: Sequence[str], at: int) -> Iterator[int]:
    """Where the rest of a phrase may end."""
    if step == len(steps):
        yield at
        return
    wanted = steps[step]
    if wanted.is_gap:
        for skipped in range(min(GAP, len(words) - at) + 1):
            yield from _walk(steps, step + 1, words, at + skipped)
        return
    if wanted.may_be_absent:
        yield from _walk(steps, step + 1, words, at)
    if at < len(words) and wanted.takes(words[at]):
        yield from _walk(steps, step + 1, words, at + 1)


def _iter_steps(phrase: str) -> Iterator[_Step]:
    for part in phrase.split():
        if part == "...":
            yield _Step(frozenset(), is_gap=True)
        elif part == "#":
            yield _Step(frozenset(), is_number=True)
        elif part.startswith("("):
            yield _read_choices(part[1:-1], may_be_absent=True)
        elif "|" in part:
            yield _read_choices(part)
        else:
            yield from _read_word(part)


@lru_cache(maxsize=5_000)
def _read_word(part: str) -> tuple[_Step, ...]:
    """One word, or the several that an apostrophe or a hyphen makes of it. Phrases share most of theirs."""
    ended = _END.fullmatch(part)
    if ended is not None:
        return (_read_choices(f"{ended[1]}|{ended[1]}{ended[2]}"),)
    *firsts, last = split_words(part)
    end = _Step(frozenset(), (last,)) if part.endswith("*") else _Step(frozenset({last}))
    return (*(_Step(frozenset({first})) for first in firsts), end)


def _read_choices(part: str, *, may_be_absent: bool = False) -> _Step:
    words, beginnings = set(), []
    for choice in part.split("|"):
        ended = _END.fullmatch(choice)
        for form in (choice,) if ended is None else (ended[1], ended[1] + ended[2]):
            [word] = split_words(form)
            if form.endswith("*"):
                beginnings.append(word)
            else:
                words.add(word)
    return _Step(frozenset(words), tuple(beginnings), may_be_absent)
