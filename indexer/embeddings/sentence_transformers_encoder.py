"""Any sentence-transformers model as an encoder: a heavy extra (torch), for other models or a graphics card."""

import unicodedata
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import EncoderError

Floats = NDArray[np.float32]

PROMPTS = {"query": ("query",), "passage": ("passage", "document")}
"""The names that models give to the prompt of each role."""


class SentenceTransformersEncoder:
    """Implements `Encoder`. E5 models get their prefixes and lower case; others the prompts of their own settings."""

    def __init__(self, model: str) -> None:
        """`model` is a hub's name or a folder. EncoderError when the extra is absent or the model cannot be loaded."""
        library = _load_library()
        try:
            self._model: Any = library.SentenceTransformer(model)
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"Le modèle « {model} » ne peut être chargé ({error}). Vérifiez MAILLAGE_ENCODER et l'accès au réseau."
            ) from error
        self._name = f"sentence-transformers/{model}"
        self._is_e5 = "e5" in model.lower()
        self._dimensions = int(self._model.encode("dimensions").shape[0])

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        return self._encode(texts, "query")

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        return self._encode(texts, "passage")

    def _encode(self, texts: Sequence[str], role: str) -> Floats:
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        prepared = [self._prepare(text, role) for text in texts]
        vectors = self._model.encode(prepared, prompt_name=self._prompt(role), normalize_embeddings=True)
        return np.asarray(vectors, np.float32)

    def _prompt(self, role: str) -> str | None:
        """The model's own prompt for a role; E5 has its prefix instead."""
        known = [] if self._is_e5 else [name for name in PROMPTS[role] if name in self._model.prompts]
        return known[0] if known else None

    def _prepare(self, text: str, role: str) -> str:
        """Composed, and without lone surrogates, which Rust tokenizers refuse."""
        sound = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode()
        return f"{role}: {sound.lower()}" if self._is_e5 else sound


def _load_library() -> Any:
    try:
        return import_module("sentence_transformers")
    except ImportError as error:
        raise EncoderError(
            "MAILLAGE_ENCODER demande sentence-transformers, qui n'est pas installé : "
            'pip install "maillage[sentence-transformers]", ou remettez MAILLAGE_ENCODER=onnx.'
        ) from error
