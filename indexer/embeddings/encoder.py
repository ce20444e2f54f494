"""The interface of an encoder, and how one is chosen."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Texts in, unit vectors out, float32 [texts, dimensions]. `name` holds model and version: an index records it."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What a person looks for."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What an offer says."""
