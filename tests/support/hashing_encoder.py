"""A quick encoder for tests in which texts that share words must be close: a bag of hashed words."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.language.analysis import tokens


class HashingEncoder:
    """Unit vectors of 384 dimensions; the same for a query and a passage. Two texts without a common word are at 0."""

    name = "hashing/1"
    dimensions = 384

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dimensions, np.float32)
        for token in tokens(text):
            digest = blake2b(token.term.encode("utf-8", "surrogatepass"), digest_size=4).digest()
            vector[int.from_bytes(digest) % self.dimensions] += 1
        norm = float(np.linalg.norm(vector))
        if norm == 0:
            vector[0] = norm = 1.0
        unit: NDArray[np.float32] = vector / np.float32(norm)
        return unit
