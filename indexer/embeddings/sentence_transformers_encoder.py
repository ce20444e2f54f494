"""Any sentence-transformers model as an encoder: a heavy extra (torch), for other models or a graphics card."""

import unicodedata
from collections.abc import Sequence
from hashlib import file_digest, sha256
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embeddings.onnx_encoder import PASSAGE_WINDOWS, QUERY_WINDOWS
from indexer.errors import EncoderError

Floats = NDArray[np.float32]

PROMPTS = {"query": ("query",), "passage": ("passage", "document")}
"""The names that models give to the prompt of each role."""

E5_PREFIXES = {"query": "query: ", "passage": "passage: "}

_SPARE = 16
"""Tokens of a window left for the marks and the prompt, which the model adds by itself."""

_CHARACTERS_A_TOKEN = 16  # more than any text has on average: what is beyond is not worth tokenising


def encoder_name(model: str) -> str:
    """What an index records. A folder counts by its last name and what it holds: another training is another encoder.

    A hub's name stands for itself. EncoderError when the folder cannot be read; 0.3 s for a folder of 470 MB.
    """
    folder = Path(model)
    if not folder.is_dir():
        return f"sentence-transformers/{model}"
    try:
        return f"sentence-transformers/{folder.resolve().name}@{_digest(folder)[:12]}"
    except OSError as error:
        raise EncoderError(f"Le modèle « {model} » est illisible ({error}). Vérifiez ses droits.") from error


def _digest(folder: Path) -> str:
    """Of every file but the words about it, by its place and content."""
    whole = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md"):
        with path.open("rb") as file:
            whole.update(f"{path.relative_to(folder).as_posix()}\0".encode() + file_digest(file, "sha256").digest())
    return whole.hexdigest()


class SentenceTransformersEncoder:
    """Implements `Encoder`. A model's own prompts are used; an E5 model without any gets its prefixes.

    A text longer than the model reads is the mean of its windows by their lengths, as for the default encoder.
    """

    def __init__(self, model: str, threads: int | None = None) -> None:
        """`model` is a hub's name or a folder; `threads` holds for all of torch in this process.

        EncoderError when the extra is absent or the model cannot be loaded.
        """
        library = _load_library()
        if threads is not None:
            import_module("torch").set_num_threads(threads)
        self._name = encoder_name(model)
        try:
            self._model: Any = library.SentenceTransformer(model)
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"Le modèle « {model} » ne peut être chargé ({error}). Vérifiez MAILLAGE_ENCODER et l'accès au réseau."
            ) from error
        short = Path(model).name.lower()
        self._is_e5 = "e5" in short and "instruct" not in short
        self._dimensions = int(self._model.encode("dimensions").shape[0])

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Unit vectors [texts, dimensions]. Of a long query what the model reads at once counts."""
        return self._encode(texts, "query", QUERY_WINDOWS)

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Unit vectors [texts, dimensions]; of a very long text the first 8 windows count."""
        return self._encode(texts, "passage", PASSAGE_WINDOWS)

    def _encode(self, texts: Sequence[str], role: str, most_windows: int) -> Floats:
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        windows = [
            (row, piece, weight)
            for row, text in enumerate(texts)
            for piece, weight in self._windows(self._prepare(text), most_windows)
        ]
        prompt = self._prompt(role)
        vectors = self._model.encode(
            [piece for _, piece, _ in windows], prompt=prompt, normalize_embeddings=True, show_progress_bar=False
        )
        sums = np.zeros((len(texts), self.dimensions), np.float32)
        for (row, _, weight), vector in zip(windows, np.asarray(vectors, np.float32), strict=True):
            sums[row] += weight * vector
        unit: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit

    def _windows(self, text: str, most: int) -> list[tuple[str, int]]:
        """A text in parts that the model reads whole, each with its tokens; never none. The rest is left."""
        longest: int | None = self._model.max_seq_length
        if longest is None or len(text) <= longest - _SPARE or not getattr(self._model.tokenizer, "is_fast", False):
            return [(text, 1)]
        limit = longest - _SPARE
        text = text[: most * limit * _CHARACTERS_A_TOKEN]
        places = self._places(text)
        cuts = [0, *(start for start, _ in places[limit::limit]), len(text)]
        sizes = [len(places[at : at + limit]) for at in range(0, len(places), limit)]
        parts = zip(pairwise(cuts), sizes, strict=False)  # no size at all where no character is a token
        return [(text[start:end], size) for (start, end), size in parts][:most] or [(text, 1)]

    def _places(self, text: str) -> list[tuple[int, int]]:
        """Where each token of a text starts and ends, in characters."""
        told = self._model.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        places: list[tuple[int, int]] = told["offset_mapping"]
        return places

    def _prompt(self, role: str) -> str | None:
        """The model's own prompt for a role, else the prefix of an E5."""
        known = [self._model.prompts[name] for name in PROMPTS[role] if self._model.prompts.get(name)]
        if known:
            return str(known[0])
        return E5_PREFIXES[role] if self._is_e5 else None

    def _prepare(self, text: str) -> str:
        """Composed, and without lone surrogates, which Rust tokenizers refuse; lower case for an E5."""
        sound = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode()
        return sound.lower() if self._is_e5 else sound


def _load_library() -> Any:
    try:
        return import_module("sentence_transformers")
    except ImportError as error:
        raise EncoderError(
            "MAILLAGE_ENCODER demande sentence-transformers, qui n'est pas installé : "
            'pip install "maillage[sentence-transformers]", ou remettez MAILLAGE_ENCODER=onnx.'
        ) from error
