"""A record's point: read from its fields, and the ways in which coordinates are usually spoilt."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Point = tuple[float, float]
"""Latitude, longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A point as it may have been meant, and what was done to it, in French."""

    point: Point
    done: str


def is_possible(point: Point) -> bool:
    """In range, and not the 0, 0 that stands for an absent value."""
    latitude, longitude = point
    finite = math.isfinite(latitude) and math.isfinite(longitude)
    return finite and abs(latitude) <= 90 and abs(longitude) <= 180 and point != (0.0, 0.0)


def _repairs(point: Point) -> tuple[tuple[Repair, ...], tuple[Repair, ...]]:
    """One mistake, then two."""
    latitude, longitude = point
    one = (
        Repair((-latitude, longitude), "signe de la latitude rétabli"),
        Repair((latitude, -longitude), "signe de la longitude rétabli"),
        Repair((longitude, latitude), "latitude et longitude échangées"),
    )
    two = (
        Repair((-latitude, -longitude), "signes de la latitude et de la longitude rétablis"),
        Repair((-longitude, latitude), "latitude et longitude échangées, signe de la latitude rétabli"),
        Repair((longitude, -latitude), "latitude et longitude échangées, signe de la longitude rétabli"),
        Repair((-longitude, -latitude), "latitude et longitude échangées, signes rétablis"),
    )
    return one, two


def _lands(repairs: Iterable[Repair], original: Point, fits: Callable[[Point], bool]) -> list[Repair]:
    """Those that change the point into a possible one that fits; equal points count once."""
    kept = {r.point: r for r in repairs if r.point != original and is_possible(r.point) and fits(r.point)}
    return list(kept.values())


def find_repair(point: Point, fits: Callable[[Point], bool]) -> Repair | None:
    """The only repair that `fits`; one mistake is likelier than two. None when none fits, or several do."""
    for repairs in _repairs(point):
        landed = _lands(repairs, point, fits)
        if landed:
            return landed[0] if len(landed) == 1 else None
    return None
