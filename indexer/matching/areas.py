"""Areas that a journey reaches, read from GeoJSON: polygons with holes, in degrees."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from indexer.geocode.distance import distances_km

MAX_POINTS: Final = 20_000
"""Corners of an area: services send some hundreds to some thousands."""

Ring = NDArray[np.float64]


@dataclass(frozen=True)
class Area:
    """Polygons: the first ring of each is its edge, the others are holes. A ring is [corners, 2], longitude first."""

    polygons: tuple[tuple[Ring, ...], ...]

    def holds(self, latitude: float, longitude: float) -> bool:
        """By the even-odd rule in each polygon: a hole holds nothing, two areas that overlap hold what both do."""
        return any(sum(_crossings(ring, latitude, longitude) for ring in own) % 2 == 1 for own in self.polygons)

    def farthest_km(self, latitude: float, longitude: float) -> float:
        return float(self._distances(latitude, longitude).max())

    def nearest_km(self, latitude: float, longitude: float) -> float:
        """To the nearest corner, wherever the point is."""
        return float(self._distances(latitude, longitude).min())

    def _distances(self, latitude: float, longitude: float) -> NDArray[np.float64]:
        corners = np.concatenate([ring for own in self.polygons for ring in own])
        return distances_km(latitude, longitude, corners[:, 1], corners[:, 0])


def parse_area(body: Any) -> Area:
    """Of a geometry, a feature, a collection, or an object that holds one. ValueError for anything else."""
    polygons = tuple(_polygon(own) for geometry in _iter_geometries(body) for own in _polygons_of(geometry))
    if not polygons or not all(polygons):
        raise ValueError("no polygon")
    if sum(len(ring) for own in polygons for ring in own) > MAX_POINTS:
        raise ValueError("too many corners")
    return Area(polygons)


def _iter_geometries(body: Any) -> Iterator[Any]:
    if not isinstance(body, dict):
        return
    if isinstance(body.get("features"), list):
        yield from (feature.get("geometry") for feature in body["features"] if isinstance(feature, dict))
    else:
        yield body["geometry"] if isinstance(body.get("geometry"), dict) else body


def _polygons_of(geometry: Any) -> list[Any]:
    """Nothing for points and lines, which some services send beside their areas."""
    if not isinstance(geometry, dict) or not isinstance(geometry.get("coordinates"), list):
        return []
    kinds: dict[str, list[Any]] = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    return kinds.get(str(geometry.get("type")), [])


def _polygon(rings: Any) -> tuple[Ring, ...]:
    if not isinstance(rings, list):
        raise ValueError("not a polygon")  # noqa: TRY004 — what is sent is wrong, not who calls
    return tuple(_ring(ring) for ring in rings)


def _ring(corners: Any) -> Ring:
    """ValueError for what is not a ring of degrees; heights are left out."""
    try:
        ring = np.array([corner[:2] for corner in corners], dtype=np.float64)
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise ValueError("not a ring") from error
    if ring.ndim != 2 or ring.shape[1] != 2 or len(ring) < 3 or not np.isfinite(ring).all():
        raise ValueError("not a ring")
    if np.abs(ring[:, 0]).max() > 180 or np.abs(ring[:, 1]).max() > 90:
        raise ValueError("not degrees")
    return ring


def _crossings(ring: Ring, latitude: float, longitude: float) -> int:
    """How many edges a line from the point to the east crosses."""
    x, y = ring[:, 0], ring[:, 1]
    next_x, next_y = np.roll(x, -1), np.roll(y, -1)
    across = (y > latitude) != (next_y > latitude)
    rise = np.where(across, next_y - y, 1.0)
    return int(np.count_nonzero(across & (longitude < x + (latitude - y) / rise * (next_x - x))))
