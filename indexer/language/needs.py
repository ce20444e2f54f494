"""Which thématiques a person speaks of, from the meaning of their words.

Each thématique has phrases as people say them (`lexicon/`). Its prototype is their mean direction, once what all
phrases have in common is taken away; a text is as near to a thématique as its direction is to the prototype. Leaving
each phrase out in turn, the right thématique comes first for 53 % of these deliberately varied phrases, and in the
first three for 74 %. Off-topic texts (« météo demain ») stay under LEAST, where the reader abstains.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import orjson
from numpy.typing import NDArray

from indexer.embeddings.encoder import Encoder
from indexer.engines.base import Need, Vector
from indexer.language.phrases import load_phrases

SHARPNESS = 18.0
"""Of the soft maximum that turns nearness into a probability: the best of 6 to 25 by likelihood, phrases left out."""

LEAST = 0.25
"""Under this probability nothing was understood: off-topic probes peak at .22."""

BESIDE = 0.3
"""Another need is kept when it is this likely beside the first one."""

MOST = 3


class NeedReader(Protocol):
    """What the search asks: the needs in a text, by its vector."""

    def read(self, vector: Vector) -> tuple[Need, ...]:
        """The likeliest needs, best first; nothing when it abstains."""


class SilentReader:
    """Understands nothing."""

    def read(self, vector: Vector) -> tuple[Need, ...]:  # noqa: ARG002 — the interface's
        return ()


@dataclass(frozen=True)
class PrototypeReader:
    """`prototypes` float32 [thématiques, dimensions], unit rows; `common` what all phrases share."""

    names: tuple[str, ...]
    prototypes: NDArray[np.float32]
    common: NDArray[np.float32]

    def read(self, vector: Vector) -> tuple[Need, ...]:
        own = vector - self.common
        nearness = self.prototypes @ (own / max(float(np.linalg.norm(own)), 1e-9))
        weights = np.exp(SHARPNESS * (nearness - nearness.max()))
        likely = weights / weights.sum()
        best = np.argsort(-likely)[:MOST]
        if likely[best[0]] < LEAST:
            return ()
        return tuple(
            Need(self.names[i], round(float(likely[i]), 4)) for i in best if likely[i] >= BESIDE * likely[best[0]]
        )


def load_need_reader(encoder: Encoder, folder: Path) -> PrototypeReader:
    """The reader of an encoder. Its prototypes are kept in a folder: encoding the phrases takes four seconds."""
    phrases = load_phrases()
    path = folder / f"besoins-{_digest(encoder.name, phrases)}.npy"
    table = _read_table(path, (len(phrases) + 1, encoder.dimensions))
    if table is None:
        table = build_table(encoder, phrases)
        _write_table(path, table)
    return PrototypeReader(tuple(phrases), table[:-1], table[-1])


def build_table(encoder: Encoder, phrases: Mapping[str, tuple[str, ...]]) -> NDArray[np.float32]:
    """[thématiques + 1, dimensions]: a prototype a thématique, then what all phrases have in common."""
    vectors = encoder.encode_queries([phrase for own in phrases.values() for phrase in own])
    common = vectors.mean(axis=0)
    own_directions = vectors - common
    own_directions /= np.maximum(np.linalg.norm(own_directions, axis=1, keepdims=True), 1e-9)
    ends = np.cumsum([len(own) for own in phrases.values()])
    sums = np.stack([part.sum(axis=0) for part in np.split(own_directions, ends[:-1])])
    prototypes = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return np.vstack([prototypes, common]).astype(np.float32)


def _digest(encoder: str, phrases: Mapping[str, tuple[str, ...]]) -> str:
    return hashlib.sha256(orjson.dumps([encoder, phrases])).hexdigest()[:16]


def _read_table(path: Path, shape: tuple[int, int]) -> NDArray[np.float32] | None:
    """None when it is absent, torn or another's: it is made again."""
    try:
        table = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return table.astype(np.float32) if table.shape == shape else None


def _write_table(path: Path, table: NDArray[np.float32]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial.npy")
    np.save(partial, table)
    partial.replace(path)
