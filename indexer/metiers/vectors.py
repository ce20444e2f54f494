"""What the phrases of jobs mean: an int8 table, shipped for the default encoder, written by `maillage train --metiers`.

Vectors lose what all phrases share and the directions in which they hardly differ: 160 of 384 dimensions, stretched
half way to an equal spread, tell jobs apart as well as all (docs/relevance.md).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from indexer.embeddings.encoder import Encoder
from indexer.metiers.entries import Entry, shipped_entries
from indexer.products import IntegerTable

Floats = NDArray[np.float32]

DIMENSIONS: Final = 160
STRETCH: Final = 0.5
"""Power of the spread by which a direction is divided: 0 leaves it, 1 makes all equal."""

SHIPPED: Final = "indexer.metiers.shipped"
STEM: Final = "metiers"


@dataclass(frozen=True)
class JobVectors:
    """`rows` times `step` are unit vectors [entries, dimensions]; `turn` is float32 [the encoder's + 1, dimensions]."""

    rows: IntegerTable
    step: np.float32
    turn: Floats

    def cosines(self, vector: Floats) -> Floats:
        """[entries], at least 0, of the vector of a text."""
        own = np.einsum("i,ij->j", vector, self.turn[:-1]) + self.turn[-1]
        unit = (own / max(float(np.linalg.norm(own)), 1e-9)).astype(np.float32)
        near = self.rows.times(unit * self.step)
        return np.maximum(near, 0, out=near)


def load_vectors(encoder: str) -> JobVectors | None:
    """The shipped table; None for another encoder, or when the lexicon has changed since."""
    folder = files(SHIPPED)
    told = folder / f"{STEM}.json"
    if not told.is_file():
        return None
    about = orjson.loads(told.read_bytes())
    if about.get("empreinte") != build_digest(encoder, shipped_entries()):
        return None
    rows, turn = _read(folder / f"{STEM}.npy"), _read(folder / f"{STEM}-repere.npy")
    return JobVectors(IntegerTable(rows), np.float32(about["pas"]), turn.astype(np.float32))


def write_vectors(encoder: Encoder, folder: Path) -> int:
    """Encodes labels and lexicon (a minute) and writes the three files; how many phrases there are.

    The table first: torn between two, the old digest still refuses the new lexicon.
    """
    entries = shipped_entries()
    rows, turn = _squeeze(encoder.encode_queries([entry.text for entry in entries]))
    step = float(np.abs(rows).max()) / 127
    np.save(folder / f"{STEM}.npy", np.round(rows / step).astype(np.int8))
    np.save(folder / f"{STEM}-repere.npy", turn.astype(np.float16))
    about = {"encodeur": encoder.name, "empreinte": build_digest(encoder.name, entries), "pas": step}
    told = orjson.dumps(about | {"phrases": len(entries)}, option=orjson.OPT_INDENT_2)
    (folder / f"{STEM}.json").write_bytes(told + b"\n")
    return len(entries)


def build_digest(encoder: str, entries: Sequence[Entry]) -> str:
    """What the table depends on: the encoder's name, the phrases, their jobs and their order."""
    return hashlib.sha256(orjson.dumps([encoder, DIMENSIONS, STRETCH, *map(list, entries)])).hexdigest()[:16]


def _squeeze(vectors: Floats) -> tuple[Floats, Floats]:
    """Unit rows in fewer dimensions, and how a vector gets there: a matrix, then what is added."""
    common = vectors.mean(axis=0)
    own = vectors - common
    own = own / np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-9)
    spread, directions = np.linalg.eigh((own.T @ own / len(own)).astype(np.float64))
    kept = np.argsort(-spread)[: min(DIMENSIONS, len(spread))]
    matrix = directions[:, kept] * np.maximum(spread[kept], 1e-9) ** (-STRETCH / 2)
    matrix /= np.abs(matrix).max()  # half precision has no room for more
    rows = own @ matrix
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    turn = np.vstack([matrix, -(common @ matrix)])
    return rows.astype(np.float32), turn.astype(np.float32)


def _read(file: Traversable) -> NDArray[Any]:
    with as_file(file) as path:
        read: NDArray[Any] = np.load(path, allow_pickle=False)
    return read
