"""Words one slip away from a word of the rules: « handicapper », « violances ». A usual word stays as it is."""

from collections.abc import Iterable, Sequence
from functools import cache
from threading import Lock

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from indexer.language.phrases import load_off_topic, load_phrases
from indexer.understanding.rules import load_constraints, load_publics
from indexer.understanding.urgency import load_urgency_reader
from indexer.understanding.words import read_words

SHORTEST = 6
"""A mistyped word of five letters can be another word."""

_REMEMBERED = 5_000


class Mender:
    """Shared between threads. It remembers words, one by one, never what was said with them."""

    def __init__(self, wanted: Iterable[str], known: Iterable[str]) -> None:
        self._wanted = sorted(word for word in set(wanted) if len(word) >= SHORTEST and word.isascii())
        self._known = frozenset(known) | frozenset(wanted)
        self._mended: dict[str, str] = {}
        self._lock = Lock()

    def mend(self, words: Sequence[str]) -> tuple[str, ...]:
        """As many words."""
        return tuple(self._mend(word) if len(word) >= SHORTEST else word for word in words)

    def _mend(self, word: str) -> str:
        if word in self._known or not word.isascii() or not word.isalpha():
            return word
        mended = self._mended.get(word)
        if mended is None:
            found = extractOne(word, self._wanted, scorer=OSA.distance, score_cutoff=1)
            mended = word if found is None else found[0]
            with self._lock:
                if len(self._mended) >= _REMEMBERED:
                    self._mended.clear()
                self._mended[word] = mended
        return mended


@cache
def load_mender() -> Mender:
    """The words of all rules; those of the lexicon are known to be right."""
    wanted = load_publics().vocabulary | load_constraints().vocabulary | load_urgency_reader().rules.vocabulary
    phrases = [*load_off_topic(), *(phrase for own in load_phrases().values() for phrase in own)]
    return Mender(wanted, {word for phrase in phrases for word in read_words(phrase).words})
