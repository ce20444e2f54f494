"""Where made-up offers are: communes drawn by their population, points scattered around their centre."""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from indexer.geocode.commune import CURRENT, Commune, load_shipped_communes

SPREAD_DEGREES = 0.015
"""Scatter (standard deviation) of the points of a commune: a kilometre and a half, a town's size."""


@dataclass(frozen=True, slots=True)
class _Weighted:
    communes: tuple[Commune, ...]
    upto: tuple[int, ...]

    def draw(self, rng: Random) -> Commune:
        return self.communes[bisect(self.upto, rng.random() * self.upto[-1])]


class Places:
    """Communes of today that have inhabitants."""

    def __init__(self, communes: Iterable[Commune]) -> None:
        inhabited = [c for c in communes if c.type == CURRENT and c.population > 0]
        self._all = _weigh(inhabited)
        by_departement: dict[str, list[Commune]] = {}
        for commune in inhabited:
            by_departement.setdefault(commune.departement, []).append(commune)
        self._by_departement = {name: _weigh(own) for name, own in by_departement.items()}

    def draw(self, rng: Random) -> Commune:
        """A commune of the country, the likelier the more people live there."""
        return self._all.draw(rng)

    def draw_near(self, rng: Random, commune: Commune) -> Commune:
        """One of the same département, likewise."""
        return self._by_departement[commune.departement].draw(rng)


def load_places() -> Places:
    return Places(load_shipped_communes())


def scatter(rng: Random, commune: Commune) -> tuple[float, float]:
    """Latitude and longitude, in degrees, of a place in the commune or next to it."""
    spread = min(SPREAD_DEGREES, commune.rayon_km / 200)
    latitude = rng.gauss(commune.latitude, spread)
    longitude = rng.gauss(commune.longitude, spread)
    return round(latitude, 6), round(longitude, 6)


def _weigh(communes: list[Commune]) -> _Weighted:
    return _Weighted(tuple(communes), tuple(accumulate(c.population for c in communes)))
