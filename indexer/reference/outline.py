"""Outlines of communes: from well-known binary (hexadecimal) to a centre and a greatest distance."""

import struct

import numpy as np
from numpy.typing import NDArray

from indexer.geocode.distance import distances_km

Ring = NDArray[np.float64]
"""float64 [n, 2]: longitude, latitude in degrees; the first point is repeated at the end."""

_POINT, _MULTI_POLYGON = 1, 6


def parse_point(text: str) -> tuple[float, float]:
    """(latitude, longitude) of a WKB point. ValueError when it is something else."""
    data = bytes.fromhex(text)
    order, kind, longitude, latitude = struct.unpack("<BIdd", data)
    if (order, kind) != (1, _POINT):
        raise ValueError("not a little-endian WKB point")
    return latitude, longitude


def parse_rings(text: str) -> list[Ring]:
    """All rings, outer and inner, of a WKB multi-polygon. ValueError when it is something else."""
    data = bytes.fromhex(text)
    order, kind, polygons = struct.unpack_from("<BII", data)
    if (order, kind) != (1, _MULTI_POLYGON):
        raise ValueError("not a little-endian WKB multi-polygon")
    rings, offset = [], 9
    for _ in range(polygons):
        (count,) = struct.unpack_from("<I", data, offset + 5)
        offset += 9
        for _ in range(count):
            (points,) = struct.unpack_from("<I", data, offset)
            rings.append(np.frombuffer(data, "<f8", 2 * points, offset + 4).reshape(-1, 2))
            offset += 4 + 16 * points
    return rings


def centroid(rings: list[Ring]) -> tuple[float, float]:
    """(latitude, longitude) of the centre of area; rings of opposite direction are holes and take away."""
    origin = rings[0][0]
    area, moment = 0.0, np.zeros(2)
    for ring in rings:
        local = ring - origin
        cross = local[:-1, 0] * local[1:, 1] - local[1:, 0] * local[:-1, 1]
        area += float(cross.sum())
        moment += ((local[:-1] + local[1:]) * cross[:, None]).sum(axis=0)
    longitude, latitude = origin + moment / (3 * area)
    return float(latitude), float(longitude)


def greatest_distance_km(rings: list[Ring], latitude: float, longitude: float) -> float:
    """From a point to the farthest point of the outline."""
    outline = np.concatenate(rings)
    return float(distances_km(latitude, longitude, outline[:, 1], outline[:, 0]).max())


def contains(rings: list[Ring], latitude: float, longitude: float) -> bool:
    """Whether a point is inside, by the even-odd rule over all rings."""
    crossings = 0
    for ring in rings:
        lon1, lat1, lon2, lat2 = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
        spans = (lat1 > latitude) != (lat2 > latitude)
        rise = np.where(spans, lat2 - lat1, 1.0)
        crossings += int((spans & (longitude < lon1 + (lon2 - lon1) * (latitude - lat1) / rise)).sum())
    return crossings % 2 == 1


def nearest_vertex_km(rings: list[Ring], latitude: float, longitude: float) -> float:
    """From a point to the nearest vertex of the outline."""
    outline = np.concatenate(rings)
    return float(distances_km(latitude, longitude, outline[:, 1], outline[:, 0]).min())
