"""How far a person goes: from means of transport and minutes to km as the crow flies, and back.

A journey from door to door is a fixed part (walk to the stop or the car, wait, park) and a part that grows with the
road. Speeds are orders of magnitude of ours, rounded down from the French household travel surveys (walking 4 to 5
km/h; cycling 12 to 15; public transport 10 to 20 in door-to-door trips; driving 20 to 25 in large cities, 45 to 55 in
the country). They bound a search and never promise an hour of arrival: `duree_min` is said to be an estimate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from indexer.geocode.communes import Communes
from indexer.matching.plan import Reached
from indexer.matching.profile import Mobilite, Moyen

Density = Literal["dense", "moyen", "rural"]

DETOUR: Final = 1.3
"""Kilometres of road for one as the crow flies: the usual ratio in Europe, 1.2 to 1.4."""

_AROUND_KM: Final = 5.0
_AROUND_KM2: Final = 78.5
DENSE, MIDDLE = 1_500, 300
"""Inhabitants a km² within 5 km: the thresholds of the European degree of urbanisation."""

_LARGEST: Final = 60  # communes looked at within 5 km: the rest of them hold few people

DEFAULT_MINUTES: Final = {"a-pied": 30, "velo": 30, "transports-en-commun": 45, "voiture": 45}
MIN_KM, MAX_KM = 1.0, 120.0


@dataclass(frozen=True, slots=True)
class Pace:
    """Minutes that a journey costs whatever its length, and km/h along the road for the rest."""

    fixed_min: float
    speed_kmh: float

    def km(self, minutes: float) -> float:
        """As the crow flies, within so many minutes; 0 when they do not cover the fixed part."""
        return max(0.0, minutes - self.fixed_min) / 60 * self.speed_kmh / DETOUR

    def minutes(self, km: float) -> int:
        """Of a journey of so many km as the crow flies, to the nearest five minutes above."""
        exact = self.fixed_min + km * DETOUR / self.speed_kmh * 60
        return int(-(-(exact - 1e-9) // 5) * 5)


PACES: Final[dict[Density, dict[Moyen, Pace]]] = {
    "dense": {
        "a-pied": Pace(0, 4.5), "velo": Pace(4, 12), "transports-en-commun": Pace(12, 18), "voiture": Pace(10, 22),
    },
    "moyen": {
        "a-pied": Pace(0, 4.5), "velo": Pace(4, 14), "transports-en-commun": Pace(12, 22), "voiture": Pace(7, 35),
    },
    "rural": {
        "a-pied": Pace(0, 4.5), "velo": Pace(4, 14), "transports-en-commun": Pace(25, 28), "voiture": Pace(5, 50),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Travel:
    """What a person can do: the paces of their means, and the minutes that each may take."""

    paces: dict[Moyen, Pace]
    minutes: dict[Moyen, int]
    supposed: bool
    density: Density

    @property
    def reached(self) -> Reached:
        """The means that goes farthest gives the circle."""
        means = max(self.paces, key=lambda one: (self.km(one), one))
        km = min(max(self.km(means), MIN_KM), MAX_KM)
        return Reached(round(km, 1), means, self.minutes[means])

    def duration_min(self, km: float) -> int:
        """The quickest of the means, in minutes."""
        return min(pace.minutes(km) for pace in self.paces.values())

    def km(self, means: Moyen) -> float:
        """As the crow flies."""
        return self.paces[means].km(self.minutes[means])


def build_travel(mobility: Mobilite, density: Density, said: Moyen | None = None) -> Travel:
    """`said` is what the person's own words tell (« je n'ai pas de voiture »), heard when no means is given.

    Without means, a car is supposed outside dense areas, unless the person has no licence; else buses and trains.
    """
    means: Sequence[Moyen] = tuple(dict.fromkeys(mobility.moyens)) or ((said,) if said is not None else ())
    supposed = not means
    if supposed:
        on_wheels = density != "dense" and mobility.permis is not False
        means = ("voiture",) if on_wheels else ("transports-en-commun",)
    minutes = {one: mobility.duree_max_min or DEFAULT_MINUTES[one] for one in means}
    return Travel({one: PACES[density][one] for one in means}, minutes, supposed, density)


def density_at(communes: Communes, latitude: float, longitude: float) -> Density:
    """From the inhabitants of the communes whose centre is within 5 km."""
    near = communes.largest_within(latitude, longitude, _AROUND_KM, _LARGEST)
    per_km2 = sum(commune.population for commune in near) / _AROUND_KM2
    return "dense" if per_km2 >= DENSE else "moyen" if per_km2 >= MIDDLE else "rural"
