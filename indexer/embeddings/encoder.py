"""The interface of an encoder, and how one is chosen."""

import os
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.late import Late
from indexer.settings import Settings


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


def load_encoder(settings: Settings, threads: int | None = None) -> Encoder:
    """The encoder that the settings name, remembering its last queries. The default one is written if it is not yet.

    `threads` is how many processor cores a call may use at once: all those of the process when None.
    EncoderError when it is not installed, or cannot be written or read.
    """
    from indexer.embeddings.query_cache import CachedQueries

    kind, _, model = settings.encoder.partition(":")
    if kind == "sentence-transformers":
        from indexer.embeddings.sentence_transformers_encoder import SentenceTransformersEncoder

        return CachedQueries(SentenceTransformersEncoder(model, threads))
    return CachedQueries(_load_onnx(settings, available_cores() if threads is None else threads))


def _load_onnx(settings: Settings, threads: int) -> Encoder:
    from indexer.embeddings.build import ENCODER_NAME, ensure_model
    from indexer.embeddings.e5_tokenizer import E5Tokenizer
    from indexer.embeddings.e5_weights import Weights, weights_path
    from indexer.embeddings.onnx_encoder import OnnxEncoder

    model = ensure_model(settings.encoder_dir)
    weights = Weights(weights_path())  # a file that is cut, or another one, is refused here
    tokenizer = Late(lambda: E5Tokenizer(weights.vocabulary()))  # 0.25 s, due at the first text
    return OnnxEncoder(model, ENCODER_NAME, tokenizer, threads)


def available_cores() -> int:
    """The cores that this process may use, which can be fewer than the machine's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
