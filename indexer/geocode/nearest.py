"""The commune of a point, by centres and reaches: outlines are not shipped."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.geocode.commune import Commune
from indexer.geocode.distance import distances_km

SHORE_MARGIN_KM = 2.0
"""Beyond a commune's farthest outline point a position is not its own, save for a pier or a rounded coordinate."""

REACH_CAP_KM = 20.0
"""Archipelagos reach hundreds of km: beyond this a reach says nothing of how wide a commune is around its centre."""


class NearestCommune:
    """Centres as columns: float64 [communes], degrees and km."""

    def __init__(self, communes: Sequence[Commune]) -> None:
        self._communes = tuple(communes)
        self._latitude = np.array([c.latitude for c in communes], dtype=np.float64)
        self._longitude = np.array([c.longitude for c in communes], dtype=np.float64)
        self._reach = np.array([c.rayon_km for c in communes], dtype=np.float64)
        # Right in 73 % of points drawn evenly inside outlines and 68 % by population; distance alone 72 % and 63 %.
        self._width = np.sqrt(np.clip(self._reach, 1.0, REACH_CAP_KM))
        self._departement = np.array([c.departement for c in communes])

    def find(self, latitude: float, longitude: float, departement: str | None = None) -> tuple[Commune, float] | None:
        """The likeliest commune and the km to its centre; None for a point that none reaches (sea, abroad).

        A reach covers the whole of its commune, so every point on French ground is within one, and a commune across
        a stretch of water wider than its own reach is never given.
        """
        rows = self._near(latitude)
        if departement is not None:
            rows = rows[self._departement[rows] == departement]
        distances = distances_km(latitude, longitude, self._latitude[rows], self._longitude[rows])
        reached = np.flatnonzero(distances <= self._reach[rows] + SHORE_MARGIN_KM)
        if reached.size == 0:
            return None
        best = reached[np.argmin(distances[reached] / self._width[rows[reached]])]
        return self._communes[rows[best]], float(distances[best])

    def _near(self, latitude: float) -> NDArray[np.intp]:
        """Rows whose parallel is within reach: a cheap first cut. 111 km to a degree."""
        return np.flatnonzero(np.abs(self._latitude - latitude) * 111 <= self._reach + SHORE_MARGIN_KM + 1)
