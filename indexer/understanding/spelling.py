"""Words one slip away from a word of the rules: « handicapper », « violances ». A usual word stays as it is."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from threading import Lock

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from indexer.language.phrases import load_lexicon, load_off_topic, load_phrases
from indexer.understanding.rules import load_constraints, load_publics
from indexer.understanding.urgency import load_urgency_reader
from indexer.understanding.words import read_words

SHORTEST = 6
"""A mistyped word of five letters can be another word."""

_REMEMBERED = 5_000


class Mender:
    """Shared between threads. It remembers words, one by one, never what was said with them."""

    def __init__(self, wanted: Iterable[str], is_known: Callable[[str], bool]) -> None:
        """`is_known` tells the words that are right as they are; asked only of those that resemble a wanted one."""
        self._all = frozenset(wanted)
        self._wanted = sorted(word for word in self._all if len(word) >= SHORTEST and word.isascii())
        self._is_known = is_known
        self._mended: dict[str, str] = {}
        self._lock = Lock()

    def mend(self, words: Sequence[str]) -> tuple[str, ...]:
        """As many words."""
        return tuple(self._mend(word) if len(word) >= SHORTEST else word for word in words)

    def _mend(self, word: str) -> str:
        if word in self._all or not word.isascii() or not word.isalpha():
            return word
        mended = self._mended.get(word)
        if mended is None:
            found = extractOne(word, self._wanted, scorer=OSA.distance, score_cutoff=1)
            mended = word if found is None or self._is_known(word) else found[0]
            with self._lock:
                if len(self._mended) >= _REMEMBERED:
                    self._mended.clear()
                self._mended[word] = mended
        return mended


@cache
def load_mender() -> Mender:
    """The words of all rules; those of the lexicon are known to be right."""
    wanted = load_publics().vocabulary | load_constraints().vocabulary | load_urgency_reader().rules.vocabulary
    return Mender(wanted, is_usual_word)


def is_usual_word(word: str) -> bool:
    """Whether the lexicon writes a word so, without accents: « bosser » is not a slip of the pen for « bois »."""
    return word in _load_usual_words()


@cache
def load_well_spelled() -> frozenset[str]:
    """The words of what professionals write, without accents: what persons say is in the lexicon as they spell it."""
    phrases = (p for own in load_lexicon().values() for p in (*own.professionnels, *own.intitules, *own.mots))
    return frozenset(word for phrase in phrases for word in read_words(phrase).words)


@cache
def _load_usual_words() -> frozenset[str]:
    """A tenth of a second: made when a first mistyped word is met."""
    phrases = [*load_off_topic(), *(phrase for own in load_phrases().values() for phrase in own)]
    return frozenset(word for phrase in phrases for word in read_words(phrase).words)
