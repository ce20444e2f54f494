import struct
from collections.abc import Callable

import numpy as np
import pytest

from indexer.geocode.distance import distance_km
from indexer.reference.outline import (
    centroid,
    contains,
    greatest_distance_km,
    nearest_vertex_km,
    parse_point,
    parse_rings,
)

Square = Callable[[float, float, float], str]


def test_a_point_is_read_latitude_first() -> None:
    assert parse_point(struct.pack("<BIdd", 1, 1, 6.86, 47.63).hex()) == (47.63, 6.86)


def test_another_geometry_is_refused(wkb_square: Square) -> None:
    line = struct.pack("<BII", 1, 2, 0).hex()
    with pytest.raises(ValueError, match="multi-polygon"):
        parse_rings(line)


def test_a_square_has_its_centre_its_reach_and_its_inside(wkb_square: Square) -> None:
    rings = parse_rings(wkb_square(6.0, 47.0, 0.2))
    latitude, longitude = centroid(rings)
    assert (latitude, longitude) == (pytest.approx(47.1), pytest.approx(6.1))
    corner = max(distance_km(47.1, 6.1, 47.0, 6.0), distance_km(47.1, 6.1, 47.2, 6.2))
    assert greatest_distance_km(rings, 47.1, 6.1) == pytest.approx(corner)
    assert contains(rings, 47.1, 6.1)
    assert not contains(rings, 47.3, 6.1)
    assert not contains(rings, 47.1, 5.9)
    assert nearest_vertex_km(rings, 47.0, 6.0) == pytest.approx(0)


def test_a_hole_is_outside_and_takes_away_area() -> None:
    outer = np.array([[0, 0], [0, 4], [4, 4], [4, 0], [0, 0]], dtype=float)
    hole = np.array([[2, 1], [3, 1], [3, 3], [2, 3], [2, 1]], dtype=float)
    assert not contains([outer, hole], 2.0, 2.5)
    assert contains([outer, hole], 2.0, 1.0)
    assert centroid([outer, hole])[1] < 2.0
