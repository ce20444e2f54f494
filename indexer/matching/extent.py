"""Where a person can go: areas of a service of isochrones where there is one, else the circle that is estimated."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.matching.areas import Area
from indexer.matching.plan import Reached
from indexer.matching.reach import MAX_KM, MIN_KM, Travel

if TYPE_CHECKING:
    from indexer.matching.isochrones import Isochrones

UNANSWERED = "Le calcul des trajets n'a pas répondu : les distances et les durées sont des estimations."


@dataclass(frozen=True)
class Extent:
    """`circle_km` is that of the means that are estimated, 0 when none is; `reached` is the circle that holds it all.

    `unanswered`: a service was asked, and gave nothing.
    """

    reached: Reached
    travel: Travel
    circle_km: float
    areas: tuple[Area, ...] = ()
    unanswered: bool = False

    def holds(self, latitude: float | None, longitude: float | None, km: float) -> bool:
        """Whether a point at so many km is reached; without a point, whether the circle goes that far."""
        if km <= self.circle_km:
            return True
        if latitude is None or longitude is None:
            return False
        return any(area.holds(latitude, longitude) for area in self.areas)

    def duration_min(self, latitude: float | None, longitude: float | None, km: float) -> int:
        """An estimate, never longer than what the service says."""
        guessed = self.travel.duration_min(km)
        known = bool(self.areas) and self.holds(latitude, longitude, km)
        return min(guessed, max(self.travel.minutes.values())) if known else guessed


def build_extent(travel: Travel, latitude: float, longitude: float, isochrones: "Isochrones | None") -> Extent:
    """Each means by its area, those without one by the circle of our estimate."""
    guessed = travel.reached
    if isochrones is None:
        return Extent(guessed, travel, guessed.rayon_km)
    found = isochrones.areas(latitude, longitude, travel.minutes)
    if not found:
        return Extent(guessed, travel, guessed.rayon_km, unanswered=True)
    circles = {means: travel.km(means) for means in travel.paces if means not in found}
    farthest = circles | {means: area.farthest_km(latitude, longitude) for means, area in found.items()}
    best = max(farthest, key=lambda means: (farthest[means], means))
    radius = min(max(farthest[best], MIN_KM), MAX_KM)
    reached = Reached(round(radius, 1) + 0.1, best, travel.minutes[best], estimation=bool(circles))
    return Extent(reached, travel, max(circles.values(), default=0.0), tuple(found.values()))
