"""Text to the ids of multilingual-e5-small: the most likely split of each word into pieces (Unigram, Viterbi).

Plain Python and not the `tokenizers` library, by measure: that one takes 265 MB and 1.1 s to hold this vocabulary, this
one 33 MB and 0.3 s. No piece spans two words, so words are split one by one, and remembered.
"""

import unicodedata
from functools import lru_cache

from indexer.embeddings.e5_weights import Vocabulary

WORD_START = "▁"
WINDOW = 510
"""Tokens of text in one run of the model: its positions stop at 512, two are for the marks."""

_REMEMBERED_WORDS = 50_000
_LONGEST_REMEMBERED = 40  # characters: junk without spaces would only fill the memory
_UNKNOWN_PENALTY = 10.0  # as SentencePiece: an unknown character costs this more than the rarest piece


class E5Tokenizer:
    """Safe with several threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._longest = max(map(len, vocabulary.ids))
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_PENALTY
        self._remembered = lru_cache(_REMEMBERED_WORDS)(self._split)

    def windows(self, text: str, most: int) -> list[list[int]]:
        """At most `most` windows of at most 510 ids each, with their marks; never none. The rest is left."""
        marks = self._vocabulary
        ids = self.ids(text, most * WINDOW)
        starts = range(0, max(len(ids), 1), WINDOW)
        return [[marks.start_id, *ids[start : start + WINDOW], marks.end_id] for start in starts]

    def ids(self, text: str, most: int) -> list[int]:
        """The first `most` ids of a text, without marks. Any text: what is unknown has an id too."""
        ids: list[int] = []
        for word in self._words(text, most * self._longest):
            short = len(word) <= _LONGEST_REMEMBERED
            ids.extend(self._remembered(word) if short else self._split(word))
            if len(ids) >= most:
                break
        return ids[:most]

    def _words(self, text: str, most_characters: int) -> list[str]:
        """NFC first: the same French text in NFD would be at cosine .94. Then the model's own character map."""
        composed = unicodedata.normalize("NFC", text[:most_characters]).lower()
        mapped = composed.translate(self._vocabulary.character_map)[:most_characters]
        return [WORD_START + word for word in mapped.split()]

    def _split(self, word: str) -> tuple[int, ...]:
        """Viterbi: the best way to reach each position, then back from the end."""
        steps = self._best_steps(word)
        ids, at = [], len(word)
        while at > 0:
            at, piece = steps[at]
            ids.append(piece)
        return tuple(reversed(ids))

    def _best_steps(self, word: str) -> list[tuple[int, int]]:
        """For each position, (where its last piece starts, that piece's id) on the most likely way to it."""
        find, scores = self._vocabulary.ids.get, self._vocabulary.scores
        size = len(word)
        best = [0.0] + [float("-inf")] * size
        steps = [(0, 0)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(size, start + self._longest) + 1):
                piece = find(word[start:end])
                if piece is not None and best[start] + scores[piece] > best[end]:
                    best[end], steps[end] = best[start] + scores[piece], (start, piece)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1] = best[start] + self._unknown_score
                steps[start + 1] = (start, self._vocabulary.unknown_id)
        return steps
