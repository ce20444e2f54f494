"""How far two judgements of the same pairs agree beyond chance."""

from collections.abc import Sequence

import numpy as np


def weighted_kappa(first: Sequence[int], second: Sequence[int], grades: Sequence[int] = (0, 1, 2, 3)) -> float:
    """Cohen's kappa with quadratic weights (1968): 1 when they agree, 0 when by chance alone.

    Of two grades it is the plain kappa. Two passes that give one and the same grade throughout agree: 1.
    """
    places = {grade: place for place, grade in enumerate(grades)}
    seen = np.zeros((len(grades), len(grades)))
    for one, other in zip(first, second, strict=True):
        seen[places[one], places[other]] += 1
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / len(first)
    rank = np.arange(len(grades))
    far = (rank[:, None] - rank[None, :]) ** 2
    expected = float((far * by_chance).sum())
    return 1.0 if expected == 0 else 1 - float((far * seen).sum()) / expected
