"""The communes that everyone around a place knows: the most peopled ones, as landmarks of a map."""

from collections.abc import Iterable

import numpy as np

from indexer.geocode.commune import CURRENT, Commune
from indexer.geocode.distance import distances_km


class Landmarks:
    """Communes of today by inhabitants, most first, with their places as columns: float64 [communes], degrees."""

    def __init__(self, communes: Iterable[Commune]) -> None:
        current = [commune for commune in communes if commune.type == CURRENT]
        self._communes = tuple(sorted(current, key=lambda commune: (-commune.population, commune.code)))
        self._latitude = np.array([c.latitude for c in self._communes], dtype=np.float64)
        self._longitude = np.array([c.longitude for c in self._communes], dtype=np.float64)

    def largest_within(self, latitude: float, longitude: float, radius_km: float, limit: int) -> list[Commune]:
        """At most `limit` communes whose centre is within the circle. Total order: inhabitants, code."""
        distances = distances_km(latitude, longitude, self._latitude, self._longitude)
        return [self._communes[row] for row in np.flatnonzero(distances <= radius_km)[:limit]]
