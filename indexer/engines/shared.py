"""What all engines must agree on, so that the same catalogue gives the same results."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.errors import EngineError

SATURATION = 1.2
"""k1 of BM25 (Robertson and Zaragoza 2009, 3.3): a weighted frequency f counts f / (k1 + f), in 0–1."""

SHARE_SLACK = 1e-4
"""Shares are float32 sums: a query of two equal words must admit at one half."""

NEAREST_BY_MEANING = 20
"""What is given when nothing is admitted."""

MILLIMETRE = 6
"""Decimals of a distance (km) that count in an order: beyond, two equal places could differ."""

NEVER = int(np.iinfo(np.int64).max)
"""The start of an offer without a session of the days asked for."""

KEPT_FOR_ROLLBACK = 2

FIRST_DAY, LAST_DAY = -(2**31), 2**31 - 1
"""An open bound of validity."""

_EPOCH = date(1970, 1, 1).toordinal()
_NAME = re.compile(r"offres-(\d{1,4})-(\d{8})-(\d{1,6})", re.ASCII)


def version_before(history: Sequence[str]) -> str:
    """What a rollback returns to: `history` has the live version first. EngineError when there is none before it."""
    if len(history) < 2:
        raise EngineError("Aucune version précédente de l'index n'est conservée : rien à rétablir.")
    return history[1]


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def hash_of(name: str) -> int:
    """64 bits that stand for a name, the same in every process; 0 for none."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) if name else 0


def build_name(schema: int, day: date, number: int) -> str:
    """`offres-<schema>-<date>-<n>`."""
    return f"offres-{schema}-{day:%Y%m%d}-{number}"


def parse_name(name: str) -> tuple[int, str, int] | None:
    """(schema, date, number) of a version's name; None for anything else."""
    match = _NAME.fullmatch(name)
    return None if match is None else (int(match[1]), match[2], int(match[3]))


def snapshot_name(version: str, position: int) -> str:
    """`<version>_<position in its live changes>`: what one search saw, so that a cursor can go on in it."""
    return f"{version}_{position}"


def parse_snapshot(name: str) -> tuple[str, int | None]:
    """(version, position in its live changes); a version's name alone stands for the version as it is."""
    version, separator, read = name.rpartition("_")
    return (version, int(read)) if separator and read.isascii() and read.isdigit() else (name, None)


def quantise(exact: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """(int8 codes, scale a row). A row of zeros keeps zeros."""
    scale = np.abs(exact).max(axis=1, initial=0) / np.float32(127)
    safe = np.where(scale > 0, scale, np.float32(1))
    return np.rint(exact / safe[:, None]).astype(np.int8), scale.astype(np.float32)


def cosines_of_coarse(
    coarse: NDArray[np.int8], scale: NDArray[np.float32], query: NDArray[np.float32]
) -> NDArray[np.float32]:
    """[rows]: what `quantise` gave of unit vectors, times a unit vector; within about .002 of the exact cosine."""
    product: NDArray[np.float32] = (coarse.astype(np.float32) @ query) * scale
    return product
