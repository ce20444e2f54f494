"""Many passages to vectors, through the cache: what was done before an interruption is not done again."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from indexer.embeddings.encoder import Encoder
from indexer.embeddings.vector_cache import VectorCache

Progress = Callable[[int, int], None]
"""(texts done, texts in all)."""

_Rows = dict[bytes, list[int]]
_Vectors = dict[bytes, NDArray[np.float32]]

TEXTS_A_COMMIT = 256
"""About ten seconds of work on two cores: what an interruption may lose."""


def encode_passages_cached(
    texts: Sequence[str], encoder: Encoder, cache: VectorCache, on_progress: Progress | None = None
) -> NDArray[np.float32]:
    """Unit vectors [texts, dimensions] in the order of the texts; equal texts are encoded once.

    Only what the cache lacks is encoded, and kept every 256 texts, so that the next call goes on from there.
    EncoderError when the cache or the encoder fails; what was kept stays kept.
    """
    rows = _rows_by_hash(texts)
    vectors = np.empty((len(texts), encoder.dimensions), np.float32)
    done = 0
    for found in _iter_found(texts, rows, encoder, cache):
        for key, vector in found.items():
            vectors[rows[key]] = vector
            done += len(rows[key])
        if on_progress is not None:
            on_progress(done, len(texts))
    return vectors


def _iter_found(texts: Sequence[str], rows: _Rows, encoder: Encoder, cache: VectorCache) -> Iterator[_Vectors]:
    """What the cache knows, then each chunk as it is encoded and kept."""
    known = cache.get_many(encoder.name, encoder.dimensions, rows)
    yield known
    missing = [key for key in rows if key not in known]
    for start in range(0, len(missing), TEXTS_A_COMMIT):
        chunk = missing[start : start + TEXTS_A_COMMIT]
        encoded = encoder.encode_passages([texts[rows[key][0]] for key in chunk])
        fresh = dict(zip(chunk, encoded, strict=True))
        cache.put_many(encoder.name, fresh)
        yield fresh


def content_hash(text: str) -> bytes:
    """SHA-256 of a text; even of one with lone surrogates."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def _rows_by_hash(texts: Sequence[str]) -> _Rows:
    """Where each text stands, by its hash, in the order of the first ones."""
    rows: _Rows = {}
    for row, text in enumerate(texts):
        rows.setdefault(content_hash(text), []).append(row)
    return rows
