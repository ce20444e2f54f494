"""Queries already encoded, kept in memory: people ask the same things, and page after page."""

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from indexer.embeddings.encoder import Encoder

Floats = NDArray[np.float32]


class CachedQueries:
    """An encoder that remembers the vectors of the last `size` queries (1.5 kB each), never their words.

    Implements `Encoder`; safe with several threads. Passages go straight through: the vector cache is theirs.
    """

    def __init__(self, encoder: Encoder, size: int = 4096) -> None:
        self._encoder = encoder
        self._size = size
        self._vectors: OrderedDict[bytes, Floats] = OrderedDict()
        self._lock = Lock()

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
        keys = [sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        found = self._known(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if missing:
            vectors = self._encoder.encode_queries(list(missing.values()))
            fresh = dict(zip(missing, vectors, strict=True))
            self._remember(fresh)
            found |= fresh
        if not keys:
            return np.empty((0, self.dimensions), np.float32)
        return np.stack([found[key] for key in keys])

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, Floats]:
        with self._lock:
            found = {key: self._vectors[key] for key in keys if key in self._vectors}
            for key in found:
                self._vectors.move_to_end(key)
        return found

    def _remember(self, vectors: dict[bytes, Floats]) -> None:
        with self._lock:
            self._vectors.update(vectors)
            while len(self._vectors) > self._size:
                self._vectors.popitem(last=False)
