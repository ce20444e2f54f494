"""Queries already encoded, kept in memory: people ask the same things, and page after page."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.embeddings.encoder import Encoder
from indexer.remembered import Remembered, key_of

Floats = NDArray[np.float32]


class CachedQueries:
    """An encoder that remembers the vectors of the last `size` queries (1.5 kB each), never their words.

    Implements `Encoder`; safe with several threads. Passages go straight through: the vector cache is theirs.
    """

    def __init__(self, encoder: Encoder, size: int = 4096) -> None:
        self._encoder = encoder
        self._vectors = Remembered[Floats](size)

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        return self._encoder.encode_passages(texts)

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Unit vectors [texts, dimensions]; the array is the caller's own."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return np.stack(self._vectors.each([key_of(text) for text in texts], lambda new: self._encode(texts, new)))

    def _encode(self, texts: Sequence[str], places: Sequence[int]) -> Floats:
        return self._encoder.encode_queries([texts[place] for place in places])
