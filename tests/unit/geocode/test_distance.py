import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.geocode.distance import (
    EARTH_RADIUS_KM,
    chord_distances_km,
    distance_km,
    distances_km,
    unit_vectors,
)

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def test_paris_to_marseille_is_661_km() -> None:
    assert distance_km(48.8566, 2.3522, 43.2965, 5.3698) == pytest.approx(660.5, abs=1)


def test_a_quarter_of_the_equator() -> None:
    assert distance_km(0, 0, 0, 90) == pytest.approx(EARTH_RADIUS_KM * np.pi / 2)


def test_the_antimeridian_is_not_a_wall() -> None:
    assert distance_km(-13.0, 179.9, -13.0, -179.9) < 25


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_symmetric_and_the_vectorised_one_agrees(a: float, b: float, c: float, d: float) -> None:
    there = distance_km(a, b, c, d)
    assert there == pytest.approx(distance_km(c, d, a, b), abs=1e-6)
    assert there == pytest.approx(float(distances_km(a, b, np.array([c]), np.array([d]))[0]), abs=1e-6)
    assert 0 <= there <= EARTH_RADIUS_KM * np.pi + 1e-6


@given(latitudes, longitudes, st.floats(-2, 2), st.floats(-2, 2))
def test_the_distance_by_the_chord_is_the_same_to_far_less_than_a_millimetre(
    lat: float, lon: float, north: float, east: float
) -> None:
    other_lat, other_lon = max(-90.0, min(90.0, lat + north)), max(-180.0, min(180.0, lon + east))
    points = unit_vectors(np.array([other_lat]), np.array([other_lon]))
    assert chord_distances_km(lat, lon, points)[0] == pytest.approx(
        distance_km(lat, lon, other_lat, other_lon), abs=1e-8
    )


def test_the_distance_by_the_chord_reaches_the_antipodes_and_says_nothing_of_an_unknown_point() -> None:
    points = unit_vectors(np.array([-45.0, np.nan]), np.array([-177.0, 3.0]))
    far, unknown = chord_distances_km(45.0, 3.0, points).tolist()
    assert far == pytest.approx(EARTH_RADIUS_KM * np.pi, abs=1e-3)
    assert np.isnan(unknown)
