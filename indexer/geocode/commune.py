"""A commune, and the shipped gazetteer as a list of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indexer.reference.shipped import load_rows

CURRENT: Final = "COM"
ARRONDISSEMENT: Final = "ARM"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today (COM), an arrondissement (ARM), or one that is delegated (COMD) or associated (COMA).

    `parent` is the code of the commune that an arrondissement, a delegated or associated commune is part of.
    `latitude` and `longitude` (degrees) are the town hall's, else the centre's; `rayon_km` is the greatest distance
    from there to the commune's outline. `population` is 0 where it is not counted.
    """

    code: str
    nom: str
    type: str
    parent: str | None
    codes_postaux: tuple[str, ...]
    population: int
    departement: str
    region: str
    epci: str | None
    latitude: float
    longitude: float
    rayon_km: float

    @property
    def is_place(self) -> bool:
        """Whether data may name it: a commune of today or an arrondissement."""
        return self.type == CURRENT or self.type == ARRONDISSEMENT


def iter_shipped_communes() -> Iterator[Commune]:
    """Every row of the shipped table, sorted by code."""
    for code, nom, kind, parent, postal, population, departement, region, epci, lat, lon, reach in load_rows(
        "communes"
    ):
        yield Commune(
            code, nom, kind, parent or None, tuple(postal.split()), int(population),
            departement, region, epci or None, float(lat), float(lon), float(reach),
        )  # fmt: skip
