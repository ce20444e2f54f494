"""The files of what was learned from the lexicon: small arrays, opened in place, and what they were learned from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from indexer.language.letters import BUCKETS
from indexer.language.neighbours import Neighbours
from indexer.language.views import Learned

STEM = "besoins"


@dataclass(frozen=True)
class LearnedFrom:
    """What a table depends on: the encoder's name, and the digest of the lexicon and of the format."""

    encoder: str
    digest: str


def write_learned(folder: Path, learned: Learned, source: LearnedFrom) -> Path:
    """Arrays first: torn between two files, the old digest still refuses the new lexicon. The file of the digest."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in _arrays(learned).items():
        partial = folder / f"{STEM}-{name}.partial.npy"
        np.save(partial, array)
        partial.replace(folder / f"{STEM}-{name}.npy")
    about = {
        "encodeur": source.encoder,
        "empreinte": source.digest,
        "phrases": sum(learned.neighbours.counts),
        "par_classe": learned.neighbours.counts,
    }
    path = folder / f"{STEM}.json"
    partial = path.with_suffix(".partial")
    partial.write_bytes(orjson.dumps(about, option=orjson.OPT_INDENT_2) + b"\n")
    partial.replace(path)
    return path


def load_learned(folder: Path, source: LearnedFrom, classes: int, dimensions: int) -> Learned | None:
    """None when the files are absent, torn, or of another encoder or lexicon: they are made again."""
    try:
        about: dict[str, Any] = orjson.loads((folder / f"{STEM}.json").read_bytes())
        if about["empreinte"] != source.digest:
            return None
        counts = tuple(int(count) for count in about["par_classe"])
        arrays = {name: _open(folder / f"{STEM}-{name}.npy") for name in _NAMES}
    except (OSError, ValueError, EOFError, KeyError, TypeError):
        return None
    if len(counts) != classes or not _fits(arrays, sum(counts), classes, dimensions):
        return None
    meaning = np.array(arrays["sens"], np.float32)
    neighbours = Neighbours(np.array(arrays["axes"], np.float32), arrays["voisins"], counts)
    return Learned(meaning, neighbours, arrays["lettres"], np.array(arrays["mots"]))


def _open(path: Path) -> NDArray[Any]:
    """Mapped in place, as a plain array: `memmap` pays for its class at each slice."""
    opened: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return opened


def _fits(arrays: Mapping[str, Any], phrases: int, classes: int, dimensions: int) -> bool:
    axes = arrays["axes"]
    return bool(
        arrays["sens"].shape == (classes + 1, dimensions)
        and axes.ndim == 2
        and axes.shape[1] == dimensions
        and arrays["voisins"].shape == (phrases, len(axes))
        and arrays["lettres"].shape == (BUCKETS,)
        and arrays["lettres"].dtype["weights"].shape == (classes,)
    )


def _arrays(learned: Learned) -> dict[str, Any]:
    """Name → what is kept. The axes in half precision: the sums are made in single."""
    return {
        "sens": learned.meaning,
        "axes": learned.neighbours.axes.astype(np.float16),
        "voisins": learned.neighbours.phrases,
        "lettres": learned.letters,
        "mots": learned.terms,
    }


_NAMES = ("sens", "axes", "voisins", "lettres", "mots")
