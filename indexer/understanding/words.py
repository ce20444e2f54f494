"""A text as the rules read it: folded words, each with the place in the text that it comes from."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.language.analysis import fold
from indexer.understanding.shorthand import SHORTHAND

MAX_CHARACTERS = 2_000
"""Of a text that are read; a longer one is read up to there, and the answer says so."""

_LONGEST_WORD = 40
_TAKEN = 4_000
"""Characters looked at before normalisation, which can make one sign into eighteen letters."""

_UNREADABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_PRIVATE = re.compile(r"[^\s@]{1,64}@\S+|https?://\S+|(?<![\w.])(?:\+|00)?\d(?:[ .-]?\d){8,}(?!\w)")
"""E-mail and web addresses, telephone and other long numbers: they say nothing of a need and are nobody's business."""

_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True)
class Said:
    """`words[i]` was written at `text[spans[i][0]:spans[i][1]]`. A shorthand gives several words with one span."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def written(self, start: int, stop: int) -> str:
        """The words [start, stop) as they were written, with what stands between them."""
        return self.text[self.spans[start][0] : self.spans[stop - 1][1]]

    def between(self, index: int) -> str:
        """What stands between the word before `index` and that at `index`."""
        return self.text[self.spans[index - 1][1] : self.spans[index][0]] if index else ""

    def is_capital(self, index: int) -> bool:
        """Whether a word begins with a capital that its place in the sentence does not explain."""
        start, stop = self.spans[index]
        word = self.text[start:stop]
        return word[0].isupper() and not self.text.isupper() and index > 0 and not _ends_sentence(self.between(index))


def clean_text(text: str) -> tuple[str, bool]:
    """One line of readable characters, without addresses and telephone numbers; and whether its end was cut off."""
    taken = unicodedata.normalize("NFKC", _UNREADABLE.sub(" ", text[:_TAKEN]))
    plain = " ".join(_PRIVATE.sub(" ", _UNREADABLE.sub(" ", taken)).split())
    return plain[:MAX_CHARACTERS], len(text) > _TAKEN or len(plain) > MAX_CHARACTERS


def read_words(text: str) -> Said:
    """The words of a clean text; runs too long to be words are left out."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        if match.end() - match.start() > _LONGEST_WORD:
            continue
        for word in _read_word(match[0]):
            words.append(word)
            spans.append(match.span())
    return Said(text, tuple(words), tuple(spans))


@lru_cache(maxsize=20_000)
def split_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase of ours, folded as those of a text but never expanded."""
    return tuple(fold(word) for word in _WORD.findall(unicodedata.normalize("NFKC", phrase)))


def show_words(said: Said, start: int, stop: int) -> tuple[str, ...]:
    """The distinct words of [start, stop) as written, in lower case, without numbers of more than two digits."""
    written = (said.text[s:e].lower() for s, e in said.spans[start:stop])
    return tuple(dict.fromkeys(word for word in written if not (word.isdigit() and len(word) > 2)))


@lru_cache(maxsize=20_000)
def _read_word(word: str) -> Sequence[str]:
    folded = fold(word)
    return SHORTHAND.get(folded, (folded,))


def _ends_sentence(between: str) -> bool:
    return any(sign in between for sign in ".!?\n")
