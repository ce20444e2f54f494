"""Jobs that share skills: how much of what one knows serves in the other, rare skills counting more."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.labour.rows import iter_table

KEPT: Final = 12
"""Jobs kept for each: beyond, what is shared is what all jobs share."""

LEAST: Final = 0.12
"""Likeness (cosine) under which two jobs have little in common: a job has four above it, in the table of 2021."""


def build_akin(folder: Path, codes: Sequence[str]) -> NDArray[np.int16]:
    """[codes, KEPT]: places of the most alike, best first, -1 where there are no more."""
    akin = np.full((len(codes), KEPT), -1, np.int16)
    pairs = [(row["code_rome"], row["code_ogr"]) for row in iter_table(folder, "rome3_coherence_competence")]
    if not pairs:
        return akin
    near = _likeness(pairs, codes)
    np.fill_diagonal(near, 0)
    best = np.argsort(-near, axis=1, kind="stable")[:, :KEPT]
    kept = np.take_along_axis(near, best, axis=1) >= LEAST
    akin[:, : best.shape[1]] = np.where(kept, best, -1)
    return akin


def _likeness(pairs: Sequence[tuple[str, str]], codes: Sequence[str]) -> NDArray[np.float32]:
    """[codes, codes]: cosines of the skills, each weighed by how few jobs ask for it."""
    job_of = {code: place for place, code in enumerate(codes)}
    skill_of = {skill: place for place, skill in enumerate(sorted({skill for _, skill in pairs}))}
    table = np.zeros((len(codes), len(skill_of)), np.float32)
    table[[job_of[job] for job, _ in pairs], [skill_of[skill] for _, skill in pairs]] = 1
    table *= np.log(len(codes) / np.maximum(table.sum(axis=0), 1))
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    near: NDArray[np.float32] = table @ table.T
    return near
