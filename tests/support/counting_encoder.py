"""A quick encoder for tests that need vectors but no meaning."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray


class CountingEncoder:
    """Unit vectors drawn from a hash of the text. `encoded` holds the texts it was given, `fails_on` breaks it."""

    name = "counting/1"
    dimensions = 8

    def __init__(self) -> None:
        self.encoded: list[str] = []
        self.fails_on: str | None = None

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.fails_on in texts:
            raise RuntimeError(self.fails_on)
        self.encoded.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        bytes_ = np.frombuffer(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], np.uint8)
        values = bytes_.astype(np.float32) + 1
        unit: NDArray[np.float32] = values / np.linalg.norm(values)
        return unit
