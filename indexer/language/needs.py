"""Which thématiques a person speaks of, from the meaning of their words.

Each thématique has phrases as people say them (`lexicon/`), from which a head is learned (`head.py`): a row whose
product with the direction of a text says how likely the thématique is. What is no need (« météo demain ») is one row
more: the reader abstains where it comes first. Figures and how they are made: docs/relevance.md. The head of the
default encoder is shipped (`heads/`, written by `maillage train`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Protocol

import numpy as np
import orjson

from indexer.embeddings.encoder import Encoder
from indexer.engines.base import Need, Vector
from indexer.language.head import Matrix, build_directions, learn_head, soften
from indexer.language.phrases import load_off_topic, load_phrases

SHARPNESS = 1.4
"""Of the soft maximum that turns logits into probabilities: the likeliest of 0.5 to 7, phrases left out (5 folds)."""

LEAST = 0.15
"""Under this probability nothing was understood. Phrases left out: 5 % of needs are silenced, 95 % of the probes."""

BESIDE = 0.3
"""Another need is kept when it is this likely beside the first one."""

MOST = 3

NO_NEED = "hors-sujet"

HEAD_STEM = "besoins"
"""Of the two files of the shipped head: the table, and what it was learned from."""


class NeedReader(Protocol):
    """What the search asks: the needs in a text, by its vector."""

    def read(self, text: str, vector: Vector) -> tuple[Need, ...]:
        """The likeliest needs of a text and its vector, best first; nothing when it abstains."""


class SilentReader:
    """Understands nothing."""

    def read(self, text: str, vector: Vector) -> tuple[Need, ...]:  # noqa: ARG002 — the interface's
        return ()


@dataclass(frozen=True)
class HeadReader:
    """`rows` float32 [thématiques + 1, dimensions], the last one of what is no need; `common` what all texts share."""

    names: tuple[str, ...]
    rows: Matrix
    common: Matrix

    def read(self, text: str, vector: Vector) -> tuple[Need, ...]:  # noqa: ARG002 — the meaning alone, so far
        likely = soften(np.float32(SHARPNESS) * (self.rows @ build_directions(vector, self.common)))
        best = np.argsort(-likely, kind="stable")[:MOST]
        if best[0] == len(self.names) or likely[best[0]] < LEAST:
            return ()
        kept = [i for i in best if i < len(self.names) and likely[i] >= BESIDE * likely[best[0]]]
        return tuple(Need(self.names[i], round(float(likely[i]), 4)) for i in kept)


def load_need_reader(encoder: Encoder, folder: Path) -> HeadReader:
    """The reader of an encoder: shipped, else kept in a folder, else learned (a minute of encoding) and kept there."""
    classes = load_classes()
    digest = build_digest(encoder.name, classes)
    shape = (len(classes) + 1, encoder.dimensions)
    path = folder / f"besoins-{digest}.npy"
    table = _load_shipped(digest, shape)
    if table is None:
        table = _read_table(path, shape)
    if table is None:
        table = build_table(encoder, classes)
        write_table(path, table)
    return HeadReader(tuple(classes)[:-1], table[:-1], table[-1])


def load_classes() -> dict[str, tuple[str, ...]]:
    """Class → its phrases: the thématiques in the order of the vocabulary, then what is no need."""
    return {**load_phrases(), NO_NEED: load_off_topic()}


def build_table(encoder: Encoder, classes: Mapping[str, tuple[str, ...]]) -> Matrix:
    """[classes + 1, dimensions]: a row a class, then what all phrases have in common."""
    vectors = encoder.encode_queries([phrase for own in classes.values() for phrase in own])
    labels = [place for place, own in enumerate(classes.values()) for _ in own]
    return learn_head(vectors, labels, len(classes))


def build_digest(encoder: str, classes: Mapping[str, tuple[str, ...]]) -> str:
    """What a head depends on: the encoder's name, the phrases and their order."""
    return hashlib.sha256(orjson.dumps([encoder, list(classes.items())])).hexdigest()[:16]


def write_table(path: Path, table: Matrix) -> None:
    """At once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial.npy")
    np.save(partial, table)
    partial.replace(path)


def _load_shipped(digest: str, shape: tuple[int, int]) -> Matrix | None:
    """None when the shipped head is of another encoder or lexicon."""
    heads = files("indexer.language.heads")
    learned_from = heads / f"{HEAD_STEM}.json"
    if not learned_from.is_file() or orjson.loads(learned_from.read_bytes()).get("empreinte") != digest:
        return None
    with as_file(heads / f"{HEAD_STEM}.npy") as path:
        return _read_table(path, shape)


def _read_table(path: Path, shape: tuple[int, int]) -> Matrix | None:
    """None when it is absent, torn or another's: it is made again."""
    try:
        table = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return table.astype(np.float32) if table.shape == shape else None
