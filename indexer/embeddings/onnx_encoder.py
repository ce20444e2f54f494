"""The default encoder: the ONNX graph of e5_graph.py, run by ONNX Runtime."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embeddings.e5_tokenizer import E5Tokenizer
from indexer.errors import EncoderError
from indexer.late import Late

TOKENS_A_RUN = 128
"""Texts of one length run together up to this: below it sharing pays (6 tokens: 5.8 ms alone, 2.4 by 16), above not."""

PASSAGE_WINDOWS = 8
"""Of 510 tokens: some 16,000 characters; what an offer says further does not change what it is about."""

QUERY_WINDOWS = 1

MARKS = 2
"""Ids of a window that are not text: its start and its end."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Window:
    """A piece of a text: `text` is the text's position in the input."""

    text: int
    ids: list[int]


class OnnxEncoder:
    """Implements `Encoder`. Safe with several threads; a text's vector is the same alone or among others.

    Each run of the model uses one thread, and `threads` runs go on at once in one call: on two cores it gives as many
    passages a second as ONNX Runtime's own threads and leaves nothing spinning between searches.
    """

    def __init__(self, model: Path, name: str, tokenizer: Late[E5Tokenizer], threads: int) -> None:
        self._session = _open_session(model)
        self._tokenizer = tokenizer
        self._threads = threads
        self._name = name
        self._dimensions = int(self._session.get_outputs()[0].shape[1])

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Unit vectors [texts, 384]. Of a long query the first 510 tokens count."""
        return self._encode([f"query: {text}" for text in texts], QUERY_WINDOWS)

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Unit vectors [texts, 384]. A long text is the mean of its windows, weighted by their lengths."""
        return self._encode([f"passage: {text}" for text in texts], PASSAGE_WINDOWS)

    def _encode(self, texts: list[str], most_windows: int) -> Floats:
        tokenizer = self._tokenizer.get()
        windows = [_Window(i, ids) for i, text in enumerate(texts) for ids in tokenizer.windows(text, most_windows)]
        batches = list(_batches(windows))
        sums = np.zeros((len(texts), self._dimensions), np.float32)
        for batch, means in zip(batches, self._run_all(batches), strict=True):
            for window, mean in zip(batch, means, strict=True):
                sums[window.text] += (len(window.ids) - MARKS) * mean
        unit: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit

    def _run_all(self, batches: list[list[_Window]]) -> Iterable[Floats]:
        """The means of each batch, in order."""
        if len(batches) <= 1 or self._threads == 1:
            return [self._run(batch) for batch in batches]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self._run, batches))

    def _run(self, batch: list[_Window]) -> Floats:
        return self._run_ids([window.ids for window in batch])

    def _run_ids(self, ids: list[list[int]]) -> Floats:
        """The raw means [texts, dimensions] of lists of one length."""
        (means,) = self._session.run(None, {"input_ids": np.array(ids, np.int64)})
        return np.asarray(means, np.float32)


def _batches(windows: Iterable[_Window]) -> Iterator[list[_Window]]:
    """Windows of one length together, the longest first so that no thread is left alone with one at the end."""
    ordered = sorted(windows, key=lambda window: -len(window.ids))
    for length, group in groupby(ordered, key=lambda window: len(window.ids)):
        same = list(group)
        size = max(1, TOKENS_A_RUN // length)
        for start in range(0, len(same), size):
            yield same[start : start + size]


def _open_session(model: Path) -> Any:
    """An ONNX Runtime session. EncoderError when the runtime refuses the file."""
    import onnxruntime as ort  # imported here so that the command line's help stays fast

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's own exceptions have no common base
        raise EncoderError(
            f"ONNX Runtime refuse le modèle {model} ({error}). "
            "Mettez onnxruntime à jour, ou récrivez le modèle : maillage encoder build --force."
        ) from error
