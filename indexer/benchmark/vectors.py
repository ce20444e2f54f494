"""Vectors near real ones: a few hundred texts are encoded, the others are drawn around them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from indexer.benchmark.texts import write_text
from indexer.embeddings.encoder import Encoder
from indexer.language.phrases import load_lexicon
from indexer.schema.vocabulary import vocabulary

TEXTS_A_THEME = 4
"""Real encodings for each of the 69 thématiques: 276 texts."""

NOISE = 0.3
"""Length of what is added to a unit vector: two offers on one subject are then at .9, as those of the Lille feed."""

_READ = 240
"""Characters of a description that are encoded here: its subject is said by then."""

_BATCH = 23

Advance = Callable[[int, int], None]
"""(texts encoded, texts in all)."""


@dataclass(frozen=True)
class VectorPool:
    """Unit vectors by thématique, each float32 [TEXTS_A_THEME, dimensions]."""

    by_theme: Mapping[str, NDArray[np.float32]]

    def draw(self, theme: str, noise: np.random.Generator) -> NDArray[np.float32]:
        """A unit vector near one of the thématique's, float32 [dimensions]."""
        known = self.by_theme[theme]
        base = known[int(noise.integers(len(known)))]
        around = noise.standard_normal(len(base), dtype=np.float32)
        moved = base + around * np.float32(NOISE / np.linalg.norm(around))
        near: NDArray[np.float32] = moved / np.float32(np.linalg.norm(moved))
        return near


def build_pool(encoder: Encoder, seed: int, on_encoded: Advance | None = None) -> VectorPool:
    """Encodes texts of each thématique. The same seed and encoder give the same pool."""
    rng = Random(f"{seed}:vectors")  # noqa: S311 — not a secret
    themes = list(load_lexicon())
    passages = [_passage(rng, theme) for theme in themes for _ in range(TEXTS_A_THEME)]
    vectors = _encode(encoder, passages, on_encoded)
    rows = vectors.reshape(len(themes), TEXTS_A_THEME, -1)
    return VectorPool(dict(zip(themes, rows, strict=True)))


def _passage(rng: Random, theme: str) -> str:
    """As `indexer.documents.passage_of` writes it."""
    text = write_text(rng, theme, ())
    return f"{text.nom}. {vocabulary('thematiques')[theme].shown}. {text.description[:_READ]}"


def _encode(encoder: Encoder, passages: Sequence[str], on_encoded: Advance | None) -> NDArray[np.float32]:
    parts = []
    for start in range(0, len(passages), _BATCH):
        parts.append(encoder.encode_passages(passages[start : start + _BATCH]))
        if on_encoded is not None:
            on_encoded(min(start + _BATCH, len(passages)), len(passages))
    return np.concatenate(parts)
