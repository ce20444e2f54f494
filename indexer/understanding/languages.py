"""Which language a text is written in: its script first; in Latin letters, small words and runs of three letters."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.language.phrases import load_lexicon
from indexer.understanding.phrasebook_files import read_phrasebook
from indexer.understanding.words import Said, read_words

FRENCH: Final = "fr"

_SCRIPTS: Final = (
    ("ARABIC", "ar"), ("CYRILLIC", "uk"), ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"),
    ("GREEK", "el"), ("HEBREW", "he"), ("DEVANAGARI", "hi"), ("BENGALI", "bn"), ("TAMIL", "ta"), ("THAI", "th"),
    ("GEORGIAN", "ka"), ("ARMENIAN", "hy"), ("ETHIOPIC", "am"), ("GURMUKHI", "pa"), ("SINHALA", "si"),
)  # fmt: skip
"""Where one script stands for several languages, the one that the lexicon speaks."""

_SAME_SCRIPT: Final = {
    "uk": {"uk": frozenset("іїєґ"), "ru": frozenset("ыэёъ")},
    "ar": {"ar": frozenset("ةىإأؤئ"), "fa": frozenset("پچژگکی")},
}
"""Languages of one script, and letters that only one of them has; without any, their runs of letters tell."""

_SMALL_WORD = 3.0
"""What a small word weighs, in the logarithm of likelihood: about what a run of three letters can bring."""

_FRENCH_FIRST = 5.0
"""Head start of French, in the same unit: most persons write in French, and two words alone prove little."""

_LEARNED = 5
"""French phrases a thématique that are read for their runs of letters: more would only be slower."""

_UNSEEN = 3_000
"""Runs of letters that a language has and its lines have not."""

_SIGNS_READ, _BEYOND_LATIN = 300, 0x370

_READ, _ENOUGH = 30, 12
"""Words that are read; runs of letters beyond which more prove no more, for they are not independent."""

_SURE = 12.0

_PLAIN = 8.0
"""A lead of small words that no runs of letters can take back."""


@dataclass(frozen=True, slots=True)
class Language:
    """ISO 639-1 code; `score` from 0 to 1 grows with what tells it from the next likeliest."""

    code: str
    score: float


def read_language(said: Said) -> Language:
    """French when nothing tells."""
    script = _read_script(said)
    if script is not None:
        return script
    if not said.words:
        return Language(FRENCH, 0.0)
    likely = _weigh(said.words[:_READ])
    best, second = sorted(likely, key=lambda code: (-likely[code], code))[:2]
    return Language(best, round(min(1.0, 0.5 + (likely[best] - likely[second]) / _SURE / 2), 2))


def _read_script(said: Said) -> Language | None:
    """None for Latin letters, and for none at all. Most letters decide."""
    text = said.text[:_SIGNS_READ]
    if not text or ord(max(text)) < _BEYOND_LATIN:
        return None
    letters = [letter for letter in text if letter.isalpha()]
    foreign = [letter for letter in letters if ord(letter) >= _BEYOND_LATIN]
    if 2 * len(foreign) <= len(letters):
        return None
    counts = Counter(_script_of(letter) for letter in foreign)
    code = counts.most_common(1)[0][0]
    if not code:
        return None
    if counts["ja"] and code == "zh":
        code = "ja"
    return Language(_tell_apart(code, said), round(counts[code] / len(letters), 2))


def _tell_apart(code: str, said: Said) -> str:
    """Of the languages of a script, the one whose own letters are most."""
    alike = _SAME_SCRIPT.get(code)
    if alike is None:
        return code
    counts = {other: sum(letter in own for letter in said.text[:_SIGNS_READ].lower()) for other, own in alike.items()}
    most = max(counts.values())
    if list(counts.values()).count(most) == 1:
        return max(counts, key=lambda other: counts[other])
    likely = _weigh_runs(said.words[:_READ])
    return max(alike, key=lambda other: likely.get(other, float("-inf")))


@lru_cache(maxsize=2_000)
def _script_of(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((code for script, code in _SCRIPTS if name.startswith(script)), "")


def _weigh(words: tuple[str, ...]) -> dict[str, float]:
    """Language → likelihood, up to a constant. One of which the lexicon has no line has its small words only."""
    small = _load_small_words()
    told = dict.fromkeys(small.codes, 0.0)
    for word in words:
        for code in small.speakers.get(word, ()):
            told[code] += _SMALL_WORD
    told[FRENCH] += _FRENCH_FIRST
    best, second = sorted(told.values(), reverse=True)[:2]
    if best - second >= _PLAIN:
        return told
    likely = _weigh_runs(words)
    sums = sorted(likely[code] for code in told if code in likely)
    middle = sums[len(sums) // 2]
    return {code: score + likely.get(code, middle) for code, score in told.items()}


def _weigh_runs(words: Sequence[str]) -> dict[str, float]:
    """Of the languages that the lexicon has lines of."""
    runs = _load_runs()
    seen = [runs.rows.get(run, runs.missing) for word in words for run in _runs_of(word)]
    share = max(1.0, len(seen) / _ENOUGH)
    return dict(zip(runs.codes, (np.sum(seen, axis=0) / share).tolist(), strict=True))


@dataclass(frozen=True)
class _SmallWords:
    """All languages, and those that have a word."""

    codes: tuple[str, ...]
    speakers: Mapping[str, tuple[str, ...]]


@cache
def _load_small_words() -> _SmallWords:
    speakers: dict[str, tuple[str, ...]] = {}
    told = read_phrasebook("langues")
    for code, own in told.items():
        for word in set(own.split()):
            speakers[word] = (*speakers.get(word, ()), code)
    return _SmallWords(tuple(told), speakers)


@dataclass(frozen=True)
class _Runs:
    """Logarithms of the share of each run of letters [languages], and of one never seen."""

    codes: tuple[str, ...]
    rows: Mapping[str, NDArray[np.float64]]
    missing: NDArray[np.float64]


@cache
def _load_runs() -> _Runs:
    """Of the lexicon's own lines."""
    lines: dict[str, list[str]] = {FRENCH: []}
    for sayings in load_lexicon().values():
        lines[FRENCH] += sayings.personnes[:_LEARNED]
        for code, own in sayings.langues.items():
            lines.setdefault(code, []).extend(own)
    counts = {code: _count_runs(own) for code, own in lines.items() if own}
    totals = np.array([own.total() + _UNSEEN for own in counts.values()])
    rows = {run: np.array([own[run] for own in counts.values()]) for run in set().union(*counts.values())}
    return _Runs(tuple(counts), {run: np.log((n + 0.5) / totals) for run, n in rows.items()}, np.log(0.5 / totals))


def _count_runs(lines: list[str]) -> Counter[str]:
    return Counter(run for line in lines for word in read_words(line).words for run in _runs_of(word))


def _runs_of(word: str) -> list[str]:
    edged = f" {word} "
    return [edged[i : i + 3] for i in range(len(edged) - 2)]
