"""A person's words as the engines take them: groups of index terms, each with its weight."""

import math
from collections.abc import Callable

from indexer.engines.base import TermGroup, VocabularyStatistics, Words
from indexer.language.analysis import Token, tokens
from indexer.language.expressions import Found, load_lexicon
from indexer.language.spelling import Speller
from indexer.language.stopwords import CONVERSATIONAL

SYNONYM = 0.6
"""What a synonym is worth beside the word itself."""

WITHIN_EXPRESSION = 0.5
"""What a word weighs when the expression that it is part of was recognised."""

MAX_WORDS = 60
"""Words of a query that are read at all: mending one costs a walk over the vocabulary."""

MAX_GROUPS = 24
"""Words of a query that are looked for: the rest of a very long text is left to its meaning."""


class QueryReader:
    """Reads queries against the vocabulary of one index version. Cheap to make; the speller is made once a version."""

    def __init__(
        self, statistics: VocabularyStatistics, speller: Speller, is_usual: Callable[[str], bool] = lambda _: False
    ) -> None:
        """`is_usual` tells the words that are right as they are written: they are never mended."""
        self._documents = max(statistics.documents, 1)
        self._frequencies = statistics.frequencies
        self._speller, self._is_usual = speller, is_usual
        self._lexicon = load_lexicon()

    def read(self, text: str, *, mend: bool = True) -> Words | None:
        """The words to look for; None when the text holds nothing but stop words.

        Words that the index knows under no spelling are left out: they admit nothing, and hold nothing back. Without
        `mend`, so are those that look like a slip.
        """
        words = [word for word in tokens(text) if word.word not in CONVERSATIONAL]
        words = words[:MAX_WORDS]
        if not words:
            return None
        found = list(self._lexicon.find(words))
        inside = {i for f in found for i in range(f.start, f.stop)}
        groups = [self._expression(f, words) for f in found]
        groups += [self._word(w, WITHIN_EXPRESSION if i in inside else 1.0, mend) for i, w in enumerate(words)]
        known = {group.word: group for group in groups if group is not None}
        return Words(tuple(known.values())[:MAX_GROUPS])

    def idf(self, term: str) -> float:
        """Of a term that the index knows (Robertson and Spärck Jones, as in Lucene)."""
        frequency = self._frequencies.get(term, 0)
        return math.log(1 + (self._documents - frequency + 0.5) / (frequency + 0.5))

    def _expression(self, found: Found, words: list[Token]) -> TermGroup | None:
        shown = " ".join(word.word for word in words[found.start : found.stop])
        return self._group(shown, found.marker, [(found.marker, 1.0)], 1.0)

    def _word(self, word: Token, factor: float, mend: bool) -> TermGroup | None:
        return self._group(word.word, word.term, [(word.term, 1.0)], factor, mend=mend and factor == 1.0)

    def _group(
        self, shown: str, name: str, terms: list[tuple[str, float]], factor: float, *, mend: bool = False
    ) -> TermGroup | None:
        terms = terms + [(other, SYNONYM) for other in self._lexicon.alternatives.get(name, ())]
        known = [(term, worth) for term, worth in terms if self._frequencies.get(term)]
        mended = not known and mend and not self._is_usual(shown)
        if mended:
            known = self._speller.mend(name) or self._speller.mend(shown) or self._speller.mend_word(shown)
        if not known:
            return None
        return TermGroup(shown, tuple(known), round(factor * self.idf(known[0][0]), 6), mended)
